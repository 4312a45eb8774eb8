//! Valid texts, and malicious ones.

use serde_json::{Value, json};

use super::*;

fn read(text: &str) -> (Option<Value>, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    (parse(text, &mut diagnostics), diagnostics)
}

#[track_caller]
fn check(text: &str, expected: Value) {
    let (value, diagnostics) = read(text);
    assert_eq!(value, Some(expected), "{diagnostics:?} in {text}");
}

#[test]
fn yaml_and_json_are_parsed() {
    check("a: 1\nb: [x, 1.5, true, ~]\n", json!({"a": 1, "b": ["x", 1.5, true, null]}));
    check("{\"a\": 1, \"b\": [\"x\", 1.5, true, null]}", json!({"a": 1, "b": ["x", 1.5, true, null]}));
    check("\n  {\"a\": \"\\ud83d\\ude00\"}", json!({"a": "😀"}));
    check("{a: 1, b: [x,],}", json!({"a": 1, "b": ["x"]}));
    check("\u{feff}a: 1", json!({"a": 1}));
    check("\u{feff}{\"a\": \"\\ud83d\\ude00\"}", json!({"a": "😀"}));
    check("--- # header\na: 1\n...\n", json!({"a": 1}));
    check("- a\n- b", json!(["a", "b"]));
}

#[test]
fn keys_are_kept_as_strings() {
    check("200: a\n4XX: b\ntrue: c\n1.0: d", json!({"200": "a", "4XX": "b", "true": "c", "1.0": "d"}));
}

#[test]
fn scalars_follow_yaml_1_2() {
    check(
        "[yes, no, on, 012, 0x1f, 1_000, 2024-01-01]",
        json!(["yes", "no", "on", "012", 31, "1_000", "2024-01-01"]),
    );
    check("[18446744073709551615, -9223372036854775808]", json!([u64::MAX, i64::MIN]));
    check("[123456789012345678901234567890, .inf, .nan]", json!([1.2345678901234568e29, null, null]));
    check("[!!str 1, !custom {a: !other [b]}, !!int '3']", json!(["1", {"a": ["b"]}, 3]));
}

#[test]
fn comments_can_follow_tabs() {
    check("a:\n  b: 1\n\t\t# note\n  \t# note\n  c: 2\n", json!({"a": {"b": 1, "c": 2}}));
    check("a: |\n  b\n\t# note\nc: 'd\n  \t# e'\n", json!({"a": "b\n", "c": "d # e"}));
}

#[test]
fn aliases_and_merge_keys_are_expanded() {
    check("a: &x {b: 1}\nc: *x", json!({"a": {"b": 1}, "c": {"b": 1}}));
    check(
        "a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc: {<<: [*a, *b], x: 3}",
        json!({"a": {"x": 1, "y": 1}, "b": {"y": 2, "z": 2}, "c": {"x": 3, "y": 1, "z": 2}}),
    );
    check(
        "a: &a {x: 1}\nb: &b {y: 2}\nc:\n  <<: *a\n  <<: *b\n",
        json!({"a": {"x": 1}, "b": {"y": 2}, "c": {"x": 1, "y": 2}}),
    );
    check("a: {<<: 1}", json!({"a": {"<<": 1}}));
    check("{\"<<\": {\"a\": 1}}", json!({"<<": {"a": 1}}));
}

#[test]
fn columns_are_counted_in_characters() {
    let (_, found) = read("{\"é\": 1, \"😀\" 2}");
    let found: Vec<_> = found.iter().map(|found| found.position).collect();
    assert_eq!(found, [Some(Position { line: 1, column: 14 })]);
}

/// Asserts that a text is refused in a reasonable time, with a margin for debug builds on busy machines.
#[track_caller]
fn refuse(code: Code, text: &str) {
    let start = std::time::Instant::now();
    let (value, found) = read(text);
    let codes: Vec<_> = found.iter().map(|found| found.code).collect();
    assert_eq!((value, codes), (None, vec![code]));
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
}

#[test]
fn deeply_nested_texts_are_refused() {
    const N: usize = 100_000;
    refuse(Code::TooDeep, &"[".repeat(N));
    refuse(Code::TooDeep, &format!("{}{}", "[".repeat(N), "]".repeat(N)));
    refuse(Code::TooDeep, &"{\"a\":".repeat(N));
    refuse(Code::TooDeep, &format!("{}1{}", "{\"a\":".repeat(N), "}".repeat(N)));
    refuse(Code::TooDeep, &"{a: ".repeat(N));
    refuse(Code::TooDeep, &format!("x:\n  - {}", "{\"]\": ".repeat(N)));
    refuse(Code::TooDeep, &"- ".repeat(N));
    refuse(Code::TooDeep, &(0..2_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect::<String>());
    refuse(Code::Syntax, &"? ".repeat(N));
    refuse(Code::TooDeep, "&a [*a, *a]");
}

#[test]
fn the_maximum_depth_is_accepted() {
    let nested = |depth: usize| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
    assert!(read(&nested(MAX_DEPTH - 1)).0.is_some());
    refuse(Code::TooDeep, &nested(MAX_DEPTH + 1));
    assert!(read(&format!("a: {}", nested(MAX_DEPTH - 1))).0.is_some());
}

#[test]
fn alias_bombs_are_refused() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..10 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        bomb.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
    }
    refuse(Code::TooLarge, &bomb);
    refuse(Code::TooLarge, &format!("a: &a {}\nb: [{}]", "x".repeat(100_000), "*a, ".repeat(10_000)));
    let (value, _) = read(&format!("a: &a {{b: 1}}\nb: [{}]", "*a, ".repeat(10_000)));
    assert!(value.is_some(), "a few repetitions are accepted");
}

#[test]
fn texts_without_a_value_are_refused() {
    refuse(Code::EmptyDocument, &" \n".repeat(100_000));
    refuse(Code::EmptyDocument, &"# nothing\n".repeat(100_000));
    refuse(Code::EmptyDocument, "~");
    refuse(Code::Syntax, &"\t".repeat(100_000));
    refuse(Code::Syntax, "\u{0}\u{1}\u{2}");
    refuse(Code::Syntax, &(0..100_000).map(|tag| format!("%TAG !{tag}! a\n")).collect::<String>());
    refuse(Code::Syntax, &"'".repeat(99_999));
    refuse(Code::Syntax, &format!("{{\"a\": 1, {}", "x".repeat(1_000_000)));
    assert!(read(&"a".repeat(1_000_000)).0.is_some_and(|value| value.is_string()));
}
