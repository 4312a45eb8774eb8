//! Tests that no name of a document hides a name that generated code refers to. The names are read from the code.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use openapi_crate::{Config, Generated, Source};
use proc_macro2::{Spacing, TokenStream, TokenTree};

use crate::fixtures::Fixture;

fn generated(document: &str) -> Generated {
    let outcome = openapi_crate::generate(Source { name: "names.yaml", text: document }, &Config::default());
    outcome.generated.expect("the document is valid")
}

/// Returns the names that a file refers to without a path, except for its own names and single letters.
fn referenced_names(file: &str) -> BTreeSet<String> {
    let mut referenced_names = BTreeSet::new();
    collect_names(file.parse().expect("it is Rust"), &mut referenced_names);
    // Imports of other types of the document count as its own names.
    let imports = file.split(';').filter(|item| item.contains("use super::"));
    for name in imports.flat_map(|import| import.split(|letter: char| !letter.is_alphanumeric())) {
        referenced_names.remove(name);
    }
    for item in syn::parse_file(file).expect("it is Rust").items {
        match item {
            syn::Item::Struct(syn::ItemStruct { ident, .. })
            | syn::Item::Type(syn::ItemType { ident, .. }) => {
                referenced_names.remove(&ident.to_string());
            }
            syn::Item::Enum(it) => {
                referenced_names.remove(&it.ident.to_string());
                let variants = it.variants.iter().map(|variant| variant.ident.to_string());
                referenced_names.retain(|name| !variants.clone().any(|variant| variant == *name));
            }
            _ => {}
        }
    }
    referenced_names
}

fn collect_names(tokens: TokenStream, names: &mut BTreeSet<String>) {
    let mut is_inside_path = false;
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        // `Item` in `IntoIterator<Item = String>` belongs to the trait.
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
            TokenTree::Group(group) => collect_names(group.stream(), names),
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
fn types_do_not_hide_names_in_generated_code() {
    let mut names = BTreeSet::new();
    for fixture in Fixture::all() {
        let generated = fixture.generated();
        let files = generated.files.iter().filter(|(path, _)| path.starts_with("src/types/"));
        files
            .filter(|(path, _)| !path.ends_with("/mod.rs"))
            .for_each(|(_, text)| names.extend(referenced_names(text)));
    }
    assert!(names.contains("Option") && names.contains("BTreeMap"), "{names:?}");
    let schemas: String = names.iter().map(|name| format!("    {name}: {{ type: object }}\n")).collect();
    let head = "openapi: 3.1.0\ninfo: { title: Names, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n";
    let generated = generated(&format!("{head}{schemas}"));
    let index = generated.files.get("src/types/mod.rs").expect("the crate has types");
    let types: BTreeSet<&str> = index.split(|letter: char| !letter.is_alphanumeric()).collect();
    let hidden: Vec<&String> = names.iter().filter(|name| types.contains(name.as_str())).collect();
    assert!(hidden.is_empty(), "these types of a document hide names: {hidden:?}");
}

/// Returns the inherent methods of a type of the runtime, in all files.
fn runtime_methods(type_name: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../generator/runtime/src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the runtime can be read") {
            let path: PathBuf = entry.expect("the runtime can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                names.extend(methods(&fs::read_to_string(path).expect("the file can be read"), type_name));
            }
        }
    }
    names
}

/// Returns the inherent methods of a type in a file.
fn methods(file: &str, type_name: &str) -> BTreeSet<String> {
    let file = syn::parse_file(file).expect("it is Rust");
    let impls = file.items.into_iter().filter_map(|item| match item {
        syn::Item::Impl(it) if it.trait_.is_none() => Some(it),
        _ => None,
    });
    let is_type = |ty: &syn::Type| match ty {
        syn::Type::Path(path) => path.path.segments.last().is_some_and(|last| last.ident == type_name),
        _ => false,
    };
    let functions = impls.filter(|it| is_type(&it.self_ty)).flat_map(|it| it.items);
    let functions = functions.filter_map(|item| match item {
        syn::ImplItem::Fn(function) => Some(function.sig.ident.to_string()),
        _ => None,
    });
    functions.collect()
}

#[test]
fn server_variables_do_not_hide_builder_methods() {
    let own = runtime_methods("ClientBuilder");
    assert!(own.contains("timeout"), "{own:?}");
    let hosts: Vec<String> = own.iter().map(|name| format!("{{{name}}}")).collect();
    let variables: String = own.iter().map(|name| format!("      {name}: {{ default: a }}\n")).collect();
    let document = format!(
        "openapi: 3.1.0\ninfo: {{ title: Names, version: '1' }}\npaths: {{}}\nservers:\n  - url: https://{}.example.com\n    \
         variables:\n{variables}",
        hosts.join(".")
    );
    let generated = generated(&document);
    let client = generated.files.get("src/client.rs").expect("the crate has a client");
    let setters = methods(client, "ClientBuilder");
    assert!(setters.len() >= own.len(), "{setters:?}");
    let hidden: Vec<&String> = setters.intersection(&own).collect();
    assert!(hidden.is_empty(), "these server variables hide methods: {hidden:?}");
}

#[test]
fn resources_do_not_use_reserved_names() {
    let mut names = runtime_methods("Client");
    names.extend(["aux", "nul", "con", "prn", "com1", "lpt9", "mod", "new", "builder"].map(str::to_owned));
    let path = |name: &String| {
        format!("  /{name}: {{ get: {{ tags: [{name}], responses: {{ '204': {{ description: x }} }} }} }}\n")
    };
    let paths: String = names.iter().map(path).collect();
    let generated =
        generated(&format!("openapi: 3.1.0\ninfo: {{ title: Names, version: '1' }}\npaths:\n{paths}"));
    for name in &names {
        let path = format!("src/resources/{name}.rs");
        assert!(
            generated.files.get(&path).is_none() || name == "mod",
            "a resource has the reserved name `{name}`"
        );
    }
}

/// Returns the methods of a trait of the runtime.
fn trait_methods(file: &str, type_name: &str) -> BTreeSet<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generator/runtime/src").join(file);
    let text = fs::read_to_string(path).expect("the runtime can be read");
    let traits =
        syn::parse_file(&text).expect("it is Rust").items.into_iter().filter_map(|item| match item {
            syn::Item::Trait(it) if it.ident == type_name => Some(it),
            _ => None,
        });
    let functions = traits.flat_map(|it| it.items).filter_map(|item| match item {
        syn::TraitItem::Fn(function) => Some(function.sig.ident.to_string()),
        _ => None,
    });
    functions.collect()
}

#[test]
fn parameters_do_not_hide_request_methods() {
    let mut names = trait_methods("call/request_ext.rs", "RequestExt");
    names.extend(trait_methods("blocking/wait.rs", "Wait"));
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
    let resource = generated.files.get("src/resources/pets.rs").expect("the crate has the resource");
    let setters = methods(resource, "ListPets");
    assert!(setters.len() >= names.len(), "{setters:?}");
    let hidden: Vec<&String> = setters.intersection(&names).collect();
    assert!(hidden.is_empty(), "these parameters hide methods: {hidden:?}");
}
