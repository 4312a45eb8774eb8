//! The text, and what kind of document it is.

use super::{Case, document, text};

pub(crate) const CASES: &[Case] = &[
    text(
        r#""#,
        &[
            r#"1:1 empty-document: the document is empty | check that this is the right file, and that it was written to the end"#,
        ],
    ),
    text(
        r#"# Nothing but this comment."#,
        &[
            r#"1:1 empty-document: the document is empty | check that this is the right file, and that it was written to the end"#,
        ],
    ),
    text(
        r#"openapi: 3.1.0
info: {title: Pets
paths: {}"#,
        &[
            r#"3:6 syntax: the text cannot be read: did not find expected ',' or '}', while parsing a flow mapping at line 2 column 7 | correct the text here or shortly before"#,
        ],
    ),
    text(
        r#"{"openapi": "3.1.0", "info": {"title": "Pets" "version": "1"}}"#,
        &[
            r#"1:47 syntax: the text cannot be read: expected `,` or `}` | correct the text here or shortly before"#,
        ],
    ),
    text(
        r#"{openapi: 3.1.0, info: {title: Pets, version: '1'}, paths: {}"#,
        &[
            r#"1:62 syntax: the text cannot be read: did not find expected ',' or '}', while parsing a flow mapping | correct the text here or shortly before"#,
        ],
    ),
    text(
        r#"openapi: 3.1.0
? [info, paths]
: {}"#,
        &[
            r#"2:3 syntax: the text cannot be read: invalid type: sequence, expected a string | correct the text here or shortly before"#,
        ],
    ),
    text(
        r#"openapi: 3.1.0
paths: *nowhere"#,
        &[r#"2:8 syntax: the text cannot be read: unknown anchor | correct the text here or shortly before"#],
    ),
    text(
        r#"openapi: 3.1.0
--- 
paths: {}"#,
        &[r#"1:1 syntax: the text holds more than one document | correct the text here or shortly before"#],
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
            r#"1:1 too-large: the document's aliases expand into far more than was written | use references instead of aliases for what is shared"#,
        ],
    ),
    text(
        r#"openapi: &all [*all]"#,
        &[
            r#"1:10 too-deep: values are nested more than 128 levels deep | give the inner schemas names under `components` and refer to them"#,
        ],
    ),
    text(
        r#"openapi: 3.1.0
info: {title: Pets, title: Dogs, version: '1'}
paths:
  /pets: {}
  /pets: {}"#,
        &[
            r#"2:21 duplicate-key: the key `title` is there twice | merge the two, or rename one"#,
            r#"5:3 duplicate-key: the key `/pets` is there twice | merge the two, or rename one"#,
        ],
    ),
    text(
        r#"{"openapi": "3.1.0",
 "info": {"title": "Pets", "title": "Dogs", "version": "1"},
 "paths": {}}"#,
        &[r#"2:28 repeated-key: the key `title` is there twice; this one counts | remove one of the two"#],
    ),
    text(
        r#"- openapi: 3.1.0"#,
        &[
            r#"1:1 not-an-object: the document is a list, where an object with `openapi`, `info` and `paths` should be | check that this is the right file"#,
        ],
    ),
    text(
        r#"Not found"#,
        &[
            r#"1:1 not-an-object: the document is a single value, where an object with `openapi`, `info` and `paths` should be | check that this is the right file"#,
        ],
    ),
    text(
        r#"info: {title: Pets, version: '1'}
paths: {}"#,
        &[
            r#"1:1 not-openapi: there is no `openapi` that says the version | add `openapi: 3.1.0`, or whatever version the document is written in"#,
        ],
    ),
    text(
        r#"opneapi: 3.1.0
paths: {}"#,
        &[
            r#"1:1 not-openapi: there is no `openapi` that says the version | write `openapi` instead of `opneapi`"#,
        ],
    ),
    text(
        r#"swagger: '2.0'
paths: {}"#,
        &[
            r#"1:1 swagger-2: the document is written in Swagger 2.0 | convert it to OpenAPI 3 first, with swagger2openapi for instance"#,
        ],
    ),
    text(
        r#"openapi: 4.0.0
paths: {}"#,
        &[
            r#"1:1 unsupported-version: OpenAPI `4.0.0` is not supported, only 3.0 and 3.1 are | convert the document to OpenAPI 3.1"#,
        ],
    ),
    text(
        r#"openapi: [3.1.0]
paths: {}"#,
        &[r#"1:1 unsupported-version: `openapi` is not a version | write a version such as `3.1.0`"#],
    ),
    text(
        r#"openapi: 3.2.0
info: {title: Pets, version: '1'}
paths: {}"#,
        &[
            r#"1:1 newer-version: the document is written in OpenAPI 3.2.0, and is read as 3.1 | look over what the crate makes of the parts that are new"#,
        ],
    ),
    text(
        r#"openapi: 3.0
info: {title: Pets, version: 1.0}
components: {}"#,
        &[
            r#"1:1 omitted-member: the document has no `paths`, which OpenAPI 3.0 requires | write `paths: {}` if there are none"#,
            r#"2:21 mistyped-value: `version` is written as `1.0`, and read as `"1.0"` | write `"1.0"`"#,
        ],
    ),
    document(
        r#"tags: []"#,
        &[
            r#"1:1 no-contents: the document has neither `paths` nor `components` nor `webhooks` | describe the operations under `paths`"#,
        ],
    ),
];
