//! Methods of runtime types as methods of a client's own types, which wrap them.
//!
//! Rust allows methods of a type only in its own crate. So the client of a shared runtime has a `Client`, a `ClientBuilder` and
//! a `MockServer` of its own. Their methods have the documentation and the signatures of the runtime's methods.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::{Attribute, FnArg, ImplItem, ImplItemFn, Item, Pat, ReturnType, UseTree, Visibility};

use super::{in_doctests, parts, selected};
use crate::render::context::Context;

/// A type of the runtime that a client wraps.
#[derive(Default)]
pub(in crate::render) struct Wrapped {
    /// The documentation of the type.
    docs: Vec<Attribute>,
    /// The methods that call the methods of the runtime.
    methods: Vec<TokenStream>,
    /// The items that the signatures refer to.
    pub(in crate::render) imports: Imports,
}

/// Items that signatures refer to.
#[derive(Default)]
pub(in crate::render) struct Imports {
    /// The paths of items of `std`, by their text.
    standard: BTreeMap<String, TokenStream>,
    /// The names of items of the runtime.
    of_runtime: BTreeSet<Ident>,
    /// The names of items of the runtime's module `mock`.
    pub(in crate::render) of_mock: BTreeSet<Ident>,
}

impl Imports {
    /// Adds the items of other signatures.
    pub(in crate::render) fn extend(&mut self, others: &Self) {
        self.standard.extend(others.standard.clone());
        self.of_runtime.extend(others.of_runtime.iter().cloned());
    }

    /// Renders the imports. `first` are other imports from the runtime.
    pub(in crate::render) fn tokens(&self, first: &TokenStream) -> TokenStream {
        let (standard, of_runtime) = (self.standard.values(), &self.of_runtime);
        quote! {
            #(use #standard;)*
            use crate::runtime::{#first #(#of_runtime),*};
        }
    }
}

/// Types of the runtime that clients wrap. Each wrapper is a tuple struct with one field.
const WRAPPED: [&str; 3] = ["Client", "ClientBuilder", "MockServer"];

/// Returns the documentation and the public methods of a type of the runtime.
pub(in crate::render) fn wrapped(context: &Context<'_>, name: &str) -> Wrapped {
    let library =
        context.package().runtime.as_ref().map(|runtime| runtime.library_name()).unwrap_or_default();
    let files = selected(&parts::features(&context.runtime_parts()));
    let texts: BTreeMap<&str, &str> = files.iter().map(|(path, text)| (*path, text.as_ref())).collect();
    let mut wrapped = Wrapped::default();
    for (path, text) in &texts {
        let declares = text.contains(&format!("pub struct {name} {{"));
        if !declares && !text.contains(&format!("impl {name} {{")) {
            continue;
        }
        let text = in_doctests(Cow::Borrowed(*text), &library, &library);
        let file = parsed(&text);
        let names = names(path, &file);
        let conditions = conditions_of_module(path, &texts);
        for item in file.items {
            match item {
                Item::Struct(item) if item.ident == name => {
                    let attributes = item.attrs.into_iter().filter(|it| !it.path().is_ident("derive"));
                    wrapped.docs = docs(attributes.collect(), &names);
                }
                Item::Impl(item)
                    if item.trait_.is_none() && item.self_ty.to_token_stream().to_string() == name =>
                {
                    let methods = item.items.into_iter().filter_map(|item| match item {
                        ImplItem::Fn(method) if matches!(method.vis, Visibility::Public(_)) => Some(method),
                        _ => None,
                    });
                    for method in methods {
                        wrapped.add(name, method, &conditions, &names);
                    }
                }
                _ => {}
            }
        }
    }
    wrapped
}

impl Wrapped {
    /// Renders the wrapper `ident` around the type at the path `inner`.
    pub(in crate::render) fn tokens(
        &self,
        ident: &str,
        inner: &TokenStream,
        attributes: &TokenStream,
    ) -> TokenStream {
        let (Self { docs, methods, .. }, ident) = (self, format_ident!("{ident}"));
        quote! {
            #(#docs)*
            #attributes
            pub struct #ident(pub(crate) #inner);

            impl #ident {
                #(#methods)*
            }

            impl ::std::fmt::Debug for #ident {
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    self.0.fmt(f)
                }
            }
        }
    }

    /// Adds a method.
    fn add(&mut self, of: &str, method: ImplItemFn, conditions: &[Attribute], names: &Names) {
        let ImplItemFn { attrs, mut sig, .. } = method;
        let mut arguments = Vec::new();
        let mut has_receiver = false;
        for input in &mut sig.inputs {
            match input {
                FnArg::Receiver(receiver) => {
                    has_receiver = true;
                    receiver.mutability = None;
                }
                FnArg::Typed(argument) => {
                    if let Pat::Ident(pattern) = &mut *argument.pat {
                        pattern.mutability = None;
                        arguments.push(pattern.ident.clone());
                    }
                }
            }
        }
        let (ident, of) = (&sig.ident, format_ident!("{of}"));
        let call = match has_receiver {
            true => quote!(self.0.#ident(#(#arguments),*)),
            false => quote!(crate::runtime::#of::#ident(#(#arguments),*)),
        };
        let output = match &sig.output {
            ReturnType::Type(_, output) => output.to_token_stream().to_string(),
            ReturnType::Default => String::new(),
        };
        let is_wrapped = |name: &str| name == "Self" || WRAPPED.contains(&name);
        let result = output.strip_prefix("Result < ").and_then(|rest| rest.strip_suffix(" , Error >"));
        let body = match (is_wrapped(&output), result) {
            (true, _) => {
                let wrapper = format_ident!("{output}");
                quote!(#wrapper(#call))
            }
            (false, Some(inner)) if is_wrapped(inner) => {
                let wrapper = format_ident!("{inner}");
                quote!(#call.map(#wrapper))
            }
            // Other functions make values of the runtime.
            _ if !has_receiver => return,
            _ => call,
        };
        for name in words(sig.to_token_stream()) {
            let Some(path) = names.0.get(&name) else { continue };
            let ident = format_ident!("{name}");
            match path.to_string() {
                path_text if path_text.starts_with("std ") => {
                    self.imports.standard.insert(path_text, path.clone());
                }
                path_text if path_text.starts_with("crate :: runtime :: mock ") => {
                    self.imports.of_mock.insert(ident);
                }
                _ => drop(self.imports.of_runtime.insert(ident)),
            }
        }
        let docs = docs(attrs, names);
        self.methods.push(quote! {
            #(#docs)*
            #(#conditions)*
            pub #sig {
                #body
            }
        });
    }
}

/// Parses a file of the runtime.
fn parsed(text: &str) -> syn::File {
    syn::parse_file(text).unwrap_or_else(|error| panic!("the runtime is not valid Rust: {error}"))
}

/// The names that a file of the runtime can use, with their paths in a client.
struct Names(BTreeMap<String, TokenStream>);

/// Collects the imports and the public types of a file.
fn names(path: &str, file: &syn::File) -> Names {
    // These modules are public, and the root exports the items of the others.
    let own = match path.split_once('/') {
        Some((folder @ ("oauth" | "mock"), _)) => {
            let folder = format_ident!("{folder}");
            quote!(crate::runtime::#folder)
        }
        _ => quote!(crate::runtime),
    };
    let mut names = BTreeMap::new();
    for item in &file.items {
        match item {
            // A module re-exports the items of the modules in it.
            Item::Use(item) if matches!(item.vis, Visibility::Public(_)) => {
                add_imports(&item.tree, &quote!(#own::), &mut names);
            }
            Item::Use(item) => add_imports(&item.tree, &TokenStream::new(), &mut names),
            Item::Struct(item) if matches!(item.vis, Visibility::Public(_)) => {
                let ident = &item.ident;
                names.insert(ident.to_string(), quote!(#own::#ident));
            }
            _ => {}
        }
    }
    names.retain(|name, _| !WRAPPED.contains(&name.as_str()));
    Names(names)
}

/// Adds the types that a `use` imports. The root of the runtime exports all of them that are not from `std`. `before` is the
/// module of the items that a `pub use` re-exports.
fn add_imports(tree: &UseTree, before: &TokenStream, names: &mut BTreeMap<String, TokenStream>) {
    match tree {
        UseTree::Path(path) => {
            let ident = &path.ident;
            add_imports(&path.tree, &quote!(#before #ident::), names);
        }
        UseTree::Group(group) => group.items.iter().for_each(|tree| add_imports(tree, before, names)),
        UseTree::Name(name) if name.ident != "self" => {
            let ident = &name.ident;
            let path = match before.to_string() {
                before_text if before_text.starts_with("std ") => quote!(#before #ident),
                before_text if before_text.starts_with("crate :: runtime :: mock ") => {
                    quote!(crate::runtime::mock::#ident)
                }
                _ => quote!(crate::runtime::#ident),
            };
            names.insert(ident.to_string(), path);
        }
        UseTree::Name(_) | UseTree::Rename(_) | UseTree::Glob(_) => {}
    }
}

/// Returns the conditions of the module that a file of the runtime is.
fn conditions_of_module(path: &str, texts: &BTreeMap<&str, &str>) -> Vec<Attribute> {
    let Some((folder, file)) = path.rsplit_once('/') else { return Vec::new() };
    let Some(text) = texts.get(format!("{folder}/mod.rs").as_str()) else { return Vec::new() };
    let module = file.trim_end_matches(".rs");
    let declared = parsed(text).items.into_iter().find_map(|item| match item {
        Item::Mod(item) if item.ident == module => Some(item.attrs),
        _ => None,
    });
    declared.into_iter().flatten().filter(|attribute| attribute.path().is_ident("cfg")).collect()
}

/// Returns the attributes, with the paths of the client in the links of their documentation.
fn docs(attributes: Vec<Attribute>, names: &Names) -> Vec<Attribute> {
    let linked = attributes.into_iter().map(|attribute| {
        let syn::Meta::NameValue(meta) = &attribute.meta else { return attribute };
        if !meta.path.is_ident("doc") {
            return attribute;
        }
        let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = &meta.value else {
            return attribute;
        };
        let text = with_links(&text.value(), names);
        syn::parse_quote!(#[doc = #text])
    });
    linked.collect()
}

/// Adds the paths of the client to the links in a line of documentation.
fn with_links(line: &str, names: &Names) -> String {
    let path_of = |link: &str| {
        let (name, rest) = link.split_once("::").unwrap_or((link, ""));
        let path = names.0.get(name)?.to_string().replace(' ', "");
        Some(if rest.is_empty() { path } else { format!("{path}::{rest}") })
    };
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find("](").into_iter().chain(rest.find("`]")).min() {
        let (before, after) = rest.split_at(at + 2);
        text.push_str(before);
        rest = after;
        if before.ends_with("](") {
            let end = rest.find(')').unwrap_or_default();
            if let Some(path) = path_of(&rest[..end]) {
                text.push_str(&path);
                rest = &rest[end..];
            }
        } else if !rest.starts_with(['(', '[', ':']) {
            let link = before.rsplit_once("[`").map_or("", |(_, link)| link.trim_end_matches("`]"));
            if let Some(path) = path_of(link) {
                text.push_str(&format!("({path})"));
            }
        }
    }
    text.push_str(rest);
    text
}

/// Returns the identifiers in tokens.
fn words(tokens: TokenStream) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    let mut streams = vec![tokens];
    while let Some(tokens) = streams.pop() {
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => drop(words.insert(ident.to_string())),
                TokenTree::Group(group) => streams.push(group.stream()),
                _ => {}
            }
        }
    }
    words
}
