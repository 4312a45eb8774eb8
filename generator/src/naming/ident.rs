//! Identifiers: converts text of a document to Rust identifiers.

use std::borrow::Cow;

use heck::{ToSnakeCase, ToUpperCamelCase};
use icu_normalizer::ComposingNormalizerBorrowed;
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

    /// Returns the identifier that text is. `None` if it is a keyword or not an identifier.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let is_identifier =
            !is_keyword(text) && !text.starts_with("r#") && syn::parse_str::<syn::Ident>(text).is_ok();
        is_identifier.then(|| Self(text.to_owned()))
    }

    /// Returns `true` if the identifier has no letters of other scripts.
    pub(super) fn is_ascii(&self) -> bool {
        self.0.is_ascii()
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
    /// `UpperCamelCase`, for types.
    Camel,
    /// `UpperCamelCase` for variants: `V1_0` for `1.0`.
    Variant,
    /// `snake_case`, for fields, methods and parameters.
    Snake,
    /// `snake_case` in ASCII. A module has the name of its file, so Rust allows no other letters (E0754).
    Module,
}

/// The maximum length of a name. With the folder and the extension, paths on Windows have to fit into 260 characters.
const MAX_LENGTH: usize = 150;

/// The length of the start of a longer name. Its last words follow, which often distinguish it.
const LENGTH_OF_START: usize = 100;

/// Converts text to an identifier in the given case. Returns an empty string if no character can be kept, and
/// does not escape keywords.
pub(super) fn to_case(text: &str, case: Case) -> String {
    let name = cased(text, case);
    if name.chars().nth(MAX_LENGTH).is_none() {
        return name;
    }
    let snake = cased(text, if case == Case::Module { case } else { Case::Snake });
    let short = shortened(&words_in(&snake));
    cased(&short, case)
}

fn cased(text: &str, case: Case) -> String {
    let text = split_words(&plain(text, case));
    let mut cased = String::with_capacity(text.len() + 1);
    for word in text.split_ascii_whitespace() {
        let word = match case {
            Case::Camel | Case::Variant => camel(word),
            Case::Snake | Case::Module => snake(word),
        };
        let (last, first) = (cased.chars().next_back(), word.chars().next());
        let are_digits = last.is_some_and(char::is_numeric) && first.is_some_and(char::is_numeric);
        let is_joined = match case {
            Case::Camel => false,
            Case::Variant => are_digits,
            Case::Snake | Case::Module => last.is_some() && first.is_some(),
        };
        if is_joined {
            cased.push('_');
        }
        cased.push_str(&word);
    }
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let first_word = text.split_ascii_whitespace().next().unwrap_or_default();
    let prefix = match cased.chars().next() {
        None => "",
        Some(first) if unicode_ident::is_xid_start(first) => "",
        Some(_) if case == Case::Variant && is_number(&cased) => "Value",
        Some(_) if case == Case::Variant && is_number(first_word) => "V",
        Some(_) => "_",
    };
    cased.insert_str(0, prefix);
    // Another case can have another normal form.
    if cased.is_ascii() { cased } else { normalized(&cased).into_owned() }
}

fn camel(word: &str) -> String {
    if word.chars().all(char::is_alphanumeric) {
        return word.to_upper_camel_case();
    }
    // The word has marks, which `heck` would drop.
    let mut characters = word.chars();
    let first = characters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(characters.flat_map(char::to_lowercase)).collect()
}

fn snake(word: &str) -> String {
    if word.chars().all(char::is_alphanumeric) { word.to_snake_case() } else { word.to_lowercase() }
}

/// Returns the first and the last words of a name that is too long.
fn shortened(words: &[&str]) -> String {
    let fitting = |words: &mut dyn Iterator<Item = &&str>, length: usize| {
        let mut rest = length;
        words
            .map_while(|word| {
                rest = rest.checked_sub(word.chars().count() + 1)?;
                Some(())
            })
            .count()
    };
    let start = fitting(&mut words.iter(), LENGTH_OF_START);
    let Some((first, behind)) = words.split_at_checked(start).filter(|_| start > 0) else {
        return words.first().map(|word| word.chars().take(LENGTH_OF_START).collect()).unwrap_or_default();
    };
    let end = fitting(&mut behind.iter().rev(), MAX_LENGTH - LENGTH_OF_START);
    [first, &behind[behind.len() - end..]].concat().join(" ")
}

/// Adds a prefix to a name that begins with a digit, for a type that has a module: `_2fa` would be the name of both.
pub(super) fn letter_first(prefix: &str, wanted: String) -> String {
    let name = to_case(&wanted, Case::Camel);
    let first = name.trim_start_matches('_').chars().next();
    if first.is_some_and(|first| first.is_ascii_digit()) { format!("{prefix} {wanted}") } else { wanted }
}

/// Splits text into words, in lower case.
pub(super) fn words(text: &str) -> Vec<String> {
    words_in(&cased(text, Case::Snake)).into_iter().map(str::to_owned).collect()
}

/// Returns the words of a name in snake case.
fn words_in(name: &str) -> Vec<&str> {
    name.split('_').filter(|word| !word.is_empty()).collect()
}

/// Prepares text for splitting into words: a plural abbreviation is one word, `IDs` and not `I Ds`.
fn split_words(text: &str) -> String {
    let mut text: Vec<char> = text.chars().collect();
    for end in 2..text.len() {
        let is_plural = text[end] == 's' && !text.get(end + 1).is_some_and(char::is_ascii_lowercase);
        if is_plural && text[end - 2..end].iter().all(char::is_ascii_uppercase) {
            let capitals = text[..end].iter().rev().take_while(|it| it.is_ascii_uppercase()).count();
            text[end - capitals + 1..end].iter_mut().for_each(|it| it.make_ascii_lowercase());
        }
    }
    text.into_iter().collect()
}

/// Replaces every character that cannot be part of an identifier by a space.
///
/// Letters outside of ASCII are kept in the form that the compiler compares (NFC), without variants in width or
/// style (NFKC), which the compiler warns about. Letters without a form for the case become code points.
fn plain(text: &str, case: Case) -> String {
    let mut plain = String::with_capacity(text.len());
    let text = if text.is_ascii() { Cow::Borrowed(text) } else { normalized(text) };
    for character in text.chars() {
        match character {
            // `don't` is one word.
            '\'' | '’' => {}
            _ if character.is_ascii_alphanumeric() => plain.push(character),
            _ if character.is_ascii() => plain.push(' '),
            _ if !(is_letter(character) || is_mark(character) && is_in_word(&plain)) => plain.push(' '),
            _ if case == Case::Module || !has_case(character, case) => {
                plain.push_str(&format!(" u{:04x} ", u32::from(character)));
            }
            _ => plain.push(character),
        }
    }
    plain
}

/// Returns the form in which names are compared: two names with the same form are the same name, or differ in case only.
pub(super) fn folded(name: &str) -> String {
    let lowercase = name.to_lowercase();
    if lowercase.is_ascii() { lowercase } else { normalized(&lowercase).into_owned() }
}

fn normalized(text: &str) -> Cow<'_, str> {
    ComposingNormalizerBorrowed::new_nfkc().normalize(text)
}

fn is_letter(character: char) -> bool {
    character.is_alphanumeric() && unicode_ident::is_xid_continue(character)
}

/// Returns `true` for the marks of a letter, such as the vowels of Indian scripts.
fn is_mark(character: char) -> bool {
    // The others connect words.
    let is_connector = matches!(character, '\u{b7}' | '\u{203f}' | '\u{2040}' | '\u{2054}' | '\u{30fb}');
    !is_connector && !unicode_ident::is_xid_start(character) && unicode_ident::is_xid_continue(character)
}

/// Returns `true` if text ends in a word, to which a mark can belong.
fn is_in_word(text: &str) -> bool {
    !text.is_empty() && !text.ends_with(' ')
}

/// Returns `true` if a letter has a form for the case, or no case at all.
fn has_case(character: char, case: Case) -> bool {
    match case {
        Case::Camel | Case::Variant => !character.is_lowercase() || character.to_uppercase().ne([character]),
        Case::Snake | Case::Module => !character.is_uppercase() || character.to_lowercase().ne([character]),
    }
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
    fn names_that_begin_with_a_digit_get_a_prefix() {
        let checked =
            [("2fa", "Type 2fa"), ("①", "Type ①"), ("２fa", "Type ２fa"), ("订单2", "订单2"), ("a2", "a2")];
        for (name, expected) in checked {
            assert_eq!(letter_first("Type", name.to_owned()), expected);
        }
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
    fn long_names_keep_their_first_and_last_words() {
        assert_eq!(to_case(&"a".repeat(150), Case::Snake), "a".repeat(150));
        assert_eq!(to_case(&"a".repeat(151), Case::Snake), "a".repeat(100));
        let words: Vec<String> = (100..200).map(|number| format!("word{number}")).collect();
        let (first, last): (Vec<String>, Vec<String>) = (words[..12].to_vec(), words[94..].to_vec());
        assert_eq!(to_case(&words.join(" "), Case::Snake), [first, last].concat().join("_"));
        assert_eq!(to_case(&"é".repeat(150), Case::Variant), format!("É{}", "é".repeat(149)));
        assert!(to_case(&"é".repeat(150), Case::Module).len() <= 150);
    }

    #[test]
    fn symbols_alone_become_empty() {
        check("+", "", "");
        check("", "", "");
        check("😀", "", "");
    }

    #[test]
    fn brackets_separate_words() {
        check("Resp«Dto»", "RespDto", "resp_dto");
        check("Page[User]", "PageUser", "page_user");
        check("Map<string,List<Dto>>", "MapStringListDto", "map_string_list_dto");
    }

    #[test]
    fn letters_of_other_scripts_are_kept() {
        check("é", "É", "é");
        check("e\u{301}té", "Été", "été");
        check("苹果 派", "苹果派", "苹果_派");
        check("ДоброеУтро", "ДоброеУтро", "доброе_утро");
        check("हिन्दी भाषा", "हिन्दीभाषा", "हिन्दी_भाषा");
        check("ｆｕｌｌ①", "Full1", "full1");
        check("\u{301}a‿b", "AB", "a_b");
        check("ĸ", "U0138", "ĸ");
    }

    #[test]
    fn modules_are_ascii() {
        assert_eq!(to_case("né", Case::Module), "n_u00e9");
    }

    #[test]
    fn digits_of_variants_stay_apart() {
        for (text, expected) in [("1.0", "V1_0"), ("10", "Value10"), ("2fa", "_2fa"), ("tls_1_2", "Tls1_2")] {
            assert_eq!(to_case(text, Case::Variant), expected);
        }
    }
}
