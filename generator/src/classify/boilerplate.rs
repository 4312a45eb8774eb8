//! Descriptions that only repeat the name, as protobuf gateways write them: `The pageSize field.`

/// The nouns of such descriptions.
const KINDS: [&str; 6] = ["attribute", "field", "message", "object", "parameter", "property"];

/// Removes the first line of a description if it only repeats the name. Returns `None` if nothing is left.
pub(crate) fn without_boilerplate(text: Option<String>, name: &str) -> Option<String> {
    let text = text?;
    let (first, rest) = text.split_once('\n').unwrap_or((&text, ""));
    if !is_boilerplate(first, name) {
        return Some(text);
    }
    Some(rest.trim().to_owned()).filter(|rest| !rest.is_empty())
}

/// Returns true if two texts differ only in case and punctuation: `List Owners` and `list_owners`.
pub(crate) fn same_words(one: &str, other: &str) -> bool {
    letters(one).eq(letters(other))
}

/// Returns true for a sentence of the form `The NAME field.`
fn is_boilerplate(sentence: &str, name: &str) -> bool {
    let name_and_kind = sentence.trim().strip_prefix("The ").and_then(|rest| rest.strip_suffix('.'));
    let name_and_kind = name_and_kind.and_then(|rest| rest.rsplit_once(' '));
    name_and_kind.is_some_and(|(called, kind)| KINDS.contains(&kind) && same_words(called, name))
}

fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::without_boilerplate;

    #[track_caller]
    fn check(text: &str, name: &str, expected: Option<&str>) {
        assert_eq!(without_boilerplate(Some(text.to_owned()), name).as_deref(), expected);
    }

    #[test]
    fn a_description_that_repeats_the_name_is_removed() {
        check("The pageSize field.", "page_size", None);
        check("The Step message.", "Step", None);
        check("The page size field.", "pageSize", None);
    }

    #[test]
    fn other_text_is_kept() {
        check("The pageSize field.\n\nAt most 100.", "pageSize", Some("At most 100."));
        check("The pageSize field is at most 100.", "pageSize", Some("The pageSize field is at most 100."));
        check("The token field.", "pageSize", Some("The token field."));
        check("The page.", "page", Some("The page."));
    }
}
