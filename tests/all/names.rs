//! No name of a document hides one that the code of a crate refers to: what that code does refer to is read off it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use codegen::{Config, Generated, Source};
use proc_macro2::{Spacing, TokenStream, TokenTree};

use crate::fixtures::Fixture;

fn generated(document: &str) -> Generated {
    let outcome = codegen::generate(Source { name: "names.yaml", text: document }, &Config::default());
    outcome.generated.expect("there is nothing wrong with the document")
}

/// The names that a file refers to without saying where they are from, but for its own and for single letters.
fn referred(file: &str) -> BTreeSet<String> {
    let mut referred = BTreeSet::new();
    gather(file.parse().expect("it is Rust"), &mut referred);
    // What it imports of other types of the document is its own as well.
    let imports = file.split(';').filter(|item| item.contains("use super::"));
    for name in imports.flat_map(|import| import.split(|letter: char| !letter.is_alphanumeric())) {
        referred.remove(name);
    }
    for item in syn::parse_file(file).expect("it is Rust").items {
        match item {
            syn::Item::Struct(syn::ItemStruct { ident, .. })
            | syn::Item::Type(syn::ItemType { ident, .. }) => {
                referred.remove(&ident.to_string());
            }
            syn::Item::Enum(it) => {
                referred.remove(&it.ident.to_string());
                let variants = it.variants.iter().map(|variant| variant.ident.to_string());
                referred.retain(|name| !variants.clone().any(|variant| variant == *name));
            }
            _ => {}
        }
    }
    referred
}

fn gather(tokens: TokenStream, names: &mut BTreeSet<String>) {
    let mut is_inside_path = false;
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        // `Item` of `IntoIterator<Item = String>` is the trait's.
        let is_bound = matches!(tokens.peek(), Some(TokenTree::Punct(next)) if next.as_char() == '=');
        match &token {
            TokenTree::Ident(ident) if !is_inside_path && !is_bound => {
                let name = ident.to_string();
                if name.len() > 1
                    && name.starts_with(|first: char| first.is_ascii_uppercase())
                    && name != "Self"
                {
                    names.insert(name);
                }
            }
            TokenTree::Group(group) => gather(group.stream(), names),
            _ => {}
        }
        is_inside_path = match &token {
            TokenTree::Punct(punct) if punct.as_char() == ':' => {
                is_inside_path || punct.spacing() == Spacing::Joint
            }
            _ => false,
        };
    }
}

#[test]
fn no_type_hides_what_types_refer_to() {
    let mut names = BTreeSet::new();
    for fixture in Fixture::all() {
        let generated = fixture.generated();
        let files = generated.files.iter().filter(|(path, _)| path.starts_with("src/types/"));
        files
            .filter(|(path, _)| !path.ends_with("/mod.rs"))
            .for_each(|(_, text)| names.extend(referred(text)));
    }
    assert!(names.contains("Option") && names.contains("BTreeMap"), "{names:?}");
    let schemas: String = names.iter().map(|name| format!("    {name}: {{ type: object }}\n")).collect();
    let head = "openapi: 3.1.0\ninfo: { title: Names, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n";
    let generated = generated(&format!("{head}{schemas}"));
    let index = generated.files.get("src/types/mod.rs").expect("there are types");
    let types: BTreeSet<&str> = index.split(|letter: char| !letter.is_alphanumeric()).collect();
    let hidden: Vec<&String> = names.iter().filter(|name| types.contains(name.as_str())).collect();
    assert!(hidden.is_empty(), "the types of a document may be called {hidden:?}");
}

/// The inherent methods that a type of the runtime has, wherever they stand.
fn methods_of_runtime(of: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../generator/runtime/src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the runtime is there") {
            let path: PathBuf = entry.expect("the runtime is there").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                names.extend(methods(&fs::read_to_string(path).expect("it is a file"), of));
            }
        }
    }
    names
}

/// The inherent methods that a file gives a type.
fn methods(file: &str, of: &str) -> BTreeSet<String> {
    let file = syn::parse_file(file).expect("it is Rust");
    let impls = file.items.into_iter().filter_map(|item| match item {
        syn::Item::Impl(it) if it.trait_.is_none() => Some(it),
        _ => None,
    });
    let is_of = |ty: &syn::Type| match ty {
        syn::Type::Path(path) => path.path.segments.last().is_some_and(|last| last.ident == of),
        _ => false,
    };
    let functions = impls.filter(|it| is_of(&it.self_ty)).flat_map(|it| it.items);
    let functions = functions.filter_map(|item| match item {
        syn::ImplItem::Fn(function) => Some(function.sig.ident.to_string()),
        _ => None,
    });
    functions.collect()
}

#[test]
fn no_variable_of_a_server_hides_a_setting() {
    let own = methods_of_runtime("ClientBuilder");
    assert!(own.contains("timeout"), "{own:?}");
    let hosts: Vec<String> = own.iter().map(|name| format!("{{{name}}}")).collect();
    let variables: String = own.iter().map(|name| format!("      {name}: {{ default: a }}\n")).collect();
    let document = format!(
        "openapi: 3.1.0\ninfo: {{ title: Names, version: '1' }}\npaths: {{}}\nservers:\n  - url: https://{}.example.com\n    \
         variables:\n{variables}",
        hosts.join(".")
    );
    let generated = generated(&document);
    let client = generated.files.get("src/client.rs").expect("there is a client");
    let setters = methods(client, "ClientBuilder");
    assert!(setters.len() >= own.len(), "{setters:?}");
    let hidden: Vec<&String> = setters.intersection(&own).collect();
    assert!(hidden.is_empty(), "variables of a server may be called {hidden:?}");
}

#[test]
fn no_resource_is_a_device_or_a_method_of_the_client() {
    let mut names = methods_of_runtime("Client");
    names.extend(["aux", "nul", "con", "prn", "com1", "lpt9", "mod", "new", "builder"].map(str::to_owned));
    let path = |name: &String| {
        format!("  /{name}: {{ get: {{ tags: [{name}], responses: {{ '204': {{ description: x }} }} }} }}\n")
    };
    let paths: String = names.iter().map(path).collect();
    let generated =
        generated(&format!("openapi: 3.1.0\ninfo: {{ title: Names, version: '1' }}\npaths:\n{paths}"));
    for name in &names {
        let path = format!("src/resources/{name}.rs");
        assert!(generated.files.get(&path).is_none() || name == "mod", "a resource may be called `{name}`");
    }
}

/// The methods that a trait of the runtime has.
fn methods_of_trait(file: &str, of: &str) -> BTreeSet<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generator/runtime/src").join(file);
    let text = fs::read_to_string(path).expect("the runtime is there");
    let traits =
        syn::parse_file(&text).expect("it is Rust").items.into_iter().filter_map(|item| match item {
            syn::Item::Trait(it) if it.ident == of => Some(it),
            _ => None,
        });
    let functions = traits.flat_map(|it| it.items).filter_map(|item| match item {
        syn::TraitItem::Fn(function) => Some(function.sig.ident.to_string()),
        _ => None,
    });
    functions.collect()
}

#[test]
fn no_parameter_hides_a_method_of_requests() {
    let mut names = methods_of_trait("request_ext.rs", "RequestExt");
    names.extend(methods_of_trait("blocking.rs", "Wait"));
    assert!(names.contains("with_response") && names.contains("wait"), "{names:?}");
    let parameters: String = names
        .iter()
        .map(|name| format!("      - {{ in: query, name: {name}, schema: {{ type: string }} }}\n"))
        .collect();
    let generated = generated(&format!(
        "openapi: 3.1.0\ninfo: {{ title: Names, version: '1' }}\npaths:\n  /pets:\n    get:\n      tags: [pets]\n      \
         operationId: listPets\n      parameters:\n{}      responses: {{ '204': {{ description: x }} }}\n",
        parameters.replace("      - ", "        - ")
    ));
    let resource = generated.files.get("src/resources/pets.rs").expect("there is a resource");
    let setters = methods(resource, "ListPets");
    assert!(setters.len() >= names.len(), "{setters:?}");
    let hidden: Vec<&String> = setters.intersection(&names).collect();
    assert!(hidden.is_empty(), "parameters may be called {hidden:?}");
}
