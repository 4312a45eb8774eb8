//! Patterns of names: text with the placeholders `{name}` and `{resource}`.

use super::values::Violation;

/// A part of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TemplatePart<'t> {
    Text(&'t str),
    Resource,
    Name,
}

/// Checks a pattern and the names that it makes.
pub(super) type TemplateCheck = fn(&str, &str) -> Result<(), Violation>;

/// Returns the parts of a pattern. `None` if it has a brace that belongs to no placeholder.
pub(crate) fn parts(text: &str) -> Option<Vec<TemplatePart<'_>>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (placeholder, after) = after.split_once('}')?;
        if !before.is_empty() {
            parts.push(TemplatePart::Text(before));
        }
        parts.push(match placeholder {
            "name" => TemplatePart::Name,
            "resource" => TemplatePart::Resource,
            _ => return None,
        });
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(TemplatePart::Text(rest));
    }
    let has_brace = |part: &TemplatePart<'_>| matches!(part, TemplatePart::Text(text) if text.contains('}'));
    (!parts.iter().any(has_brace)).then_some(parts)
}

/// Accepts a pattern of methods, such as `list_{resource}`.
pub(super) fn of_methods(pattern: &str, name: &str) -> Result<(), Violation> {
    const REMEDY: &str = "write it as in `\"list_{resource}\" = \"list\"`";
    let is_words = |text: &str| {
        let is_part_of_word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        text.bytes().all(is_part_of_word) && !text.contains("__")
    };
    for text in [pattern, name] {
        let parts = parts(text).ok_or_else(|| unreadable(text, "`{name}` and `{resource}`", REMEDY))?;
        let is_separated = |(index, part): (usize, &TemplatePart<'_>)| match part {
            TemplatePart::Text(text) => {
                (index == 0 || text.starts_with('_')) && (index + 1 == parts.len() || text.ends_with('_'))
            }
            _ => !matches!(parts.get(index + 1), Some(TemplatePart::Name | TemplatePart::Resource)),
        };
        let has_words = parts.iter().all(|part| !matches!(part, TemplatePart::Text(text) if !is_words(text)));
        let is_whole = !text.starts_with('_') && !text.ends_with('_') && !text.is_empty();
        if !has_words || !is_whole || !parts.iter().enumerate().all(is_separated) {
            let message = format!("`{text}` is not snake_case with whole words as placeholders");
            return Err(Violation { message, remedy: REMEDY.to_owned() });
        }
    }
    same_placeholders(pattern, name, REMEDY)
}

/// Accepts a pattern of types, such as `{name}Dto`.
pub(super) fn of_types(pattern: &str, name: &str) -> Result<(), Violation> {
    const REMEDY: &str = "write it as in `\"{name}Dto\" = \"{name}\"`";
    for text in [pattern, name] {
        let parts = parts(text).filter(|parts| !parts.contains(&TemplatePart::Resource));
        let parts = parts.ok_or_else(|| unreadable(text, "`{name}`", REMEDY))?;
        let is_words = |part: &TemplatePart<'_>| match part {
            TemplatePart::Text(text) => {
                let has_valid_start = text.starts_with(|first: char| first.is_ascii_uppercase());
                has_valid_start && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
            }
            _ => true,
        };
        if parts.is_empty() || !parts.iter().all(is_words) {
            let message = format!("`{text}` is not UpperCamelCase");
            return Err(Violation { message, remedy: REMEDY.to_owned() });
        }
    }
    same_placeholders(pattern, name, REMEDY)
}

fn unreadable(text: &str, placeholders: &str, remedy: &str) -> Violation {
    let message = format!("the placeholders in `{text}` are not {placeholders}");
    Violation { message, remedy: remedy.to_owned() }
}

/// Accepts a pattern with each placeholder at most once, and names with placeholders of the pattern.
fn same_placeholders(pattern: &str, name: &str, remedy: &str) -> Result<(), Violation> {
    let (pattern, name) = (parts(pattern).unwrap_or_default(), parts(name).unwrap_or_default());
    for (placeholder, part) in [("{name}", TemplatePart::Name), ("{resource}", TemplatePart::Resource)] {
        let count = |parts: &[TemplatePart<'_>]| parts.iter().filter(|candidate| **candidate == part).count();
        let (of_pattern, of_name) = (count(&pattern), count(&name));
        let message = match (of_pattern, of_name) {
            (2.., _) | (_, 2..) => format!("`{placeholder}` occurs twice"),
            (0, 1) => format!("only the name has the placeholder `{placeholder}`"),
            _ => continue,
        };
        return Err(Violation { message, remedy: remedy.to_owned() });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(by: TemplateCheck, pattern: &str, name: &str, expected: Option<&str>) {
        let found = by(pattern, name).err().map(|violation| violation.message);
        assert_eq!(found.as_deref(), expected, "{pattern} = {name}");
    }

    #[test]
    fn patterns_of_methods_have_whole_words() {
        for (pattern, name) in [
            ("list_{resource}", "list"),
            ("{name}_v1", "{name}"),
            ("{resource}_{name}", "{name}"),
            ("{name}_{resource}_by_id", "{name}"),
            ("get_all", "all"),
        ] {
            check(of_methods, pattern, name, None);
        }
        let whole = |text: &str| format!("`{text}` is not snake_case with whole words as placeholders");
        for pattern in [
            "list{resource}",
            "{name}{resource}",
            "List_{name}",
            "_{name}",
            "{name}_",
            "a__{name}",
            "",
            "a-b",
        ] {
            check(of_methods, pattern, "list", Some(&whole(pattern)));
        }
        check(
            of_methods,
            "list_{resource}",
            "fn main() {}",
            Some("the placeholders in `fn main() {}` are not `{name}` and `{resource}`"),
        );
        check(of_methods, "list_{resource}", "a;b", Some(&whole("a;b")));
        check(
            of_methods,
            "{nam}",
            "list",
            Some("the placeholders in `{nam}` are not `{name}` and `{resource}`"),
        );
        check(
            of_methods,
            "{name",
            "list",
            Some("the placeholders in `{name` are not `{name}` and `{resource}`"),
        );
        check(
            of_methods,
            "name}",
            "list",
            Some("the placeholders in `name}` are not `{name}` and `{resource}`"),
        );
        check(of_methods, "{name}_a_{name}", "{name}", Some("`{name}` occurs twice"));
        check(of_methods, "list_{resource}", "{name}", Some("only the name has the placeholder `{name}`"));
    }

    #[test]
    fn patterns_of_types_have_no_resource() {
        check(of_types, "{name}Dto", "{name}", None);
        check(of_types, "Acme{name}V1", "{name}", None);
        check(of_types, "{resource}Dto", "Dto", Some("the placeholders in `{resource}Dto` are not `{name}`"));
        check(of_types, "{name}dto", "{name}", Some("`{name}dto` is not UpperCamelCase"));
        check(of_types, "{name}Dto", "", Some("`` is not UpperCamelCase"));
        check(of_types, "{name}Dto", "{name}<T>", Some("`{name}<T>` is not UpperCamelCase"));
    }
}
