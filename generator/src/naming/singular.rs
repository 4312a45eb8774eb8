//! Singular forms: an item of `statuses` is a `status`, an item of `series` is a `series`.
//!
//! Only the last word of a name changes. A word that may not be a plural stays unchanged, because a wrong singular
//! reads worse than a plural.

/// Irregular plurals, and words that look like plurals but are not. Sorted.
const IRREGULAR: [(&str, &str); 69] = [
    ("ads", "ad"),
    ("alias", "alias"),
    ("always", "always"),
    ("analyses", "analysis"),
    ("analytics", "analytics"),
    ("apis", "api"),
    ("appendices", "appendix"),
    ("atlas", "atlas"),
    ("axes", "axis"),
    ("bias", "bias"),
    ("bonuses", "bonus"),
    ("buses", "bus"),
    ("caches", "cache"),
    ("calories", "calorie"),
    ("campuses", "campus"),
    ("canvas", "canvas"),
    ("chaos", "chaos"),
    ("children", "child"),
    ("cookies", "cookie"),
    ("cpus", "cpu"),
    ("crises", "crisis"),
    ("criteria", "criterion"),
    ("diagnoses", "diagnosis"),
    ("does", "does"),
    ("echoes", "echo"),
    ("emojis", "emoji"),
    ("feet", "foot"),
    ("focuses", "focus"),
    ("gases", "gas"),
    ("gpus", "gpu"),
    ("halves", "half"),
    ("heroes", "hero"),
    ("https", "https"),
    ("hypotheses", "hypothesis"),
    ("ids", "id"),
    ("indices", "index"),
    ("ips", "ip"),
    ("kubernetes", "kubernetes"),
    ("kudos", "kudos"),
    ("leaves", "leaf"),
    ("lens", "lens"),
    ("lenses", "lens"),
    ("matrices", "matrix"),
    ("means", "means"),
    ("men", "man"),
    ("menus", "menu"),
    ("mice", "mouse"),
    ("movies", "movie"),
    ("news", "news"),
    ("pandas", "pandas"),
    ("parentheses", "parenthesis"),
    ("people", "person"),
    ("potatoes", "potato"),
    ("series", "series"),
    ("shelves", "shelf"),
    ("skus", "sku"),
    ("species", "species"),
    ("statuses", "status"),
    ("synopses", "synopsis"),
    ("teeth", "tooth"),
    ("theses", "thesis"),
    ("tomatoes", "tomato"),
    ("vertices", "vertex"),
    ("vetoes", "veto"),
    ("viruses", "virus"),
    ("vms", "vm"),
    ("wolves", "wolf"),
    ("women", "woman"),
    ("zombies", "zombie"),
];

/// Plural endings and their singular. The first match applies.
const ENDINGS: [(&str, &str); 12] = [
    // `address`, `status` and `analysis` are singular.
    ("ss", "ss"),
    ("us", "us"),
    ("is", "is"),
    ("aliases", "alias"),
    ("canvases", "canvas"),
    ("biases", "bias"),
    ("sses", "ss"),
    ("shes", "sh"),
    ("ches", "ch"),
    ("xes", "x"),
    ("zzes", "zz"),
    ("ies", "y"),
];

/// Returns the singular of a name, given as words in lower case. A name in the singular stays unchanged.
pub(super) fn singular(words: &[String]) -> Vec<String> {
    let mut words = words.to_vec();
    if let Some(last) = words.last_mut() {
        *last = of_word(last);
    }
    words
}

fn of_word(word: &str) -> String {
    if let Some((_, singular)) = IRREGULAR.iter().find(|(plural, _)| *plural == word) {
        return (*singular).to_owned();
    }
    // `ties` becomes `tie`, not `ty`.
    let is_ending = |stem: &str, ending: &str| ending != "ies" || stem.len() > 1;
    for (ending, singular) in ENDINGS {
        if let Some(stem) = word.strip_suffix(ending).filter(|stem| is_ending(stem, ending)) {
            return format!("{stem}{singular}");
        }
    }
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 2 => stem.to_owned(),
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{ENDINGS, IRREGULAR, of_word};

    #[track_caller]
    fn check(plural: &str, expected: &str) {
        assert_eq!(of_word(plural), expected);
    }

    #[test]
    fn removes_plural_endings() {
        check("users", "user");
        check("values", "value");
        check("databases", "database");
        check("responses", "response");
        check("clauses", "clause");
        check("photos", "photo");
        check("schemas", "schema");
        check("metrics", "metric");
        check("ids", "id");
    }

    #[test]
    fn replaces_irregular_endings() {
        check("addresses", "address");
        check("branches", "branch");
        check("indexes", "index");
        check("hashes", "hash");
        check("policies", "policy");
        check("queries", "query");
        check("ties", "tie");
        check("aliases", "alias");
        check("statuses", "status");
        check("people", "person");
    }

    #[test]
    fn singular_words_stay_unchanged() {
        for word in
            ["address", "status", "series", "news", "analysis", "data", "access", "alias", "dns", "as", "s"]
        {
            check(word, word);
        }
    }

    #[test]
    fn tables_have_no_duplicates_or_unreachable_entries() {
        assert!(IRREGULAR.windows(2).all(|pair| pair[0].0 != pair[1].0));
        let is_reached =
            |index: usize| ENDINGS[..index].iter().all(|(earlier, _)| !ENDINGS[index].0.ends_with(earlier));
        assert!((0..ENDINGS.len()).all(is_reached));
    }
}
