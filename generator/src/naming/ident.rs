//! Identifiers: text of a document in Rust's cases.

use heck::{ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, TokenStreamExt};

/// An identifier of the output; `naming` alone makes them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Ident(String);

impl Ident {
    /// Takes text that is an identifier already.
    pub(super) fn new(text: String) -> Self {
        debug_assert!(syn::parse_str::<syn::Ident>(&text).is_ok(), "`{text}` is no identifier");
        Self(text)
    }

    /// The identifier as text.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl ToTokens for Ident {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append(proc_macro2::Ident::new(&self.0, Span::call_site()));
    }
}

/// Which case an identifier is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// `UpperCamelCase`: types and variants.
    Camel,
    /// `snake_case`: fields, methods, modules.
    Snake,
}

/// Text in a case, as far as it can be an identifier; keywords are left to the caller.
pub(super) fn to_case(text: &str, case: Case) -> String {
    let cased = match case {
        Case::Camel => separated(text).to_upper_camel_case(),
        Case::Snake => separated(text).to_snake_case(),
    };
    match cased.chars().next() {
        None => String::new(),
        Some(first) if first.is_ascii_digit() => format!("_{cased}"),
        Some(_) => cased,
    }
}

/// The words of a text, in lower case.
pub(super) fn words(text: &str) -> Vec<String> {
    let snake = separated(text).to_snake_case();
    snake.split('_').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Text with its symbols spelled out, for names that differ by symbols only.
pub(super) fn spelled(text: &str) -> String {
    let is_symbols_only = !text.contains(|character: char| character.is_alphanumeric());
    let mut spelled = String::new();
    for (position, character) in text.char_indices() {
        // Between words these separate; a number in a name says more than their names would.
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

/// Text that is cut into words where a reader would cut it.
///
/// Several abbreviations are one word, `IDs` and not `I Ds`.
fn separated(text: &str) -> String {
    let mut text: Vec<char> = plain(text).chars().collect();
    for end in 2..text.len() {
        let is_plural = text[end] == 's' && !text.get(end + 1).is_some_and(char::is_ascii_lowercase);
        if is_plural && text[end - 2..end].iter().all(char::is_ascii_uppercase) {
            let capitals = text[..end].iter().rev().take_while(|it| it.is_ascii_uppercase()).count();
            text[end - capitals + 1..end].iter_mut().for_each(|it| it.make_ascii_lowercase());
        }
    }
    text.into_iter().collect()
}

/// Text in which every character that no identifier may have is a space or spelled by its number.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            // `don't` is one word.
            '\'' => {}
            _ if character.is_ascii_alphanumeric() => plain.push(character),
            _ if character.is_ascii() || character.is_whitespace() || character.is_control() => {
                plain.push(' ')
            }
            // Rust has identifiers in every script, with warnings for those that look alike: numbers never do.
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

/// Words that are no identifiers in the edition of the output, or soon will not be.
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
    fn text_is_written_in_both_cases() {
        check("appId", "AppId", "app_id");
        check("APP_ENTITLEMENT", "AppEntitlement", "app_entitlement");
        check("GetV2", "GetV2", "get_v2");
        check("a-b.c/d", "ABCD", "a_b_c_d");
    }

    #[test]
    fn several_abbreviations_are_a_word() {
        check("ListOwnerIDs", "ListOwnerIds", "list_owner_ids");
        check("TaskIDsResponse", "TaskIdsResponse", "task_ids_response");
        check("user_URLs2", "UserUrls2", "user_urls2");
        check("URLsearch", "UrLsearch", "ur_lsearch");
        check("ID", "Id", "id");
        check("As", "As", "as");
    }

    #[test]
    fn what_cannot_begin_an_identifier_gets_an_underscore() {
        check("2fa", "_2fa", "_2fa");
    }

    #[test]
    fn symbols_alone_leave_nothing() {
        check("+", "", "");
        check("", "", "");
        assert_eq!(to_case(&spelled(">="), Case::Camel), "GreaterEqual");
    }

    #[test]
    fn other_scripts_are_numbers() {
        check("é", "U00e9", "u00e9");
    }
}
