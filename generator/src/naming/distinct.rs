//! Text that tells values apart, where their names are the same without symbols or case.
//!
//! The text that is most like its identifier keeps the name: `name` beside `Name` and `-name`. The other names contain
//! the difference: `capitalized name`, `minus name`.

use std::collections::{HashMap, HashSet};

use super::ident::{Case, to_case};
use super::symbols::{is_sign, spell_all, spell_meaning, spell_signs};

/// A way to say what distinguishes a text, if it applies.
type Spelling = fn(&str) -> Option<String>;

/// Returns the text to name each of `texts` by. Names are equal if they differ in case only.
pub(super) fn distinct(texts: &[&str], case: Case) -> Vec<String> {
    spelled(texts, case, &[|text| Some(spell_signs(text)), |text| Some(spell_all(text)), with_letter_case])
}

/// Returns the text to name each of `texts` by, where signs tell them apart. Others can have the same name.
pub(super) fn distinct_by_signs(texts: &[&str], case: Case) -> Vec<String> {
    spelled(texts, case, &[|text| Some(spell_signs(text))])
}

fn spelled(texts: &[&str], case: Case, spellings: &[Spelling]) -> Vec<String> {
    let name = |text: &str| to_case(text, case).to_lowercase();
    let plain: Vec<String> = texts.iter().map(|text| name(text)).collect();
    let mut groups: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, name) in plain.iter().enumerate() {
        groups.entry(name).or_default().push(index);
    }
    let best: HashMap<&str, usize> =
        groups.iter().filter_map(|(name, group)| Some((*name, best(group, texts, case)?))).collect();
    let is_best = |index: &usize| best.get(plain[*index].as_str()) == Some(index);
    let (first, others): (Vec<usize>, Vec<usize>) = (0..texts.len()).partition(is_best);
    let mut chosen: Vec<String> = texts.iter().map(|text| spell_meaning(text)).collect();
    let (mut taken, mut seen) = (HashSet::new(), HashSet::new());
    for index in first.into_iter().chain(others) {
        let text = texts[index];
        // Nothing tells equal texts apart.
        if !seen.insert(text) {
            continue;
        }
        let meaning = is_best(&index).then(|| chosen[index].clone());
        let is_free = |spelled: &String| {
            let name = name(spelled);
            let is_plain = name == plain[index] && !is_best(&index);
            !name.is_empty() && !is_plain && !taken.contains(&name)
        };
        let spelled = spellings.iter().filter_map(|spelling| spelling(text));
        if let Some(free) = meaning.into_iter().chain(spelled).find(is_free) {
            taken.insert(name(&free));
            chosen[index] = free;
        }
    }
    chosen
}

/// Returns the text that keeps the name that several texts have: the one most like it, unless it has symbols as well.
fn best(group: &[usize], texts: &[&str], case: Case) -> Option<usize> {
    let mut ranked: Vec<(Likeness, usize)> =
        group.iter().map(|index| (likeness(texts[*index], case), *index)).collect();
    ranked.sort_unstable();
    match ranked.as_slice() {
        [(_, only)] => Some(*only),
        [(Likeness::Separators, best), (Likeness::Signs, _), ..] => Some(*best),
        [(likeness, best), ..] => (*likeness < Likeness::Separators).then_some(*best),
        [] => None,
    }
}

/// The likeness of a text and its identifier, best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    Exact,
    /// The identifier has the same letters and digits, in another case.
    Letters,
    /// The text has separators of words.
    Words,
    /// The text has other symbols that separate.
    Separators,
    /// The text has symbols with a meaning.
    Signs,
}

fn likeness(text: &str, case: Case) -> Likeness {
    if to_case(text, case) == text {
        return Likeness::Exact;
    }
    let characters: Vec<char> = text.chars().collect();
    let is_digit = |index: Option<usize>| {
        index.and_then(|index| characters.get(index)).is_some_and(char::is_ascii_digit)
    };
    let of = characters.iter().enumerate().map(|(index, character)| match character {
        _ if character.is_alphanumeric() => Likeness::Letters,
        '_' | ' ' => Likeness::Words,
        '.' if is_digit(index.checked_sub(1)) && is_digit(Some(index + 1)) => Likeness::Words,
        _ if is_sign(*character) => Likeness::Signs,
        _ => Likeness::Separators,
    });
    of.max().unwrap_or(Likeness::Signs)
}

/// Says how the letters of a text are written, for values that differ in case only.
fn with_letter_case(text: &str) -> Option<String> {
    let letters = || text.chars().filter(|character| character.is_uppercase() || character.is_lowercase());
    let is_capitalized = || {
        let mut letters = letters();
        letters.next().is_some_and(char::is_uppercase) && letters.all(char::is_lowercase)
    };
    match () {
        () if letters().next().is_none() => None,
        () if letters().all(char::is_lowercase) => Some(format!("lowercase {text}")),
        () if letters().all(char::is_uppercase) => Some(format!("uppercase {text}")),
        () => is_capitalized().then(|| format!("capitalized {text}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(case: Case, texts: &[&str], expected: &[&str]) {
        let found: Vec<String> = distinct(texts, case).iter().map(|text| to_case(text, case)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn signs_tell_values_apart() {
        check(Case::Variant, &["A-", "A", "A+", "B"], &["AMinus", "A", "APlus", "B"]);
        check(
            Case::Variant,
            &["Etc/GMT+1", "Etc/GMT-1", "Etc/GMT"],
            &["EtcGmtPlus1", "EtcGmtMinus1", "EtcGmt"],
        );
        check(Case::Variant, &["a/0", "a/-0"], &["A0", "AMinus0"]);
        check(Case::Variant, &["GMT5", "GMT-5"], &["Gmt5", "GmtMinus5"]);
        check(Case::Variant, &["a>b", "a<b"], &["AGreaterB", "ALessB"]);
        check(Case::Snake, &["-1", "+1", "1"], &["minus_1", "plus_1", "_1"]);
    }

    #[test]
    fn exact_text_keeps_its_name() {
        check(Case::Snake, &["_id", "id"], &["underscore_id", "id"]);
        check(Case::Snake, &["$ref", "ref", "@type", "type"], &["dollar_ref", "ref", "at_type", "type"]);
        check(
            Case::Variant,
            &["image/png", "image_png", "image-png"],
            &["ImageSlashPng", "ImagePng", "ImageDashPng"],
        );
    }

    #[test]
    fn digits_stay_apart() {
        check(
            Case::Variant,
            &["1.0", "10", "v1", "1-0", "256x256"],
            &["V1_0", "Value10", "V1", "V1Minus0", "_256x256"],
        );
    }

    #[test]
    fn nothing_tells_equal_text_apart() {
        check(Case::Variant, &["Same", "Same"], &["Same", "Same"]);
        let kinds = distinct_by_signs(&["ArrayList", "array list", "+", "-"], Case::Variant);
        assert_eq!(kinds, ["ArrayList", "array list", " plus ", " minus "]);
    }

    #[test]
    fn case_tells_values_apart_if_nothing_else_does() {
        check(Case::Variant, &["a", "A"], &["LowercaseA", "A"]);
        check(Case::Variant, &["asc", "ASC", "Asc"], &["LowercaseAsc", "UppercaseAsc", "Asc"]);
        check(Case::Snake, &["Id", "id", "ID"], &["capitalized_id", "id", "uppercase_id"]);
        check(Case::Snake, &["appId", "app_id"], &["app_id", "app_id"]);
    }
}
