//! Translates patterns of a document (ECMA-262) to the regular expressions of the crate `regex`.

use regex_syntax::ParserBuilder;

/// Returns a pattern that matches the same texts, or at least all of them. Returns `None` if there is none, such as for
/// look-around and back references.
///
/// In ECMA-262, `\d`, `\w` and `\b` are ASCII, and the characters `[`, `&` and `~` in a class are plain.
pub(super) fn translated(pattern: &str) -> Option<String> {
    let mut text = String::with_capacity(pattern.len());
    let mut in_class = false;
    let mut characters = pattern.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' => {
                let escaped = characters.next()?;
                text.push_str(&translated_escape(escaped, in_class)?);
            }
            '[' if !in_class => {
                in_class = true;
                text.push('[');
                if characters.next_if_eq(&'^').is_some() {
                    text.push('^');
                }
                // An empty class, or the class of every character.
                if characters.peek() == Some(&']') {
                    return None;
                }
            }
            ']' if in_class => {
                in_class = false;
                text.push(']');
            }
            '[' | '&' | '~' if in_class => text.extend(['\\', character]),
            // Removes characters from a class.
            '-' if in_class && characters.peek() == Some(&'-') => return None,
            // No range ends with a class of characters, so the hyphen is plain.
            '-' if in_class && begins_class(characters.clone()) => text.push_str("\\-"),
            other => text.push(other),
        }
    }
    let is_valid = !in_class && ParserBuilder::new().build().parse(&text).is_ok();
    is_valid.then_some(text)
}

/// Returns true if the translation of a pattern is certain to match no other text. In ECMA-262, `.` matches fewer
/// characters.
pub(super) fn is_translated_exactly(pattern: &str) -> bool {
    let mut characters = pattern.chars();
    while let Some(character) = characters.next() {
        let is_exact = match character {
            '.' => false,
            '\\' => characters.next().is_some_and(|it| it.is_ascii_punctuation() || "dDwW".contains(it)),
            _ => true,
        };
        if !is_exact {
            return false;
        }
    }
    translated(pattern).is_some()
}

/// Returns true if the next characters are an escaped class such as `\d`.
fn begins_class(mut characters: impl Iterator<Item = char>) -> bool {
    characters.next() == Some('\\') && characters.next().is_some_and(|it| "dDwWsS".contains(it))
}

/// The white space of ECMA-262. In `regex`, U+0085 is white space and U+FEFF is not.
const WHITE_SPACE: &str =
    r"\t-\r\x20\xA0\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}\x{FEFF}";

fn translated_escape(escaped: char, in_class: bool) -> Option<String> {
    let inner = match escaped {
        'd' => "0-9",
        'D' => "^0-9",
        'w' => "0-9A-Za-z_",
        'W' => "^0-9A-Za-z_",
        's' => WHITE_SPACE,
        'S' => return Some(format!("[^{WHITE_SPACE}]")),
        'b' if !in_class => return Some("(?-u:\\b)".to_owned()),
        'b' => return Some("\\x08".to_owned()),
        'B' if !in_class => return Some("(?-u:\\B)".to_owned()),
        // Anchors in other languages, and letters without a meaning in ECMA-262.
        'a' | 'A' | 'z' | 'Z' | 'h' | 'H' | 'R' | 'X' | 'G' | 'Q' | 'E' | '<' | '>' => return None,
        other => return Some(format!("\\{other}")),
    };
    Some(format!("[{inner}]"))
}

#[cfg(test)]
mod tests {
    use super::translated;

    #[track_caller]
    fn check(pattern: &str, expected: Option<&str>) {
        assert_eq!(translated(pattern).as_deref(), expected, "{pattern}");
    }

    #[test]
    fn classes_are_of_ascii() {
        check("^[a-z]+$", Some("^[a-z]+$"));
        check(r"^\d{2}\w\W$", Some("^[0-9]{2}[0-9A-Za-z_][^0-9A-Za-z_]$"));
        check(r"[\d.-]", Some("[[0-9].-]"));
        check(r"[.-\w]-\d", Some(r"[.\-[0-9A-Za-z_]]-[0-9]"));
        check(r"\bid\b", Some(r"(?-u:\b)id(?-u:\b)"));
        check(r"a\/b\.c", Some(r"a\/b\.c"));
        check(r"\p{L}\u00e9", Some(r"\p{L}\u00e9"));
    }

    #[track_caller]
    fn check_match(pattern: &str, text: &str, expected: bool) {
        let translated = translated(pattern).expect("the pattern can be expressed");
        let regex = regex::Regex::new(&translated).expect("the translated pattern is valid");
        assert_eq!(regex.is_match(text), expected, "{pattern} and {text:?}");
    }

    #[test]
    fn white_space_is_the_one_of_ecma_262() {
        for (space, expected) in [(" ", true), ("\u{feff}", true), ("\u{85}", false), ("\u{3000}", true)] {
            check_match(r"^\s$", space, expected);
            check_match(r"^\S$", space, !expected);
            check_match(r"^[^\s]$", space, !expected);
            check_match(r"^[^\S]$", space, expected);
        }
        check_match(r"^[\w'-\s]+$", "a - b", true);
    }

    #[test]
    fn characters_in_a_class_are_plain() {
        check("[[a&&b~]", Some(r"[\[a\&\&b\~]"));
        check("[+--]", None);
        check("[^]", None);
        check("[]a]", None);
    }

    #[test]
    fn patterns_that_cannot_be_expressed_are_left_out() {
        check("^(?=a)", None);
        check("(?<!a)b", None);
        check(r"(a)\1", None);
        check("(", None);
        check(r"a\", None);
        check("a{", None);
    }
}
