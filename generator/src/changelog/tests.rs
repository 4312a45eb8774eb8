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
    let error = "1: the section of 0.2.0 was not written by `--bump`";
    assert_eq!(add("## [0.2.0] - unreleased\n- mine\n", "- new"), Err(error.to_owned()));
}

#[test]
fn keeps_the_ends_of_lines() {
    let text = add("# A\r\n\r\n## 0.1.0\r\n", "- new\n- newer").expect("the section is written");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    assert_eq!(add(&text, "- new\n- newer"), Ok(text));
}
