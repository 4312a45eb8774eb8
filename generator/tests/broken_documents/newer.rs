//! The fields and values that OpenAPI 3.2 adds.

use super::{Case, document, split, text};

pub(crate) const CASES: &[Case] = &[
    // A document that is valid.
    text(
        r#"openapi: 3.2.0
$self: https://example.com/pets.yaml
info: {title: Pets, version: '1'}
servers: [{url: /, name: here}]
tags: [{name: a, summary: A, parent: b, kind: nav}]
security: [{'#/components/securitySchemes/key': []}]
paths:
  /pets:
    query: {responses: {'200': {summary: All., content: {application/json: {$ref: '#/components/mediaTypes/Pet'}}}}}
    additionalOperations:
      PURGE:
        parameters:
          - {name: q, in: querystring, content: {application/json: {schema: {type: object}}}}
          - {name: c, in: cookie, style: cookie, schema: {type: string}}
        responses: {'204': {}}
components:
  mediaTypes:
    Pet: {schema: {$ref: 'https://example.com/pets.yaml#/components/schemas/Pet'}}
  schemas: {Pet: {type: string}}
  securitySchemes: {key: {type: apiKey, in: header, name: x-key, deprecated: true}}"#,
        &[],
    ),
    // The same features in an older version.
    document(
        r#"paths:
  /pets:
    query: {}
    additionalOperations: {PURGE: {}}
    get:
      parameters: [{name: q, in: querystring, content: {text/plain: {}}}]
      responses: {'200': {description: A., content: {a/b: {$ref: '#/components/x/B'}}}}
components: {x: {B: {}}}"#,
        &[
            r#"5:5 mixed-versions: the field `query` of OpenAPI 3.2 is used, but the document declares 3.1 | declare version 3.2, so that other tools read it too"#,
            r#"6:5 mixed-versions: the field `additionalOperations` of OpenAPI 3.2 is used, but the document declares 3.1 | declare version 3.2, so that other tools read it too"#,
            r#"8:30 mixed-versions: `in: querystring` of OpenAPI 3.2 is used, but the document declares 3.1 | declare version 3.2, so that other tools read it too"#,
            r#"9:60 misplaced-reference: a reference is not allowed here, so its target is read in its place | replace the reference by its target if other tools reject the document"#,
        ],
    ),
    text(
        r#"openapi: 3.2.0
info: {title: Pets, version: '1'}
paths:
  /pets:
    get: {}
    additionalOperations:
      GET: {}
      POST: {}
      'a b': {}"#,
        &[
            r#"7:7 mistyped-value: the path item describes `GET` in `get` too, so this one is ignored | describe the operation in `get`"#,
            r#"8:7 mistyped-value: `POST` has a field of its own, `post` | describe the operation in `post`"#,
            r#"9:7 invalid-value: `a b` is not a valid HTTP method | write a method without spaces and separators, such as `PURGE`"#,
        ],
    ),
    text(
        r#"openapi: 3.2.0
info: {title: Pets, version: '1'}
paths:
  /pets:
    parameters: [{name: a, in: query, schema: {}}]
    get:
      parameters: [{name: q, in: querystring, schema: {type: Text}}]
    put:
      parameters: [{name: r, in: querystring}]
      requestBody:
        content:
          multipart/mixed: {itemSchema: {}, prefixEncoding: [{}], itemEncoding: {}}
          multipart/form-data: {schema: {}, encoding: {a: {encoding: {b: {}}}}}
      responses: {}
components:
  schemas:
    Pet: {oneOf: [{$ref: '#/components/schemas/Cat'}], discriminator: {propertyName: kind, defaultMapping: Cat}}
    Cat: {type: object}"#,
        &[
            r#"7:20 mistyped-value: this query string has no `content`, so it is read as `application/x-www-form-urlencoded` | describe it under `content`, by its media type"#,
            r#"7:30 conflicting-query: `q` is the whole query, but `a` is in the query too; `&` joins them | describe the properties of the query in one of the two ways"#,
            r#"7:56 unknown-type: `Text` is not a type, so it is ignored | write a type of JSON, and move `Text` to `format`"#,
            r#"9:20 mistyped-value: this query string has no `content`, so it is read as `application/x-www-form-urlencoded` | describe it under `content`, by its media type"#,
            r#"9:30 conflicting-query: `r` is the whole query, but `a` is in the query too; `&` joins them | describe the properties of the query in one of the two ways"#,
            r#"12:45 ignored-encoding: `prefixEncoding` is not supported, so it has no effect | use `encoding` of a form with named parts"#,
            r#"12:67 ignored-encoding: `itemEncoding` is not supported, so it has no effect | use `encoding` of a form with named parts"#,
            r#"13:60 ignored-encoding: `encoding` is not supported, so it has no effect | use `encoding` of a form with named parts"#,
            r#"17:92 unsupported-keyword: `defaultMapping` is not supported: unknown values of `kind` become `Unknown` | map each value to its schema in `mapping`"#,
        ],
    ),
    // Another file with a URI of its own.
    split(
        "paths: {/a: {$ref: a.yaml}}",
        &[(
            "a.yaml",
            "{$self: https://example.com/a.yaml, get: {responses: {'200': {$ref: 'a.yaml#/x-b'}}}, x-b: {description: B., content: {c/d: {schema: {$ref: 'https://example.com/other.yaml#/E'}}}}}",
        )],
        &[
            r#"a.yaml:1:135 external-reference: `https://example.com/other.yaml#/E` is a URL, and URLs are not fetched | save the file in the document's folder, and refer to it by a relative path"#,
        ],
    ),
];
