//! Documents, overlays, and the changed documents or the findings.

use std::collections::BTreeMap;

use serde_json::Value;

use super::apply;
use crate::diagnostics::{Diagnostics, Pointer, Source, Sources};

/// Applies an overlay, and returns the changed document with the recorded moves, or the findings.
fn applied(document: &str, actions: &str) -> Result<(Value, super::Moves), Vec<String>> {
    let overlay = format!("overlay: 1.1.0\ninfo: {{title: Fixes, version: '1'}}\nactions: {actions}");
    overlaid(document, &overlay)
}

fn overlaid(document: &str, overlay: &str) -> Result<(Value, super::Moves), Vec<String>> {
    let files = BTreeMap::from([("fixes.yaml".to_owned(), overlay)]);
    let sources =
        Sources { document: Source { name: "pets.yaml", text: document }, files: &files, config: None };
    let mut diagnostics = Diagnostics::new();
    let value = crate::document::read(document, &mut diagnostics).expect("the document is YAML");
    let result = apply(value, &["fixes.yaml".to_owned()], &sources, &mut diagnostics);
    if diagnostics.iter().len() == 0 {
        return Ok(result);
    }
    let finding = |found: &crate::diagnostics::Diagnostic| {
        format!("{} {}: {}", found.pointer.reference(), found.code, found.message)
    };
    Err(diagnostics.iter().map(finding).collect())
}

#[track_caller]
fn check(document: &str, actions: &str, expected: &str) {
    let (changed, _) = applied(document, actions).unwrap_or_else(|found| panic!("{found:#?}"));
    let expected = crate::read(expected).expect("the expected document is YAML");
    assert_eq!(changed, expected, "in\n{document}\nafter\n{actions}");
}

#[track_caller]
fn check_findings(document: &str, actions: &str, expected: &[&str]) {
    let found = applied(document, actions).err().unwrap_or_default();
    assert_eq!(found, expected, "in\n{document}\nafter\n{actions}");
}

#[track_caller]
fn check_overlay(overlay: &str, expected: &[&str]) {
    assert_eq!(overlaid("a: 1", overlay).err().unwrap_or_default(), expected, "{overlay}");
}

/// The examples of the specification: one tree of changes, targeted changes, wildcards, lists and traits.
#[test]
fn the_examples_of_the_specification() {
    check(
        "{info: {title: Pets}, paths: {/: {get: {summary: Old}}, /pets: {get: {tags: [a]}}}, tags: [{name: a}]}",
        "
- target: $
  update:
    info: {x-overlay-applied: structured}
    paths:
      /: {summary: Root, get: {summary: Get the root, x-rate-limit: 100}}
      /pets: {get: {summary: List pets, x-rate-limit: 100}}
    tags:",
        "{info: {title: Pets, x-overlay-applied: structured}, paths: {/: {get: {summary: Get the root, x-rate-limit: 100}, summary: Root}, /pets: {get: {tags: [a], summary: List pets, x-rate-limit: 100}}}, tags: [{name: a}]}",
    );
    check(
        "{paths: {/a: {get: {description: Old}}, /b: {get: {description: Old}}}}",
        "
- {target: \"$.paths['/a'].get.description\", update: New}
- {target: \"$.paths['/b'].get\", update: {description: New}}
- {target: \"$.paths['/b']\", update: {post: {x-safe: false}}}",
        "{paths: {/a: {get: {description: New}}, /b: {get: {description: New}, post: {x-safe: false}}}}",
    );
    let parameters = "{paths: {/a: {get: {parameters: [{name: filter, in: query}, {name: id, in: path}]}}, /b: {post: {}}}}";
    check(
        parameters,
        "
- {target: $.paths.*.get, update: {x-safe: true}}
- target: $.paths.*.get.parameters[?@.name=='filter' && @.in=='query']
  update: {schema: {$ref: '#/components/schemas/Filter'}}",
        "{paths: {/a: {get: {parameters: [{name: filter, in: query, schema: {$ref: '#/components/schemas/Filter'}}, {name: id, in: path}], x-safe: true}}, /b: {post: {}}}}",
    );
    check(
        parameters,
        "
- {target: $.paths.*.get.parameters, update: {name: added, in: query}}
- {target: \"$.paths.*.get.parameters[?@.name == 'filter']\", remove: true}",
        "{paths: {/a: {get: {parameters: [{name: id, in: path}, {name: added, in: query}]}}, /b: {post: {}}}}",
    );
    check(
        "{paths: {/a: {get: {tags: [dummy, pets]}}}}",
        "[{target: \"$.paths.*.get.tags[?@ == 'dummy']\", remove: true}]",
        "{paths: {/a: {get: {tags: [pets]}}}}",
    );
    check(
        "{paths: {/a: {get: {x-traits: [paged]}}, /b: {get: {x-traits: [paged], parameters: [{name: id}]}}, /c: {get: {}}}}",
        "
- target: $.paths[?(@.get['x-traits'][?(@ == 'paged')])].get
  update: {parameters: [{name: top}, {name: skip}]}",
        "{paths: {/a: {get: {x-traits: [paged], parameters: [{name: top}, {name: skip}]}}, /b: {get: {x-traits: [paged], parameters: [{name: id}, {name: top}, {name: skip}]}}, /c: {get: {}}}}",
    );
}

#[test]
fn copies_a_value() {
    check(
        "{a: {x: {type: string}}, b: {x: {minLength: 1}}}",
        "[{target: $.b.x, copy: $.a.x}]",
        "{a: {x: {type: string}}, b: {x: {minLength: 1, type: string}}}",
    );
    check_findings(
        "{a: [1, 2], b: {}}",
        "[{target: $.b, copy: '$.a[*]'}]",
        &["fixes.yaml#/actions/0/copy invalid-overlay: `$.a[*]` selects 2 values, expected one"],
    );
}

#[test]
fn actions_run_one_after_the_other() {
    check(
        "{a: {old: 1}}",
        "
- {target: $.a, remove: true}
- {target: $, update: {a: {new: [2]}}}
- {target: $.a.new, update: [3]}",
        "{a: {new: [2, 3]}}",
    );
}

#[test]
fn nested_values_are_removed() {
    check("{a: [{b: [1, 2, 3]}, 4]}", "[{target: '$..[0]', remove: true}]", "{a: [4]}");
    check("{a: {x: {x: 1}}, x: 2}", "[{target: $..x, remove: true}]", "{a: {}}");
}

#[test]
fn values_of_different_kinds_cannot_be_merged() {
    let message = "invalid-overlay: an object cannot be merged into `#/a/b`, which is a list";
    check_findings(
        "{a: {b: []}}",
        "[{target: $.a, update: {b: {c: 1}}}]",
        &[&format!("fixes.yaml#/actions/0/update/b {message}")],
    );
    check_findings(
        "{a: {b: []}, c: {b: {}}}",
        "[{target: $.a, copy: $.c}]",
        &[&format!("fixes.yaml#/actions/0/copy {message}")],
    );
    check_findings(
        "{a: {}, b: []}",
        "[{target: $.*, update: {c: 1}}]",
        &["fixes.yaml#/actions/0/target invalid-overlay: the action selects an object and a list"],
    );
    check_findings(
        "a: 1",
        "[{target: $, remove: true}]",
        &["fixes.yaml#/actions/0/target invalid-overlay: an action cannot remove the whole document"],
    );
}

#[test]
fn an_action_that_selects_nothing_is_an_error() {
    check_findings(
        "a: 1",
        "[{target: $.b, remove: true}, {target: $.c, update: 1}]",
        &[
            "fixes.yaml#/actions/0/target unmatched-overlay-action: `$.b` selects nothing in the document",
            "fixes.yaml#/actions/1/target unmatched-overlay-action: `$.c` selects nothing in the document",
        ],
    );
}

#[test]
fn reports_overlays_that_are_not_valid() {
    let with = |actions: &str| format!("{{overlay: 1.0.0, info: {{}}, actions: {actions}}}");
    check_overlay("[]", &["fixes.yaml# invalid-overlay: the overlay is not an object"]);
    check_overlay("actions: []", &["fixes.yaml# invalid-overlay: the overlay has no field `overlay`"]);
    check_overlay(
        "overlay: 2.0.0",
        &[
            "fixes.yaml#/overlay invalid-overlay: the version of the overlay is \"2.0.0\", expected 1.0.0 or 1.1.0",
        ],
    );
    check_overlay(
        "overlay: 1.1",
        &["fixes.yaml#/overlay invalid-overlay: the version of the overlay is 1.1, expected 1.0.0 or 1.1.0"],
    );
    check_overlay("overlay: 1.0.1", &["fixes.yaml# invalid-overlay: the overlay has no field `actions`"]);
    check_overlay(
        &with("[]"),
        &["fixes.yaml#/actions invalid-overlay: `actions` is not a list with entries"],
    );
    check_overlay(
        &with("[1, {target: 1}, {target: $}, {target: $, remove: 1}, {update: 1}]"),
        &[
            "fixes.yaml#/actions/0 invalid-overlay: the action is not an object",
            "fixes.yaml#/actions/1/target invalid-overlay: `target` is not a string",
            "fixes.yaml#/actions/2 invalid-overlay: the action changes nothing",
            "fixes.yaml#/actions/3/remove invalid-overlay: `remove` is not a boolean",
            "fixes.yaml#/actions/4 invalid-overlay: the action has no field `target`",
        ],
    );
    check_overlay(
        &with("[{target: $.a, updat: 1, x-why: b, update: 2}]"),
        &["fixes.yaml#/actions/0/updat invalid-overlay: an action has no field `updat`"],
    );
    let found = overlaid("a: 1", &with("[{target: '$.a[', update: 2}]")).err().unwrap_or_default();
    assert!(
        found[0].starts_with(
            "fixes.yaml#/actions/0/target invalid-overlay: `target` is not a valid JSONPath at character"
        ),
        "{found:?}"
    );
    check_overlay(
        "'",
        &[
            "fixes.yaml# syntax: the text cannot be parsed: found unexpected end of stream, while scanning a quoted scalar",
        ],
    );
}

/// Copies of copies.
#[test]
fn growth_is_limited() {
    let doubled = |document: &str, times| {
        applied(document, &"\n- {target: $.a, copy: $.a}".repeat(times)).err().unwrap_or_default()
    };
    let too_large = "fixes.yaml#/actions/20 too-large: overlays add more than 2000000 values; 64 bytes of text \
        count as one";
    assert_eq!(doubled("{a: [1]}", 20), [""; 0]);
    assert_eq!(doubled("{a: [1]}", 40), [too_large]);
    // Texts and keys are larger than their number.
    let (text, earlier) = ("x".repeat(100_000), too_large.replace("20 ", "10 "));
    assert_eq!(doubled(&format!("{{a: ['{text}']}}"), 40), [earlier.as_str()]);
    assert_eq!(doubled(&format!("{{a: [{{? '{text}' : 1}}]}}"), 40), [earlier]);
    let found =
        applied("{a: {}}", &"\n- {target: $..a, update: {a: {}}}".repeat(200)).err().unwrap_or_default();
    assert!(
        found[0].ends_with("too-deep: after the action, values are nested more than 128 levels deep"),
        "{found:?}"
    );
}

/// Copies of a large value that are not merged.
#[test]
fn copies_count_as_work() {
    let document = format!("{{a: [{}], b: 1}}", "x".repeat(3_200_000));
    let found = applied(&document, &"\n- {target: $.*, copy: $.a}".repeat(2_500)).err().unwrap_or_default();
    // Each copy is as large as 50,000 values.
    assert_eq!(found.len(), 2_000);
    assert!(
        found[1_999].ends_with("too-large: overlays examine more than 100000000 values"),
        "{}",
        found[1_999]
    );
}

#[test]
fn siblings_are_removed_at_once() {
    let properties = |count: usize| {
        let text: Vec<String> =
            (0..count).map(|number| format!("p{number}: {{x: {}}}", number % 2)).collect();
        format!("{{a: {{{}}}}}", text.join(", "))
    };
    check(&properties(3), "[{target: '$.a[?@.x == 0]', remove: true}]", "{a: {p1: {x: 1}}}");
    // This takes minutes if each removal moves the others.
    check(&properties(60_000), "[{target: '$.a[?@.x < 2]', remove: true}]", "{a: {}}");
}

/// Each `..` once visited the values that the earlier ones had selected again.
#[test]
fn values_are_selected_once() {
    let nested = format!("{}1{}", "{a: ".repeat(100), "}".repeat(100));
    let expected = "fixes.yaml#/actions/0/target unmatched-overlay-action: `$..*..*..*..*..*.zzz` selects nothing in \
        the document";
    check_findings(&nested, "[{target: '$..*..*..*..*..*.zzz', remove: true}]", &[expected]);
    let repeated = format!("[{{target: '${}', update: 2}}]", "[*,*,*]".repeat(100));
    check(&nested, &repeated, &nested.replace('1', "2"));
}

#[test]
fn work_is_limited() {
    let document = format!("{{a: [{}1]}}", "{b: 1}, ".repeat(50_000));
    let action = format!(
        "\n- {{target: '$..[?@.b == 1 || @.b == 2{}]', update: {{b: 1}}}}",
        " && @.b == 2".repeat(140)
    );
    assert_eq!(applied(&document, &action).err().unwrap_or_default(), [""; 0]);
    check_findings(
        &document,
        &action.repeat(40),
        &["fixes.yaml#/actions/1/target too-large: overlays examine more than 100000000 values"],
    );
}

/// Keys are part of all paths.
#[test]
fn paths_are_limited() {
    let document = format!("{{? {} : [{}1]}}", "k".repeat(10_000), "1, ".repeat(50_000));
    check_findings(
        &document,
        "[{target: $..*, remove: true}]",
        &[
            "fixes.yaml#/actions/0/target too-large: the paths of the selected values have more than 4000000 steps",
        ],
    );
}

/// An action that names its value does not read the rest of the document.
#[test]
fn many_actions_on_a_large_document() {
    let numbers = || 0..16_000;
    let schemas: Vec<String> = numbers().map(|number| format!("S{number}: {{p: {{y: 1}}}}")).collect();
    let actions: Vec<String> =
        numbers().map(|number| format!("{{target: $.schemas.S{number}.p.y, update: 2}}")).collect();
    let (document, actions) =
        (format!("{{schemas: {{{}}}}}", schemas.join(", ")), format!("[{}]", actions.join(", ")));
    check(&document, &actions, &document.replace("y: 1", "y: 2"));
}

/// Checks the finding about a query, after the location and the code.
#[track_caller]
fn check_query(query: &str, expected: Option<&str>) {
    let action = serde_json::json!([{ "target": query, "remove": true }]).to_string();
    let found = applied("a: 1", &action).err().unwrap_or_default();
    let [found] = found.as_slice() else { panic!("{found:?}") };
    let start =
        "fixes.yaml#/actions/0/target invalid-overlay: `target` is not a valid JSONPath at character ";
    match expected {
        Some(expected) => assert_eq!(found.strip_prefix(start), Some(expected), "{query}\n{found}"),
        None => assert!(found.contains("selects nothing"), "{query}\n{found}"),
    }
}

#[test]
fn queries_are_short_and_flat() {
    check_query(&format!("$.{}", "a".repeat(1_998)), None);
    check_query(&format!("$.{}", "a".repeat(1_999)), Some("2001: the query has more than 2000 characters"));
    let filters = |count: usize| format!("${}0{}", "[?@".repeat(count - 1) + "[", "]".repeat(count));
    let parentheses = |count: usize| format!("$[?{}@.a{}]", "(".repeat(count - 1), ")".repeat(count - 1));
    for nested in [filters, parentheses] {
        check_query(&nested(6), None);
    }
    check_query(&filters(7), Some("20: brackets are nested more than 6 levels deep"));
    check_query(&filters(400), Some("20: brackets are nested more than 6 levels deep"));
    check_query(&parentheses(7), Some("9: brackets are nested more than 6 levels deep"));
    check_query(&parentheses(900), Some("9: brackets are nested more than 6 levels deep"));
    // Brackets in quotes are text, and so are escaped quotes.
    check_query(&format!("$['{}']", "[".repeat(100)), None);
    check_query(&format!(r"$['\'{}']", "[".repeat(100)), None);
    check_query(r"$['\u", Some("3: a text in quotes has no end"));
    check_query(r#"$["a\"]"#, Some("3: a text in quotes has no end"));
}

#[test]
fn filters_are_limited() {
    check_query("$[?@.b[?@.c == 'x' && match(@.d, 'a.*')]]", None);
    check_query("$..b[?@.x, ?@.y, *, 0, 1:2, 'z']", None);
    check_query("$[?$.a == 1]", Some("4: a filter has no access to the whole document"));
    check_query("$..[?@..zzz]", Some("7: a filter cannot search with `..`"));
    check_query("$[?@['a', 'b']]", Some("9: a filter has several selectors in brackets"));
    check_query("$[?count(@[*]) > 1 && length(value(@.a)) < 3]", None);
}

#[test]
fn patterns_are_small() {
    check_query(&format!("$[?search(@, '{}')]", "a".repeat(198)), None);
    check_query(&format!("$[?search(@, '{}')]", "a".repeat(199)), Some("14: the pattern is too large"));
    check_query("$[?match(@, '(a{40}){40}')]", None);
    check_query("$[?match(@, '(a{50}){50}')]", Some("13: the pattern is too large"));
    check_query("$[?match(@, '(((a{100}){100}){100})')]", Some("13: the pattern is too large"));
    check_query(r"$[?match(@, '(((a\u007b100}){100}){100})')]", Some("13: the pattern is too large"));
    check_query("$[?match(@, '(a{99}){99')]", None);
    check_query("$[?match(@, 'a){99}(b){99}(c){99}){99}(d')]", None);
    check_query("$[?match(@, 'a{999}){99}(b')]", Some("13: the pattern is too large"));
    check_query("$[?match(@.a, @.b)]", Some("13: a pattern is not a text in quotes"));
}

#[test]
fn the_help_shows_how_to_write_a_key() {
    let help = |query: &str| super::query::Query::parse(query).err().map(|fault| fault.help);
    for (query, expected) in [
        ("$.x-a", "write `['x-a']` instead of `.x-a`"),
        ("$.paths./pets/{id}.get", "write `['/pets/{id}']` instead of `./pets/{id}`"),
        ("$.info..x-b[0]", "write `['x-b']` instead of `.x-b`"),
        ("$.a[", super::fault::Fault::EXAMPLE),
        ("x-a", super::fault::Fault::EXAMPLE),
    ] {
        assert_eq!(help(query).as_deref(), Some(expected), "{query}");
    }
}

/// A part of a schema explains the change of the schema, and a description does not.
#[test]
fn corrections_of_values() {
    let (_, moves) = applied(
        "{a: {type: string, items: {type: string}, enum: [1], b: {description: x}, c: {schema: {type: x}}}}",
        "
- {target: $.a, update: {type: integer, items: {type: integer}, enum: [2], b: {description: y}, minimum: 1}}
- {target: $.a.c, update: {schema: {maximum: 3}}}",
    )
    .expect("the overlay is valid");
    let found = super::corrections(&moves);
    let found: Vec<(String, String)> =
        found.into_iter().map(|(at, written)| (at.reference(), written.reference())).collect();
    let expected = [
        ("#/a", "fixes.yaml#/actions/0/update/type"),
        ("#/a/c", "fixes.yaml#/actions/1/update/schema/maximum"),
        ("#/a/c/schema", "fixes.yaml#/actions/1/update/schema/maximum"),
        ("#/a/items", "fixes.yaml#/actions/0/update/items/type"),
    ];
    assert_eq!(found, expected.map(|(at, written)| (at.to_owned(), written.to_owned())));
}

#[test]
fn findings_lead_to_the_text_that_is_at_fault() {
    let (_, moves) = applied(
        "{a: [1, 2, 3], b: {c: 4}, d: {e: {f: 5}}}",
        "
- {target: '$.a[0]', remove: true}
- {target: $.a, update: [6]}
- {target: $.b, update: {c: 7, g: {h: [8]}}}
- {target: $.d, copy: $.b.g}
- {target: $.a, update: 9}",
    )
    .expect("the overlay is valid");
    let original = |at: &str| moves.original(&Pointer::parse(at)).reference();
    for (at, expected) in [
        ("/a/0", "#/a/1"),
        ("/a/1", "#/a/2"),
        ("/a/2", "fixes.yaml#/actions/1/update/0"),
        ("/a/3", "fixes.yaml#/actions/4/update"),
        ("/b", "#/b"),
        ("/b/c", "fixes.yaml#/actions/2/update/c"),
        ("/b/g/h/0", "fixes.yaml#/actions/2/update/g/h/0"),
        ("/d/h", "fixes.yaml#/actions/2/update/g/h"),
        ("/d/e/f", "#/d/e/f"),
    ] {
        assert_eq!(original(at), expected, "{at}");
    }
}
