//! "Did you mean ...?"
//!
//! Imports nothing.

/// The candidate that `word` is most likely a slip of, if any is close enough.
pub(super) fn closest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    candidates
        .filter(|candidate| !candidate.is_empty() && candidate.len().abs_diff(word.len()) <= 3)
        .map(|candidate| (strsim::damerau_levenshtein(&lower, &candidate.to_lowercase()), candidate))
        // One slip in four characters, if there are more than two.
        .filter(|(slips, candidate)| *slips <= (candidate.chars().count().min(12) + 1) / 4)
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_close_is_suggested() {
        let members = ["required", "properties", "in", "items", "example"];
        let closest = |word| closest(word, members.iter().copied());
        assert_eq!(closest("requried"), Some("required"));
        assert_eq!(closest("Properties"), Some("properties"));
        assert_eq!(closest("propertys"), Some("properties"));
        assert_eq!(closest("item"), Some("items"));
        assert_eq!(closest("is"), None);
        assert_eq!(closest("im"), None);
        assert_eq!(closest("note"), None);
    }
}
