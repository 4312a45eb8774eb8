//! Descriptions that say nothing but the name of what they describe, as gateways write them where nobody has written
//! one: `The pageSize field.`

/// What things are called in such descriptions.
const KINDS: [&str; 6] = ["attribute", "field", "message", "object", "parameter", "property"];

/// A description without a first line that says no more than the name; none where nothing is left.
pub(super) fn beyond_name(text: Option<String>, name: &str) -> Option<String> {
    let text = text?;
    let (first, rest) = text.split_once('\n').unwrap_or((&text, ""));
    if !is_name(first, name) {
        return Some(text);
    }
    Some(rest.trim().to_owned()).filter(|rest| !rest.is_empty())
}

/// Whether two texts are the same but for case and punctuation: `List Owners` and `list_owners`.
pub(super) fn are_alike(one: &str, other: &str) -> bool {
    letters(one).eq(letters(other))
}

/// Whether a sentence is `The NAME field.`
fn is_name(sentence: &str, name: &str) -> bool {
    let said = sentence.trim().strip_prefix("The ").and_then(|rest| rest.strip_suffix('.'));
    let said = said.and_then(|rest| rest.rsplit_once(' '));
    said.is_some_and(|(said, kind)| KINDS.contains(&kind) && are_alike(said, name))
}

fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::beyond_name;

    #[track_caller]
    fn check(text: &str, name: &str, expected: Option<&str>) {
        assert_eq!(beyond_name(Some(text.to_owned()), name).as_deref(), expected);
    }

    #[test]
    fn a_name_alone_says_nothing() {
        check("The pageSize field.", "page_size", None);
        check("The Step message.", "Step", None);
        check("The page size field.", "pageSize", None);
    }

    #[test]
    fn what_is_said_beside_the_name_stays() {
        check("The pageSize field.\n\nAt most 100.", "pageSize", Some("At most 100."));
        check("The pageSize field is at most 100.", "pageSize", Some("The pageSize field is at most 100."));
        check("The token field.", "pageSize", Some("The token field."));
        check("The page.", "page", Some("The page."));
    }
}
