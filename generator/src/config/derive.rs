//! `[[derive]]`: more derives and attributes of generated types.

use syn::ext::IdentExt as _;

use super::read::Section;
use super::rust_type::RustType;
use super::values::Violation;

/// Derives and attributes of generated types. Each entry adds to the entries before it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Derive {
    /// Patterns of Rust names, or keys of component schemas, with `*` and `?`. `derive.types`. Default: all types.
    pub types: Vec<String>,
    /// Derive macros: `Eq`, `Hash`, `PartialOrd`, `Ord`, `Copy`, or a path into a dependency, such as
    /// `"schemars::JsonSchema"`. `derive.derive`. Default: none.
    pub derive: Vec<String>,
    /// Attributes, such as `'expect(missing_docs)'`. `derive.attributes`. Default: none.
    pub attributes: Vec<String>,
    /// Leaves out types that cannot have a derive of the standard library. Without it, they are errors.
    /// `derive.where-possible`. Default: false.
    pub where_possible: bool,
}

/// Derives of the standard library that not every generated type has.
const STANDARD: [&str; 5] = ["Copy", "Eq", "Hash", "Ord", "PartialOrd"];

/// Traits that every generated type implements.
const PRESENT: [&str; 6] = ["Clone", "Debug", "Default", "Deserialize", "PartialEq", "Serialize"];

/// Attributes that change what is compiled, or how it is linked.
const REFUSED: [&str; 12] = [
    "cfg",
    "cfg_attr",
    "derive",
    "export_name",
    "global_allocator",
    "link_section",
    "macro_export",
    "macro_use",
    "no_mangle",
    "path",
    "test",
    "unsafe",
];

/// The maximum length of an attribute.
const LENGTH: usize = 500;
/// The maximum number of brackets inside one another in an attribute.
const NESTING: usize = 16;

impl Derive {
    pub(super) fn read(from: &mut Section<'_>) -> Self {
        let derive = Self {
            types: from.optional_texts("types", pattern).unwrap_or_else(|| vec!["*".to_owned()]),
            derive: from
                .paths("derive", derive, |text| RustType::parse(text).ok().map(|ty| ty.path().to_vec())),
            attributes: from.paths("attributes", attribute, |text| {
                let meta = syn::parse_str::<syn::Meta>(text).ok()?;
                Some(meta.path().segments.iter().map(|segment| segment.ident.to_string()).collect())
            }),
            where_possible: from.boolean("where-possible"),
        };
        if derive.derive.is_empty() && derive.attributes.is_empty() {
            from.report_table(
                "this `[[derive]]` has no effect",
                "write `derive = [\"Eq\"]`, or `attributes`",
            );
        }
        derive
    }
}

fn violation(message: &str, remedy: &str) -> Result<(), Violation> {
    Err(Violation { message: message.into(), remedy: remedy.into() })
}

/// Accepts a pattern of names.
fn pattern(text: &str) -> Result<(), Violation> {
    match text.is_empty() || text.len() > LENGTH || text.contains(char::is_control) {
        true => violation("this is not a pattern of names", "write it as in `Pet` or `*Request`"),
        false => Ok(()),
    }
}

/// Accepts the path of a derive macro.
fn derive(text: &str) -> Result<(), Violation> {
    const REMEDY: &str = "write a name such as `Eq`, or a path such as `schemars::JsonSchema`";
    let path = RustType::parse(text).ok().filter(|ty| !ty.has_arguments() && ty.to_string() == text);
    let Some(path) = path.as_ref().map(RustType::path) else {
        return violation("this is not the path of a derive macro", REMEDY);
    };
    match path {
        [name] if STANDARD.contains(&name.as_str()) => Ok(()),
        [.., name] if PRESENT.contains(&name.as_str()) => {
            violation("every generated type implements this trait already", "remove it")
        }
        [_] => violation("this is not a derive of the standard library", REMEDY),
        _ => Ok(()),
    }
}

/// Accepts one attribute: a path, a path with arguments in brackets, or a path with a literal.
fn attribute(text: &str) -> Result<(), Violation> {
    const REMEDY: &str = "write it without `#[` and `]`, such as `schemars(title = \"Pet\")`";
    if text.len() > LENGTH || nesting(text) > NESTING {
        return violation("this attribute is too long or nested too deeply", "shorten it");
    }
    let Ok(meta) = syn::parse_str::<syn::Meta>(text) else {
        return violation("this is not an attribute", REMEDY);
    };
    if let syn::Meta::NameValue(syn::MetaNameValue { value, .. }) = &meta {
        if !matches!(value, syn::Expr::Lit(_)) {
            return violation("the value of an attribute is a literal", REMEDY);
        }
    }
    let is_refused =
        |segment: &syn::PathSegment| REFUSED.contains(&segment.ident.unraw().to_string().as_str());
    match meta.path().segments.iter().any(is_refused) {
        true => violation("this attribute changes what is compiled", "remove it"),
        false => Ok(()),
    }
}

/// Returns the number of brackets inside one another. Brackets in literals count as well.
fn nesting(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut deepest = 0;
    for character in text.chars() {
        match character {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(accept: fn(&str) -> Result<(), Violation>, text: &str, expected: bool) {
        assert_eq!(accept(text).is_ok(), expected, "{text}");
    }

    #[test]
    fn derives_are_names_of_the_standard_library_or_paths() {
        for text in ["Eq", "Hash", "PartialOrd", "Ord", "Copy", "schemars::JsonSchema"] {
            check(derive, text, true);
        }
        for text in [
            "",
            "Clone",
            "Default",
            "serde::Serialize",
            "JsonSchema",
            "a::B<C>",
            "a::B, c::D",
            "a::b!()",
            "Eq)] struct A; #[derive(Eq",
        ] {
            check(derive, text, false);
        }
    }

    #[test]
    fn attributes_never_become_other_code() {
        for text in [
            "expect(missing_docs)",
            "must_use",
            "doc = \"A pet.\"",
            "a::b(c = [1, {d}])",
            "schemars(crate = \"x\")",
        ] {
            check(attribute, text, true);
        }
        for text in [
            "",
            "a] struct B; #[c",
            "a)] struct B; #[c(",
            "a b",
            "a(",
            "a = { panic!() }",
            "a = include_str!(\"b\")",
            "#[a]",
            "derive(Eq)",
            "r#derive(Eq)",
            "std::prelude::v1::derive(Eq)",
            "cfg(test)",
            "cfg_attr(all(), derive(Eq))",
            "path = \"a.rs\"",
            "macro_use",
            "no_mangle",
            "unsafe(no_mangle)",
            "export_name = \"a\"",
            "link_section = \"a\"",
        ] {
            check(attribute, text, false);
        }
        check(attribute, &format!("a{}{}", "(".repeat(20), ")".repeat(20)), false);
        check(attribute, &format!("a(\"{}\")", "b".repeat(500)), false);
    }
}
