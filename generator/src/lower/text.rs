//! Texts of the document, such as descriptions.

/// Returns a text without surrounding space, or `None` if nothing is left.
pub(super) fn trimmed(text: Option<&String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Returns true if a text begins with the words of another one. Case, symbols, articles and the `s` of the first word are
/// ignored: "Lists the pets of a user" begins with "List pets".
pub(super) fn begins_with(text: &str, beginning: &str) -> bool {
    let mut words_of_text = words(text);
    let mut expected = words(beginning).peekable();
    expected.peek().is_some() && expected.all(|word| words_of_text.next() == Some(word))
}

/// Returns the words of a text in small letters, without articles, and the first one without its `s`.
fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty());
    let words = words.map(str::to_lowercase).filter(|word| !["a", "an", "the"].contains(&word.as_str()));
    words.enumerate().map(|(index, word)| match word.strip_suffix('s').filter(|_| index == 0) {
        Some(verb) => verb.to_owned(),
        None => word,
    })
}

#[cfg(test)]
mod tests {
    use super::begins_with;

    #[track_caller]
    fn check(text: &str, beginning: &str, expected: bool) {
        assert_eq!(begins_with(text, beginning), expected, "{text}: {beginning}");
    }

    #[test]
    fn a_text_begins_with_the_words_of_another_one() {
        check("Lists the pets of a user.", "List pets", true);
        check("List pets", "List Pets.", true);
        check("Lists pets.", "List pet", false);
        check("Lists.", "List pets", false);
        check("Returns the pets.", "List pets", false);
        check("Lists.", "", false);
    }
}
