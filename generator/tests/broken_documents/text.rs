//! Texts that cannot be parsed, and documents that are not supported OpenAPI.

use super::{Case, document, text};

pub(crate) const CASES: &[Case] = &[
    text(
        r#""#,
        &[
            r#"1:1 empty-document: the document is empty | check that this is the right file, and that it was written completely"#,
        ],
    ),
    text(
        r#"# Nothing but this comment."#,
        &[
            r#"1:1 empty-document: the document is empty | check that this is the right file, and that it was written completely"#,
        ],
    ),
    text(
        r#"openapi: 3.1.0
info: {title: Pets
paths: {}"#,
        &[
            r#"3:6 syntax: the text cannot be parsed: did not find expected ',' or '}', while parsing a flow mapping at line 2 column 7 | correct the text at this position or shortly before it"#,
        ],
    ),
    text(
        r#"{"openapi": "3.1.0", "info": {"title": "Pets" "version": "1"}}"#,
        &[
            r#"1:47 syntax: the text cannot be parsed: expected `,` or `}` | correct the text at this position or shortly before it"#,
        ],
    ),
    text(
        r#"{openapi: 3.1.0, info: {title: Pets, version: '1'}, paths: {}"#,
        &[
            r#"1:62 syntax: the text cannot be parsed: did not find expected ',' or '}', while parsing a flow mapping | correct the text at this position or shortly before it"#,
        ],
    ),
    text(
        r#"openapi: 3.1.0
? [info, paths]
: {}"#,
        &[
            r#"2:3 syntax: the text cannot be parsed: invalid type: sequence, expected a string | correct the text at this position or shortly before it"#,
        ],
    ),
    text(
        r#"openapi: 3.1.0
paths: *nowhere"#,
        &[
            r#"2:8 syntax: the text cannot be parsed: unknown anchor | correct the text at this position or shortly before it"#,
        ],
    ),
    text(
        r#"openapi: 3.1.0
--- 
paths: {}"#,
        &[r#"2:1 syntax: the text contains more than one YAML document | keep one document"#],
    ),
    text(
        r#"a: &a [x, x, x, x, x, x, x, x, x, x]
b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
f: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e]
g: [*f, *f, *f, *f, *f, *f, *f, *f, *f, *f]"#,
        &[
            r#"1:1 too-large: the aliases expand to far more values than the text contains | use references (`$ref`) instead of aliases for shared values"#,
        ],
    ),
    text(
        r#"{"openapi": "3.1.0", "paths": {"#,
        &[
            r#"1:31 syntax: the text cannot be parsed: it ends inside an object | correct the text at this position or shortly before it"#,
        ],
    ),
    text(
        "openapi: 3.1.0\npaths: {/a: \0}",
        &[
            r#"2:13 syntax: the text contains the control character U+0000, so it is not YAML or JSON | check that this is the right file, and not a binary file"#,
        ],
    ),
    text(
        r#"openapi: &all [*all]"#,
        &[
            r#"1:10 too-deep: values are nested more than 128 levels deep | move the inner schemas to `components`, or use references (`$ref`) instead of aliases"#,
        ],
    ),
    text(
        r#"openapi: 3.1.0
info: {title: Pets, title: Dogs, version: '1'}
paths:
  /pets: {}
  /pets: {}"#,
        &[
            r#"2:21 duplicate-key: the key `title` occurs twice | merge the two values, or rename one of the keys"#,
            r#"5:3 duplicate-key: the key `/pets` occurs twice | merge the two values, or rename one of the keys"#,
        ],
    ),
    text(
        r#"{"openapi": "3.1.0",
 "info": {"title": "Pets", "title": "Dogs", "version": "1"},
 "paths": {}}"#,
        &[
            r#"2:28 repeated-key: the key `title` occurs twice, and this value is used | remove one of the two"#,
        ],
    ),
    text(
        r#"- openapi: 3.1.0"#,
        &[
            r#"1:1 not-an-object: the document is an array, not an object with `openapi`, `info` and `paths` | check that this is the right file"#,
        ],
    ),
    text(
        r#"Not found"#,
        &[
            r#"1:1 not-an-object: the document is a single value, not an object with `openapi`, `info` and `paths` | check that this is the right file"#,
        ],
    ),
    text(
        r#"info: {title: Pets, version: '1'}
paths: {}"#,
        &[
            r#"1:1 not-openapi: the document has no `openapi` field, so its version is unknown | add `openapi: 3.1.0`, or the version that the document is written in"#,
        ],
    ),
    text(
        r#"opneapi: 3.1.0
paths: {}"#,
        &[
            r#"1:1 not-openapi: the document has no `openapi` field, so its version is unknown | rename `opneapi` to `openapi`"#,
        ],
    ),
    text(
        r#"swagger: '2.0'
paths: {}"#,
        &[
            r#"1:1 swagger-2: the document is written in Swagger 2.0, which is not supported | convert it to OpenAPI 3 first, for example with `swagger2openapi`"#,
        ],
    ),
    text(
        r#"openapi: 4.0.0
paths: {}"#,
        &[
            r#"1:1 unsupported-version: OpenAPI `4.0.0` is not supported, only 3.0, 3.1 and 3.2 | convert the document to OpenAPI 3.2"#,
        ],
    ),
    text(
        r#"openapi: [3.1.0]
paths: {}"#,
        &[r#"1:1 unsupported-version: `openapi` is not a version string | write a version such as `3.1.0`"#],
    ),
    text(
        r#"openapi: 3.3.0
info: {title: Pets, version: '1'}
paths: {/a: {query: {responses: {'200': {}}}}}"#,
        &[
            r#"1:1 newer-version: OpenAPI 3.3.0 is not fully supported, so the document is read as 3.2 | check the generated code for features that are new in this version"#,
        ],
    ),
    text(
        r#"openapi: 3.0
info: {title: Pets, version: 1.0}
components: {}"#,
        &[
            r#"1:1 omitted-field: the document has no `paths`, which OpenAPI 3.0 requires | add `paths: {}`"#,
            r#"2:21 mistyped-value: `version` must be a string, not `1.0`; it is read as `"1.0"` | write `"1.0"`"#,
        ],
    ),
    document(
        r#"tags: []"#,
        &[
            r#"1:1 no-contents: the document has no `paths`, `components` or `webhooks` | describe the operations under `paths`"#,
        ],
    ),
    // Tabs as indentation.
    text(
        "openapi: 3.1.0\ninfo:\n\ttitle: Pets",
        &[
            "3:1 syntax: the line is indented with a tab, and YAML allows only spaces | replace all tabs in the indentation by spaces",
        ],
    ),
    text(
        "openapi: 3.1.0\ninfo:\n  title: Pets\n\tversion: '1'",
        &[
            "4:1 syntax: the line is indented with a tab, and YAML allows only spaces | replace all tabs in the indentation by spaces",
        ],
    ),
    text(
        "openapi: 3.1.0\ninfo:\n  description: |\n\ttext",
        &[
            "4:1 syntax: the line is indented with a tab, and YAML allows only spaces | replace all tabs in the indentation by spaces",
        ],
    ),
    text(
        "openapi: 3.1.0\ntags:\n  -\tname: é",
        &[
            "3:4 syntax: the line is indented with a tab, and YAML allows only spaces | replace all tabs in the indentation by spaces",
        ],
    ),
    // Comments and trailing commas in JSON.
    text(
        "{\n  // Version\n  \"openapi\": \"3.1.0\"\n}",
        &[
            "2:3 syntax: the text has a comment, which JSON does not allow | remove the comments, or write the document in YAML, where a comment begins with `#`",
        ],
    ),
    text(
        "{\"é\": 1, /* Version */ \"openapi\": \"3.1.0\"}",
        &[
            "1:10 syntax: the text has a comment, which JSON does not allow | remove the comments, or write the document in YAML, where a comment begins with `#`",
        ],
    ),
    text(
        "{\"openapi\": \"3.1.0\"} // end",
        &[
            "1:22 syntax: the text has a comment, which JSON does not allow | remove the comments, or write the document in YAML, where a comment begins with `#`",
        ],
    ),
    text(
        "\n/* Pets */\n{\"openapi\": \"3.1.0\"}",
        &[
            "2:1 syntax: the text has a comment, which JSON does not allow | remove the comments, or write the document in YAML, where a comment begins with `#`",
        ],
    ),
    text(
        r#"{"openapi": "3.1.0", "tags": ["\ud83d\ude00",], "paths" {}}"#,
        &[
            "1:46 syntax: a comma before this bracket has no value after it, which JSON does not allow | remove the comma",
        ],
    ),
    // Files of other formats.
    text(
        "\n<!DOCTYPE html>\n<html lang='en'><title>Sign in: Pets</title></html>",
        &[
            "2:1 syntax: the text is an HTML page, not YAML or JSON | download the document itself; the page may be a login, an error or a viewer",
        ],
    ),
    text(
        "<?xml version='1.0'?>\n<pets/>",
        &["1:1 syntax: the text is XML, not YAML or JSON | pass the document in YAML or JSON"],
    ),
    text(
        r#"{"message": "Not Found"}"#,
        &[
            "1:1 not-openapi: the document has no `openapi` field, so its version is unknown | check that this is the right file, and not an error message of a server",
        ],
    ),
    text(
        "asyncapi: 3.0.0\ninfo: {title: Pets, version: '1'}",
        &[
            "1:1 not-openapi: the document is an AsyncAPI document, not an OpenAPI document | pass the OpenAPI document of the API",
        ],
    ),
    text(
        r#"{"info": {"_postman_id": "1", "name": "Pets"}, "item": []}"#,
        &[
            "1:2 not-openapi: the document is a Postman collection, not an OpenAPI document | convert it to OpenAPI 3 first",
        ],
    ),
    text(
        r#"{"collection": {"info": {"schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"}}}"#,
        &[
            "1:2 not-openapi: the document is a Postman collection, not an OpenAPI document | convert it to OpenAPI 3 first",
        ],
    ),
    text(
        "overlay: 1.0.0\ninfo: {title: Fixes, version: '1'}\nactions: []",
        &[
            "1:1 not-openapi: the document is an overlay, not an OpenAPI document | pass the document that it changes, and list it in `overlays`",
        ],
    ),
    text(
        "$schema: https://json-schema.org/draft/2020-12/schema\ntype: object",
        &[
            "1:1 not-openapi: the document is a JSON Schema, not an OpenAPI document | refer to the schema from an OpenAPI document",
        ],
    ),
];
