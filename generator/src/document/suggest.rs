//! Finds the known name that a misspelled name most resembles.
//!
//! Imports nothing.

/// Returns the candidate that is most similar to `word`, if one is similar enough.
pub(crate) fn closest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    candidates
        .filter(|candidate| !candidate.is_empty() && candidate.len().abs_diff(word.len()) <= 3)
        .map(|candidate| (strsim::damerau_levenshtein(&lower, &candidate.to_lowercase()), candidate))
        // Allow one edit in names of at least 3 characters, two from 7 characters on, and three from 11.
        .filter(|(slips, candidate)| *slips <= (candidate.chars().count().min(12) + 1) / 4)
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_similar_names_are_suggested() {
        let fields = ["required", "properties", "in", "items", "example"];
        let closest = |word| closest(word, fields.iter().copied());
        assert_eq!(closest("requried"), Some("required"));
        assert_eq!(closest("Properties"), Some("properties"));
        assert_eq!(closest("propertys"), Some("properties"));
        assert_eq!(closest("item"), Some("items"));
        assert_eq!(closest("is"), None);
        assert_eq!(closest("im"), None);
        assert_eq!(closest("note"), None);
    }
}
