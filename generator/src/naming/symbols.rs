//! Names of symbols, for text that consists of symbols or differs from other text in symbols only.

use std::borrow::Cow;

/// Symbols that change the meaning of text, unlike symbols that separate words.
const SIGNS: &str = "+-<>=!~*%^&?";

/// Returns `true` for a symbol that changes the meaning of text.
pub(super) fn is_sign(character: char) -> bool {
    SIGNS.contains(character)
}

/// Replaces symbols by their names, for names that differ only in symbols.
pub(super) fn spell_symbols(text: &str) -> String {
    // Between words these characters only separate; spelled out they would say less than a numeric suffix does.
    spell(text, |at| !matches!(at.character, '_' | ' ') && (at.character != '-' || at.before.is_none()))
}

/// Replaces signs by their names: `A Plus` for `A+`.
pub(super) fn spell_signs(text: &str) -> String {
    spell(text, |at| is_sign(at.character))
}

/// Replaces every symbol by its name, separators of words included.
pub(super) fn spell_all(text: &str) -> String {
    spell(text, |_| true)
}

/// Replaces the symbols that have a meaning of their own wherever they are: the sign before or behind a word, a plus
/// before a digit. Text that consists of symbols is spelled out.
///
/// The result depends on the text alone, so another value next to it never renames it.
pub(super) fn spell_meaning(text: &str) -> String {
    let is_comparison = |character: &char| "<>=!~".contains(*character);
    let comparison = text.chars().take_while(is_comparison).count();
    let pluses = text.len() - text.trim_end_matches('+').len();
    let end = text.chars().count();
    spell(text, |at| {
        let is_leading = at.position < comparison;
        let is_trailing = at.position + pluses >= end;
        match (at.before, at.character, at.after) {
            (None, '+' | '-', Some(after)) => after.is_alphanumeric(),
            (Some(before), '-' | '%', None) => before.is_alphanumeric(),
            (Some(_), '+', after) if is_trailing => after.is_none_or(|after| after == '+'),
            (Some(_), '+', Some(after)) => after.is_ascii_digit(),
            _ => is_leading,
        }
    })
}

/// A symbol in text.
struct Symbol {
    character: char,
    position: usize,
    before: Option<char>,
    after: Option<char>,
}

impl Symbol {
    /// Returns the name of the symbol. A symbol without a name has its code point.
    fn name(&self) -> Option<Cow<'static, str>> {
        let is_between_words = |it: Option<char>| it.is_some_and(char::is_alphabetic);
        if self.character == '-' && is_between_words(self.before) && is_between_words(self.after) {
            return Some(Cow::Borrowed("dash"));
        }
        let is_visible =
            !self.character.is_ascii() && !self.character.is_whitespace() && !self.character.is_control();
        let code_point = || Cow::Owned(format!("u{:04x}", u32::from(self.character)));
        name(self.character).map(Cow::Borrowed).or_else(|| is_visible.then(code_point))
    }
}

fn spell(text: &str, is_spelled: impl Fn(&Symbol) -> bool) -> String {
    let is_symbols_only = !text.contains(char::is_alphanumeric);
    let mut spelled = String::with_capacity(text.len());
    let mut before = None;
    let mut characters = text.chars().enumerate().peekable();
    while let Some((position, character)) = characters.next() {
        let symbol =
            Symbol { character, position, before, after: characters.peek().map(|(_, after)| *after) };
        before = Some(character);
        let is_symbol = !character.is_alphanumeric()
            && (character.is_ascii() || !unicode_ident::is_xid_continue(character));
        match symbol.name().filter(|_| is_symbol && (is_symbols_only || is_spelled(&symbol))) {
            Some(word) => spelled.extend([" ", &word, " "]),
            None => spelled.push(character),
        }
    }
    spelled
}

fn name(character: char) -> Option<&'static str> {
    Some(match character {
        '+' => "plus",
        '-' | '\u{2212}' => "minus",
        '*' => "star",
        '/' => "slash",
        '\\' => "backslash",
        '%' => "percent",
        '=' => "equal",
        '<' => "less",
        '>' => "greater",
        '!' => "not",
        '?' => "question",
        '&' => "and",
        '|' => "or",
        '^' => "caret",
        '~' => "tilde",
        '@' => "at",
        '#' => "hash",
        '$' => "dollar",
        '€' => "euro",
        '£' => "pound",
        '¥' => "yen",
        '°' => "degree",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '"' => "quote",
        '\'' => "apostrophe",
        '`' => "backtick",
        '(' => "open",
        ')' => "close",
        '[' => "left",
        ']' => "right",
        '{' => "begin",
        '}' => "end",
        '_' => "underscore",
        ' ' => "space",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, meaning: &str, signs: &str, all: &str) {
        let plain = |spelled: String| spelled.split_whitespace().collect::<Vec<_>>().join(" ");
        let found = [spell_meaning(text), spell_signs(text), spell_all(text)].map(plain);
        assert_eq!(found, [meaning, signs, all]);
    }

    #[test]
    fn a_sign_before_or_behind_a_word_is_always_spelled() {
        check("-name", "minus name", "minus name", "minus name");
        check("A+", "A plus", "A plus", "A plus");
        check("C++", "C plus plus", "C plus plus", "C plus plus");
        check("A-", "A minus", "A minus", "A minus");
        check("<=5", "less equal 5", "less equal 5", "less equal 5");
        check("100%", "100 percent", "100 percent", "100 percent");
        check("GMT+1", "GMT plus 1", "GMT plus 1", "GMT plus 1");
    }

    #[test]
    fn a_symbol_between_words_is_spelled_on_demand() {
        check("GMT-1", "GMT-1", "GMT minus 1", "GMT minus 1");
        check("not-in", "not-in", "not dash in", "not dash in");
        check("a/b_c", "a/b_c", "a/b_c", "a slash b underscore c");
        check("svg+xml", "svg+xml", "svg plus xml", "svg plus xml");
    }

    #[test]
    fn symbols_alone_are_always_spelled() {
        check(">=", "greater equal", "greater equal", "greater equal");
        check("€", "euro", "euro", "euro");
        check("😀", "u1f600", "u1f600", "u1f600");
        check(" ", "space", "space", "space");
    }
}
