//! Tests of the changelog.

use super::*;

fn version(text: &str) -> Version {
    Version::parse(text).expect("it is a version")
}

/// Adds the section of 0.2.0 to a crate that was 0.1.0 before.
fn add(text: &str, changes: &str) -> Result<String, String> {
    let (old, new) = (version("0.1.0"), version("0.2.0"));
    let added = Changelog::new(text).with_section(&old, &new, changes);
    added.map_err(|error| format!("{}: {error}", error.line()))
}

#[track_caller]
fn check(text: &str, expected: &str) {
    let added = add(text, "- new").expect("the section is written");
    let without_comments: String =
        added.lines().filter(|line| !line.starts_with("<!--")).map(|line| format!("{line}\n")).collect();
    assert_eq!(without_comments, expected, "{added}");
    assert_eq!(add(&added, "- new").as_deref(), Ok(added.as_str()), "the second run changes nothing");
    let other = add(&added, "- other").expect("the section is replaced");
    assert_eq!(other, add(text, "- other").expect("the section is written"));
}

#[test]
fn adds_a_section_before_older_ones() {
    check("", &format!("{HEADER}\n## [0.2.0] - Unreleased\n\n\n- new\n\n"));
    check("# Changes\n\nBy us.\n", "# Changes\n\nBy us.\n\n## [0.2.0] - Unreleased\n\n\n- new\n\n");
    check(
        "# Changes\n\n## [Unreleased]\n\n- soon\n\n## 0.1.0\n\n- first\n",
        "# Changes\n\n## [Unreleased]\n\n- soon\n\n## [0.2.0] - Unreleased\n\n\n- new\n\n\n## 0.1.0\n\n- first\n",
    );
    check(
        "```\n## 0.3.0\n```\n## v0.1.0 (2026)\n",
        "```\n## 0.3.0\n```\n## [0.2.0] - Unreleased\n\n\n- new\n\n\n## v0.1.0 (2026)\n",
    );
}

#[test]
fn keeps_the_text_of_people() {
    let text = add("## 0.1.0\n", "- new").expect("the section is written");
    let text =
        text.replace("Unreleased\n", "Unreleased\n\nA note.\n").replace(END, &format!("{END}\n\nThe end."));
    let replaced = add(&text, "- other").expect("the section is replaced");
    assert!(replaced.contains("\n\nA note.\n") && replaced.contains("\n\nThe end.\n"), "{replaced}");
    assert!(replaced.contains("- other") && !replaced.contains("- new"), "{replaced}");
}

#[test]
fn replaces_a_lower_version_that_was_not_released() {
    let one = version("0.1.1");
    let text = Changelog::new("## 0.1.0\n").with_section(&version("0.1.0"), &one, "- fix");
    let text = text.expect("the section is written");
    let replaced = add(&text, "- new").expect("the section is replaced");
    assert_eq!(replaced, add("## 0.1.0\n", "- new").expect("the section is written"));
    // It was released before 0.1.2, so the changes since then have a section of their own.
    let later = Changelog::new(&text).with_section(&one, &version("0.1.2"), "- new");
    assert!(later.is_ok_and(|later| later.contains("[0.1.1]") && later.contains("[0.1.2]")));
}

#[test]
fn refuses_to_replace_other_sections() {
    let text = add("# A\n\n", "- new").expect("the section is written");
    let released = text.replace("Unreleased", "2026-01-31");
    assert_eq!(add(&released, "- new"), Err("3: the section of 0.2.0 is released".to_owned()));
    let edited = text.replace("- new", "- newer");
    let error = "3: the section of 0.2.0 was edited between the comments of `--bump`";
    assert_eq!(add(&edited, "- new"), Err(error.to_owned()));
    // The edited section of another version would stay.
    let edited = edited.replace("0.2.0", "0.1.1");
    assert_eq!(add(&edited, "- new"), Err(error.replace("0.2.0", "0.1.1")));
}

#[test]
fn adds_to_the_section_of_a_person() {
    check(
        "## [0.2.0] - unreleased\n- mine\n\n## 0.1.0\n",
        "## [0.2.0] - unreleased\n- mine\n\n\n- new\n\n\n## 0.1.0\n",
    );
}

/// Nothing is left to describe after the document was reverted.
#[test]
fn removes_sections_that_are_not_released() {
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let removed = Changelog::new(text).without_sections_after(&version("0.1.0"));
        assert_eq!(removed.as_deref().map_err(ToString::to_string), Ok(expected), "{text}");
    }
    let before = "# A\n\n## 0.1.0\n\n- first\n";
    let bumped = add(before, "- new").expect("the section is written");
    check(&bumped, before);
    check(&bumped.replace("Unreleased", "2026-01-31"), &bumped.replace("Unreleased", "2026-01-31"));
    let noted = bumped.replace("Unreleased\n", "Unreleased\n\nA note.\n");
    check(&noted, "# A\n\n## [0.2.0] - Unreleased\n\nA note.\n\n## 0.1.0\n\n- first\n");
    let edited = Changelog::new(&bumped.replace("- new", "- newer"))
        .without_sections_after(&version("0.1.0"))
        .expect_err("a person edited the text");
    assert!(edited.help().starts_with("move your text out of the comments"), "{}", edited.help());
}

/// The versions of the sections that are found, in the order of the text.
#[track_caller]
fn check_versions(text: &str, expected: &[&str]) {
    let found = Changelog::new(text).sections;
    let found: Vec<String> = found.iter().map(|section| section.version.to_string()).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn headings_can_have_more_than_a_version() {
    for heading in [
        "## 1.2.0",
        "## [1.2.0]",
        "## v1.2.0",
        "## 1.2.0 - 2026-01-01",
        "## [1.2.0](https://example.com) (2026-01-01)",
        "## 1.2.0: Dogs",
        "## 1.2.0, the first",
        "# [1.2.0]",
        "## Version 1.2.0",
        "  ## 1.2.0 ##",
        "##\t1.2.0.",
    ] {
        check_versions(heading, &["1.2.0"]);
    }
    for text in ["## Unreleased", "### 1.2.0", "##1.2.0", "    ## 1.2.0", "## 1.2", "text ## 1.2.0"] {
        check_versions(text, &[]);
    }
}

#[test]
fn only_headings_of_the_markdown_count() {
    check_versions("```\n## 1.0.0\n~~~\n## 2.0.0\n```\n## 3.0.0\n", &["3.0.0"]);
    check_versions("~~~ text\n```\n## 1.0.0\n~~~~\n## 2.0.0\n", &["2.0.0"]);
    check_versions("````\n```\n## 1.0.0\n````\n## 2.0.0\n", &["2.0.0"]);
    check_versions("```a```\n## 1.0.0\n", &["1.0.0"]);
    check_versions("```\n## 1.0.0\n", &[]);
    check_versions("<!-- a -->\n## 1.0.0\n<!--\n## 2.0.0\n-->\n## 3.0.0", &["1.0.0", "3.0.0"]);
    let marker = format!("```\n{START}0 -->\n{END}\n```\n");
    assert!(!Changelog::new(&format!("## 1.0.0\n{marker}")).has_generated());
}

/// The changes can contain text of the document.
#[test]
fn generated_text_is_not_read() {
    let changes = format!("- a\n## 9.0.0\n{END}\n```\n<!--\n- b");
    let text = add("## 0.1.0\n", &changes).expect("the section is written");
    check_versions(&text, &["0.2.0", "0.1.0"]);
    assert_eq!(add(&text, &changes), Ok(text.clone()));
    assert_eq!(add(&text, "- new"), add("## 0.1.0\n", "- new"));
}

#[test]
fn keeps_the_ends_of_lines() {
    let text = add("# A\r\n\r\n## 0.1.0\r\n", "- new\n- newer").expect("the section is written");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    assert_eq!(add(&text, "- new\n- newer"), Ok(text));
}
