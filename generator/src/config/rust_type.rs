//! Rust types in settings: paths with type arguments, and nothing else.

use std::fmt;

use super::values::Violation;

/// The maximum length of the text of a type.
const LENGTH: usize = 500;
/// The maximum number of type arguments inside one another.
const NESTING: usize = 16;

/// Types that need no path. No type of a document has the name of one of them.
const WITHOUT_PATH: [&str; 20] = [
    "Box", "Option", "String", "Vec", "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128",
    "isize", "u8", "u16", "u32", "u64", "u128", "usize",
];

/// A Rust type: a path with type arguments, such as `std::collections::BTreeMap<String, u32>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RustType {
    segments: Vec<String>,
    arguments: Vec<RustType>,
}

impl RustType {
    /// Parses a type. Of Rust's types, only paths are accepted, so the text of a setting never becomes other code.
    pub(super) fn parse(text: &str) -> Result<Self, Violation> {
        let violation =
            |message: &str, remedy: &str| Violation { message: message.into(), remedy: remedy.into() };
        let is_allowed =
            |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | ':' | '<' | '>' | ',' | ' ');
        if text.trim().is_empty() || !text.chars().all(is_allowed) {
            return Err(violation("this is not the path of a Rust type", REMEDY));
        }
        if text.len() > LENGTH || nesting(text) > NESTING {
            return Err(violation(
                "this type is too long or nested too deeply",
                "define an alias in a module of `folder.modules`, and use its path",
            ));
        }
        let parsed = syn::parse_str::<syn::Type>(text).ok().and_then(|ty| Self::of(&ty));
        parsed.ok_or_else(|| violation("this is not the path of a Rust type", REMEDY))
    }

    fn of(ty: &syn::Type) -> Option<Self> {
        let syn::Type::Path(syn::TypePath { qself: None, path, .. }) = ty else { return None };
        let (last, before) = path
            .segments
            .iter()
            .collect::<Vec<_>>()
            .split_last()
            .map(|(last, before)| (*last, before.iter().all(|segment| segment.arguments.is_none())))?;
        let arguments = match &last.arguments {
            syn::PathArguments::None => Vec::new(),
            syn::PathArguments::AngleBracketed(listed) => {
                let argument = |argument: &syn::GenericArgument| match argument {
                    syn::GenericArgument::Type(ty) => Self::of(ty),
                    _ => None,
                };
                listed.args.iter().map(argument).collect::<Option<_>>()?
            }
            syn::PathArguments::Parenthesized(_) => return None,
        };
        let segments: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        let is_keyword = |word: &String| matches!(word.as_str(), "self" | "super" | "Self");
        let is_rooted = segments.iter().skip(1).all(|word| word != "crate");
        (before && is_rooted && !segments.iter().any(is_keyword)).then_some(Self { segments, arguments })
    }

    /// Returns the path without type arguments, by its segments.
    pub(super) fn path(&self) -> &[String] {
        &self.segments
    }

    /// Returns `true` if the path has type arguments.
    pub(super) fn has_arguments(&self) -> bool {
        !self.arguments.is_empty()
    }

    /// Returns the paths of the type and of its arguments, each by its segments, without the types that need no path.
    pub(super) fn paths(&self) -> Vec<&[String]> {
        let mut paths = Vec::new();
        let mut open = vec![self];
        while let Some(ty) = open.pop() {
            match ty.segments.as_slice() {
                [only] if WITHOUT_PATH.contains(&only.as_str()) => {}
                path => paths.push(path),
            }
            open.extend(ty.arguments.iter().rev());
        }
        paths
    }
}

const REMEDY: &str = "write a path such as `crate::ext::Money` or `std::collections::BTreeMap<String, u32>`";

/// Returns the number of type arguments inside one another.
fn nesting(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut deepest = 0;
    for character in text.chars() {
        match character {
            '<' => depth += 1,
            '>' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// Writes the type as Rust code. The crate `alloc` is a part of `std`, which every crate has.
impl fmt::Display for RustType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let root = if self.segments.len() > 1 && self.segments[0] == "alloc" { 1 } else { 0 };
        if root == 1 {
            f.write_str("std::")?;
        }
        f.write_str(&self.segments[root..].join("::"))?;
        for (index, argument) in self.arguments.iter().enumerate() {
            f.write_str(if index == 0 { "<" } else { ", " })?;
            argument.fmt(f)?;
        }
        f.write_str(if self.arguments.is_empty() { "" } else { ">" })
    }
}

#[cfg(test)]
mod tests {
    use super::RustType;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let parsed = RustType::parse(text).ok().map(|ty| ty.to_string());
        assert_eq!(parsed.as_deref(), expected, "{text}");
    }

    #[test]
    fn accepts_paths_with_type_arguments() {
        check("crate::ext::Money", Some("crate::ext::Money"));
        check("::std::net::IpAddr", Some("std::net::IpAddr"));
        check("alloc::vec::Vec<u8>", Some("std::vec::Vec<u8>"));
        check(
            "std::collections::BTreeMap< String,Vec<a_b::C> >",
            Some("std::collections::BTreeMap<String, Vec<a_b::C>>"),
        );
        check("Option::<String>", Some("Option<String>"));
    }

    #[test]
    fn refuses_any_other_code() {
        for text in [
            "",
            " ",
            "&'static str",
            "[u8]",
            "[u8; 4]",
            "(u8, u8)",
            "()",
            "fn()",
            "!",
            "_",
            "dyn std::fmt::Debug",
            "impl std::fmt::Debug",
            "std::vec::Vec<_>",
            "a::B<'a>",
            "a::B<{ panic!() }>",
            "a::B<5>",
            "a::B<C = D>",
            "<a::B as c::D>::E",
            "a::B<c::D>::E",
            "a::B // comment",
            "a::B /* comment */",
            "a::B; fn main() {}",
            "a::B\nfn main",
            "a::m!()",
            "#[a] b::C",
            "r#type::A",
            "crate",
            "self::A",
            "super::A",
            "a::crate::B",
            "a::b::fn",
            "é::B",
            "a::<>::B",
            "a::B>",
            "a::B<",
            "a b",
        ] {
            let expected = if text == "crate" { Some("crate") } else { None };
            check(text, expected);
        }
        check(&"a::B<".repeat(17), None);
        check(&format!("{}u8{}", "a::B<".repeat(10_000), ">".repeat(10_000)), None);
        check(&format!("a::{}", "B".repeat(500)), None);
    }
}
