//! Identifiers: converts text of a document to Rust identifiers.

use std::borrow::Cow;

use heck::{ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, TokenStreamExt};

/// An identifier of the generated code. Only `naming` creates identifiers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Ident(String);

impl Ident {
    /// Creates an identifier from text that is already valid.
    pub(super) fn new(text: String) -> Self {
        debug_assert!(syn::parse_str::<syn::Ident>(&text).is_ok(), "`{text}` is not a valid identifier");
        Self(text)
    }

    /// Returns the identifier as text.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl ToTokens for Ident {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append(proc_macro2::Ident::new(&self.0, Span::call_site()));
    }
}

/// Case of an identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// `UpperCamelCase`, for types and variants.
    Camel,
    /// `snake_case`, for fields, methods and modules.
    Snake,
}

/// Converts text to an identifier in the given case. Returns an empty string if no character can be kept, and
/// does not escape keywords.
pub(super) fn to_case(text: &str, case: Case) -> String {
    let cased = match case {
        Case::Camel => split_words(text).to_upper_camel_case(),
        Case::Snake => split_words(text).to_snake_case(),
    };
    match cased.chars().next() {
        None => String::new(),
        Some(first) if first.is_ascii_digit() => format!("_{cased}"),
        Some(_) => cased,
    }
}

/// Adds a prefix to a name that begins with a digit, for a type that has a module: `_2fa` would be the name of both.
pub(super) fn letter_first(prefix: &str, wanted: String) -> String {
    let first = wanted.chars().find(char::is_ascii_alphanumeric);
    if first.is_some_and(|first| first.is_ascii_digit()) { format!("{prefix} {wanted}") } else { wanted }
}

/// Returns the wanted name of a module, shortened to a length that file systems allow, at the end of a word if possible.
pub(super) fn module_name(wanted: &str) -> Cow<'_, str> {
    // This is ASCII.
    let mut name = to_case(wanted, Case::Snake);
    if name.len() <= MAX_MODULE_NAME {
        return Cow::Borrowed(wanted);
    }
    name.truncate(MAX_MODULE_NAME + 1);
    let end = name.rfind('_').filter(|end| *end > MAX_MODULE_NAME / 2);
    name.truncate(end.unwrap_or(MAX_MODULE_NAME));
    Cow::Owned(name)
}

/// The maximum length of the name of a module. With the folder and the extension, paths on Windows have to fit into 260
/// characters.
const MAX_MODULE_NAME: usize = 150;

/// Splits text into words, in lower case.
pub(super) fn words(text: &str) -> Vec<String> {
    let snake = split_words(text).to_snake_case();
    snake.split('_').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Replaces symbols by their names, for names that differ only in symbols.
pub(super) fn spell_symbols(text: &str) -> String {
    let is_symbols_only = !text.contains(|character: char| character.is_alphanumeric());
    let mut spelled = String::new();
    for (position, character) in text.char_indices() {
        // Between words these characters only separate; spelled out they would say less than a numeric suffix does.
        let separates = matches!(character, '_' | ' ') || (character == '-' && position > 0);
        match symbol(character) {
            Some(word) if is_symbols_only || !separates => {
                spelled.push(' ');
                spelled.push_str(word);
                spelled.push(' ');
            }
            _ => spelled.push(character),
        }
    }
    spelled
}

/// Prepares text for splitting into words: a plural abbreviation is one word, `IDs` and not `I Ds`.
fn split_words(text: &str) -> String {
    let mut text: Vec<char> = to_ascii(text).chars().collect();
    for end in 2..text.len() {
        let is_plural = text[end] == 's' && !text.get(end + 1).is_some_and(char::is_ascii_lowercase);
        if is_plural && text[end - 2..end].iter().all(char::is_ascii_uppercase) {
            let capitals = text[..end].iter().rev().take_while(|it| it.is_ascii_uppercase()).count();
            text[end - capitals + 1..end].iter_mut().for_each(|it| it.make_ascii_lowercase());
        }
    }
    text.into_iter().collect()
}

/// Replaces every character that is not an ASCII letter or digit: by a space, or by its code point if it is
/// outside of ASCII.
fn to_ascii(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            // `don't` is one word.
            '\'' => {}
            _ if character.is_ascii_alphanumeric() => plain.push(character),
            _ if character.is_ascii() || character.is_whitespace() || character.is_control() => {
                plain.push(' ')
            }
            // Rust allows identifiers in other scripts but warns about confusable ones. Code points are never
            // confusable.
            _ => plain.push_str(&format!(" u{:04x} ", u32::from(character))),
        }
    }
    plain
}

fn symbol(character: char) -> Option<&'static str> {
    Some(match character {
        '+' => "plus",
        '-' => "minus",
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

/// Returns `true` for keywords of the 2024 edition, reserved ones included.
pub(super) fn is_keyword(text: &str) -> bool {
    matches!(
        text,
        "as" | "async"
            | "await"
            | "break"
            | "const"
            | "continue"
            | "crate"
            | "dyn"
            | "else"
            | "enum"
            | "extern"
            | "false"
            | "fn"
            | "for"
            | "gen"
            | "if"
            | "impl"
            | "in"
            | "let"
            | "loop"
            | "match"
            | "mod"
            | "move"
            | "mut"
            | "pub"
            | "ref"
            | "return"
            | "self"
            | "Self"
            | "static"
            | "struct"
            | "super"
            | "trait"
            | "true"
            | "type"
            | "unsafe"
            | "use"
            | "where"
            | "while"
            | "abstract"
            | "become"
            | "box"
            | "do"
            | "final"
            | "macro"
            | "override"
            | "priv"
            | "try"
            | "typeof"
            | "unsized"
            | "virtual"
            | "yield"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, camel: &str, snake: &str) {
        assert_eq!(
            (to_case(text, Case::Camel).as_str(), to_case(text, Case::Snake).as_str()),
            (camel, snake)
        );
    }

    #[test]
    fn converts_text_to_both_cases() {
        check("appId", "AppId", "app_id");
        check("APP_ENTITLEMENT", "AppEntitlement", "app_entitlement");
        check("GetV2", "GetV2", "get_v2");
        check("a-b.c/d", "ABCD", "a_b_c_d");
    }

    #[test]
    fn plural_abbreviations_are_one_word() {
        check("ListOwnerIDs", "ListOwnerIds", "list_owner_ids");
        check("TaskIDsResponse", "TaskIdsResponse", "task_ids_response");
        check("user_URLs2", "UserUrls2", "user_urls2");
        check("URLsearch", "UrLsearch", "ur_lsearch");
        check("ID", "Id", "id");
        check("As", "As", "as");
    }

    #[test]
    fn leading_digits_get_an_underscore() {
        check("2fa", "_2fa", "_2fa");
    }

    #[test]
    fn modules_have_short_names() {
        assert_eq!(module_name("pets+"), "pets+");
        assert_eq!(module_name(&"a".repeat(300)), "a".repeat(150));
        assert_eq!(module_name(&"word ".repeat(60)), "word_".repeat(30).trim_end_matches('_'));
        assert_eq!(module_name(&"é".repeat(60)), "u00e9_".repeat(25).trim_end_matches('_'));
    }

    #[test]
    fn symbols_alone_become_empty_or_are_spelled_out() {
        check("+", "", "");
        check("", "", "");
        assert_eq!(to_case(&spell_symbols(">="), Case::Camel), "GreaterEqual");
    }

    #[test]
    fn non_ascii_characters_become_code_points() {
        check("é", "U00e9", "u00e9");
    }
}
