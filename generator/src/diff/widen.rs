//! Arguments that accept other types: every call that compiled still has to compile.

/// Returns true if an argument of type `new` accepts every expression that an argument of type `old` accepts. Expressions
/// whose type is inferred from the argument, such as `text.into()`, are an exception that Cargo's rules allow.
pub(super) fn accepts(old: &str, new: &str) -> bool {
    if old == new {
        return true;
    }
    match wrapped(new, "impl Into<", ">") {
        Some("String") if matches!(old, "&str" | "String" | "&String") => return true,
        // Without a concrete type, the compiler cannot infer the types of `None` and of numbers.
        Some(into) => return into == old && !is_inferred(old),
        None => {}
    }
    // Every body that an operation accepts can be encoded.
    if new == "&(impl serde::Serialize + ?Sized)" {
        return old.starts_with('&');
    }
    if let Some(of) = wrapped(new, "impl AsRef<", ">") {
        return match of {
            "str" => matches!(old, "&str" | "String" | "&String"),
            _ => false,
        };
    }
    match (items(old), wrapped(new, "impl IntoIterator<Item = ", ">")) {
        (Some(old), Some(new)) => accepts_item(old, new),
        _ => false,
    }
}

/// Returns true if an iterator of `new` accepts the items of an iterator of `old`.
fn accepts_item(old: &str, new: &str) -> bool {
    let into_item = |of: &str| old == of || old.strip_prefix('&') == Some(of);
    accepts(old, new) || wrapped(new, "impl wire::IntoItem<", ">").is_some_and(into_item)
}

/// Returns the type of the items of a list.
fn items(ty: &str) -> Option<&str> {
    wrapped(ty, "Vec<", ">").or_else(|| wrapped(ty, "impl IntoIterator<Item = ", ">"))
}

fn wrapped<'t>(ty: &'t str, start: &str, end: &str) -> Option<&'t str> {
    ty.strip_prefix(start)?.strip_suffix(end)
}

/// Returns true if the compiler infers the type of literals or of `None` from the argument.
fn is_inferred(ty: &str) -> bool {
    const NUMBERS: [&str; 14] = [
        "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64", "u128", "usize", "f32", "f64",
    ];
    NUMBERS.contains(&ty) || ty.starts_with("Option<")
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn text_accepts_more() {
        for new in ["impl AsRef<str>", "impl Into<String>"] {
            assert!(accepts("&str", new));
            assert!(accepts("String", new));
            assert!(!accepts(new, "&str"));
        }
        assert!(!accepts("impl AsRef<str>", "impl Into<String>"));
        assert!(!accepts("&[u8]", "impl AsRef<str>"));
        assert!(!accepts("String", "&str"));
    }

    #[test]
    fn conversions_accept_more_unless_the_type_is_inferred() {
        assert!(accepts("types::Pet", "impl Into<types::Pet>"));
        assert!(accepts("bool", "impl Into<bool>"));
        assert!(!accepts("u32", "impl Into<u32>"));
        assert!(!accepts("Option<types::Pet>", "impl Into<Option<types::Pet>>"));
        assert!(!accepts("types::Pet", "impl Into<types::Dog>"));
    }

    #[test]
    fn any_value_accepts_every_body() {
        assert!(accepts("&types::Pet", "&(impl serde::Serialize + ?Sized)"));
        assert!(accepts("&[types::Pet]", "&(impl serde::Serialize + ?Sized)"));
        assert!(!accepts("impl Into<bytes::Bytes>", "&(impl serde::Serialize + ?Sized)"));
        assert!(!accepts("&(impl serde::Serialize + ?Sized)", "&types::Pet"));
    }

    #[test]
    fn iterators_accept_lists() {
        assert!(accepts("Vec<types::Pet>", "impl IntoIterator<Item = types::Pet>"));
        assert!(accepts("Vec<types::Pet>", "impl IntoIterator<Item = impl wire::IntoItem<types::Pet>>"));
        assert!(accepts(
            "impl IntoIterator<Item = &types::Pet>",
            "impl IntoIterator<Item = impl wire::IntoItem<types::Pet>>"
        ));
        assert!(accepts("Vec<String>", "impl IntoIterator<Item = impl AsRef<str>>"));
        assert!(!accepts("&[types::Pet]", "impl IntoIterator<Item = types::Pet>"));
        assert!(!accepts("impl IntoIterator<Item = types::Dog>", "impl IntoIterator<Item = types::Pet>"));
    }
}
