//! One rule per test, with the smallest texts that show it.

use super::{first_paragraph, rustdoc, summary};

#[track_caller]
fn check<const N: usize>(text: &str, expected: [&str; N]) {
    let lines = rustdoc(text);
    assert_eq!(lines, expected, "\n{text}");
    assert_eq!(rustdoc(&lines.join("\n")), lines, "writing the result again gives the same text");
}

#[test]
fn an_empty_text_has_no_lines() {
    check("", []);
    check(" \n\n ", []);
    check("\0\u{200b}", []);
}

#[test]
fn lines_are_filled_and_broken_between_words() {
    check("a\nb\n\nc", ["a b", "", "c"]);
    let word = "x".repeat(60);
    check(&format!("{word} {word}"), [&word, &word]);
    check(&format!("{word} `{word} {word}` b"), [word.as_str(), &format!("`{word} {word}`"), "b"]);
    check("a  \nb\\\nc", ["a\\", "b\\", "c"]);
}

#[test]
fn a_line_never_begins_a_block_by_accident() {
    let word = "x".repeat(95);
    for (mark, escaped) in [
        ("- b", "\\- b"),
        ("+ b", "\\+ b"),
        ("12. b", "12\\. b"),
        ("1) b", "1\\) b"),
        ("# b", "\\# b"),
        ("> b", "\\> b"),
        ("===", "\\==="),
        ("---", "\\---"),
        ("|-|", "\\|-|"),
        ("* b", "\\* b"),
    ] {
        check(&format!("{word} {mark}"), [word.as_str(), escaped]);
    }
    check("\\- a", ["\\- a"]);
}

#[test]
fn code_is_never_a_doctest() {
    check("```\nlet a = 1;\n```", ["```text", "let a = 1;", "```"]);
    check("```rust\na\n```", ["```text", "a", "```"]);
    check("~~~should_panic\na\n~~~", ["```text", "a", "```"]);
    check("```JSON title=a\n{}\n```", ["```json", "{}", "```"]);
    check("a:\n\n    let b = 1;", ["a:", "", "```text", "let b = 1;", "```"]);
    check("````\n```\n````", ["````text", "```", "````"]);
    check("```\na", ["```text", "a", "```"]);
    check("```\n\n```", []);
    check("- a\n\n      b;\n", ["- a", "", "  ```text", "  b;", "  ```"]);
}

#[test]
fn indentation_of_plain_text_is_undone() {
    check("Of two\n lines.\n\n And more.", ["Of two lines.", "", "And more."]);
    check("Intro.\n\n    A paragraph in a doc string.\n", ["Intro.", "", "A paragraph in a doc string."]);
    check(
        "A:\n\n   let b = {\n     c\n   };\n\n d\n",
        ["A:", "", "```text", "let b = {", "  c", "};", "```", "", "d"],
    );
    check("One of:\n  - a\n  - b\n", ["One of:", "", "- a", "- b"]);
    check("0 is cold;\n > 0 is warm", ["0 is cold; > 0 is warm"]);
    check("a.\n> b", ["a.", "", "> b"]);
}

#[test]
fn brackets_link_nowhere_by_accident() {
    check("[a] and [b][1]", ["\\[a] and \\[b]\\[1]"]);
    check("[B][a.B] is", ["B is"]);
    check("[A-Z][a-z.] and a[b][c.d]", ["\\[A-Z]\\[a-z.] and a\\[b]\\[c.d]"]);
    check("[`Vec`] of [`String`]s", ["`Vec` of `String`s"]);
    check("a[] of [1, 2", ["a[] of [1, 2"]);
    check("[a]: b", ["\\[a]: b"]);
    check("[^1]", ["\\[^1]"]);
    check("see [a][1]\n\n[1]: https://b.c", ["see [a](https://b.c)"]);
}

#[test]
fn links_lead_out_of_the_documentation() {
    check("[a](https://b.c)", ["[a](https://b.c)"]);
    check("[a](mailto:b@c.d) <b@c.d> [e](mailto:f@g)", ["[a](mailto:b@c.d) <b@c.d> e"]);
    check("[a](/b) [c](#d) [e](javascript:f)", ["a c e"]);
    check("[a \\[b\\]](https://c.d)", ["[a \\[b\\]](https://c.d)"]);
    check("[a](<https://b.c/d (e)>)", ["[a](https://b.c/d%20(e))"]);
    check("[a](<https://b.c/)>)", ["[a](https://b.c/%29)"]);
    check("![a](b.png) ![](https://b.c)", ["a <https://b.c>"]);
    check("[![a](b.svg)](https://c.d)", ["[a](https://c.d)"]);
}

#[test]
fn bare_addresses_become_links() {
    check("See https://a.b/c.", ["See <https://a.b/c>."]);
    check("(http://a.b/c_(d)), https://e.f", ["(<http://a.b/c_(d)>), <https://e.f>"]);
    check("<https://a.b>", ["<https://a.b>"]);
    check("[https://a.b](https://a.b)", ["<https://a.b>"]);
    check("`https://a.b`", ["`https://a.b`"]);
    check(
        "https://{tenant}.a.b http://<host>/c git+https://d.e",
        ["`https://{tenant}.a.b` `http://<host>/c` `git+https://d.e`"],
    );
}

#[test]
fn html_becomes_markdown_or_text() {
    check("a<br>b<br/><br/>c", ["a\\", "b", "", "c"]);
    check("<b>a</b> <i>b</i> <code>c_d_</code>", ["**a** *b* `c_d_`"]);
    check("<b>a: </b><code>b</code>, <i> c</i>.", ["**a:** `b`, *c*."]);
    check("<p>a</p><p>b</p>", ["a", "", "b"]);
    check(
        "<table>\n <tr>\n <th>a</th>\n  <th>b</th>\n</tr>\n<tr><td><code>c</code></td><td>d</td></tr>\n</table>\n\ne",
        ["- a | b", "- `c` | d", "", "e"],
    );
    check("<ul>\n  <li>a</li>\n  <li>b</li>\n</ul>", ["- a", "- b"]);
    check("<a href=\"https://b.c\">a</a> <a href=\"/b\">d</a>", ["[a](https://b.c) d"]);
    check("a <!-- b --> c", ["a c"]);
    check("list<string> of `<b>`", ["list\\<string> of `<b>`"]);
    check("a<(b)>c < d", ["a<(b)>c < d"]);
    check("<script>a</script>", ["\\<script>a\\</script>"]);
    check("<!-- a", ["\\<!-- a"]);
    check("&lt;b&gt; &amp;amp; &copy;", ["\\<b> \\&amp; ©"]);
}

#[test]
fn headings_stay_below_those_of_the_item() {
    check("# a\n## b", ["### a", "", "#### b"]);
    check("a\n---\nb", ["### a", "", "b"]);
    check("#### a", ["#### a"]);
    check("# a \\#", ["### a \\#"]);
}

#[test]
fn blocks_nest() {
    check("* a\nb\n* c\n    * d", ["- a b", "- c", "  - d"]);
    check("1. a\n\n   b\n2. c", ["1. a", "", "   b", "", "2. c"]);
    check("- a\n\n* b", ["- a", "", "* b"]);
    check("> a\nb\n>\n> c", ["> a b", ">", "> c"]);
    check("- [ ] a\n- [x] b", ["- [ ] a", "- [x] b"]);
    check("a|b\n-|:-:\n1|`2\\|3`", ["| a   | b      |", "| --- | :----: |", "| 1   | `2\\|3` |"]);
    check("a\n\n---\n\nb", ["a", "", "---", "", "b"]);
}

#[test]
fn marks_are_escaped_only_where_they_would_count() {
    check("snake_case, _one side, a * b, /c/*", ["snake_case, _one side, a * b, /c/*"]);
    check("\\_a\\_ and \\*b\\*", ["\\_a\\_ and \\*b\\*"]);
    check("_a_ __b__ ~~c~~", ["*a* **b** ~~c~~"]);
    check("_**Note**: a_", ["_**Note**: a_"]);
    check("`` a`b `` and \\`c", ["``a`b`` and \\`c"]);
    check("a\\b \\\\", ["a\\b \\\\"]);
    check("!\\[a]", ["!\\[a]"]);
}

#[test]
fn nothing_is_hidden() {
    check("a\u{202e}b\u{2066}c\u{200b}d\u{ad}e\u{feff}f\0g\u{1b}[0m", ["abcdefg[0m"]);
    check("a\r\nb\rc\td\u{a0}e", ["a b c d e"]);
    check("&#x202e;a", ["a"]);
    check("👨\u{200d}👩 a\u{200d}b", ["👨\u{200d}👩 ab"]);
    check("*/ a /*", ["*/ a /*"]);
}

#[test]
fn hostile_texts_take_no_long_time_and_no_stack() {
    for mark in [
        ">", "> ", "- ", "1. ", "*a ", "_a_", "[", "[a](", "![", "<", "<b>", "<li>", "`", "``a`", "\\",
        "&lt;",
    ] {
        let lines = rustdoc(&mark.repeat(10_000));
        assert!(lines.iter().map(String::len).sum::<usize>() < 1_000_000, "{mark}");
    }
    assert_eq!(rustdoc(&"a".repeat(10_000)), ["a".repeat(10_000)]);
    assert_eq!(rustdoc(&format!("{}a", ">".repeat(10_000))), ["> > > > > > > > a"]);
}

#[test]
fn a_summary_is_the_first_sentence() {
    for (text, expected) in [
        ("", ""),
        ("Lists users. Then more.", "Lists users."),
        ("For one app, e.g. this one. And more", "For one app, e.g. this one."),
        ("Version 1.2 of `a.b`!", "Version 1.2 of `a.b`!"),
        ("### Title\n\nText with [a link](https://a.b) and *stress*\n\nmore", "Text with a link and stress"),
        ("# Title", "Title"),
        ("> ### Early\n> May change.\n\nLists users.", "Lists users."),
        ("> ### Early\n> May change.", "May change."),
        ("One of:\n- a", "One of:"),
        ("a | b", "a \\| b"),
        ("```\ncode\n```\nText.", "Text."),
    ] {
        assert_eq!(summary(text), expected);
    }
}

#[test]
fn a_long_paragraph_is_cut_between_sentences() {
    for (text, length, expected) in [
        ("", 9, ""),
        ("One. Two.\n\nThree.", 9, "One. Two."),
        ("One. Two. Three.", 9, "One. Two."),
        ("One. Two. Three.", 15, "One. Two."),
        ("One. Two. Three.", 16, "One. Two. Three."),
        ("One of many. Two.", 4, "One of many."),
        ("One of many", 4, "One of many"),
    ] {
        assert_eq!(first_paragraph(text, length), expected);
    }
}
