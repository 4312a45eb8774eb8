//! Finds the known name that a misspelled name most resembles.
//!
//! Imports nothing.

/// The number of candidates that one stage compares. A document with that many misspelled names lacks a whole section,
/// or is not meant to be read by people.
const MAX_COMPARISONS: usize = 100_000;

/// The searches of one stage, which together compare a limited number of candidates.
#[derive(Debug)]
pub(crate) struct Suggestions {
    comparisons_left: usize,
}

impl Default for Suggestions {
    fn default() -> Self {
        Self { comparisons_left: MAX_COMPARISONS }
    }
}

impl Suggestions {
    /// Returns the candidate that is most similar to `word`, if one is similar enough. Returns `None` if too many
    /// candidates have been compared before.
    pub(crate) fn closest<'a>(
        &mut self,
        word: &str,
        candidates: impl Iterator<Item = &'a str>,
    ) -> Option<&'a str> {
        let left = &mut self.comparisons_left;
        if *left == 0 {
            return None;
        }
        closest(word, candidates.inspect(|_| *left = left.saturating_sub(1)))
    }
}

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
