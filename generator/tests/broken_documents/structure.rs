//! Values that OpenAPI does not allow at their location.

use super::{Case, document, text};

pub(crate) const CASES: &[Case] = &[
    // Values that a repair moves are found where they are written.
    document(
        r#"paths:
  /pets/{id}:
    get:
      parameters:
        - null
        - {name: id, in: path, required: true, schema: {discriminator: {propertyName: a, mapping: {b: '#/components/schemas/C'}}}}
      responses: {}
components:
  schemas:
    Row: {items: [{type: string}, {type: Text}]}
    One: {allOf: {properties: {a: {type: Text, allOf: [null, {type: Text}]}}}}"#,
        &[
            r#"7:11 mistyped-value: this element is null, so it is ignored | remove it"#,
            r#"8:100 dangling-mapping: the schema `#/components/schemas/C` does not exist, so the entry is ignored | map the value to an existing schema, or remove the entry"#,
            r#"12:11 unsupported-keyword: `prefixItems` is not supported: the elements become `serde_json::Value` | describe the schema without this keyword if the generated type is too general"#,
            r#"12:36 unknown-type: `Text` is not a type, so it is ignored | write a type of JSON, and move `Text` to `format`"#,
            r#"13:11 mistyped-value: `allOf` must be an array, so it is read as an array of one element | write it as an array"#,
            r#"13:36 unknown-type: `Text` is not a type, so it is ignored | write a type of JSON, and move `Text` to `format`"#,
            r#"13:56 mistyped-value: this element is null, so it is ignored | remove it"#,
            r#"13:63 unknown-type: `Text` is not a type, so it is ignored | write a type of JSON, and move `Text` to `format`"#,
        ],
    ),
    // Findings inside `itemSchema` are found there, although it becomes a `schema`.
    text(
        r#"openapi: 3.2.0
info: {title: API, version: '1'}
paths:
  /a:
    get:
      responses:
        '200': {content: {application/jsonl: {itemSchema: {if: {}, properties: {a: {type: string, nullable: true}}}}}}"#,
        &[
            "7:60 unsupported-keyword: `if` is not supported: the condition is not checked | describe the schema without this keyword if the generated type is too general",
            "7:99 mixed-versions: the document declares OpenAPI 3.2, but uses `nullable` of 3.0 (once) | write `type: [T, \"null\"]`, or declare version 3.0",
        ],
    ),
    document(
        r#"paths:
  /pets: get
  /dogs:
    get: [responses]"#,
        &[
            r#"4:3 invalid-value: `/pets` must be a path item, not a string | write a path item"#,
            r#"6:5 invalid-value: `get` must be an operation, not an array | write an operation"#,
        ],
    ),
    document(
        r#"paths: []"#,
        &[r#"3:1 invalid-value: `paths` must be an object, not an array | write an object"#],
    ),
    document(
        r#"components:
  schemas:
    Pet: string
    Dog: '#/components/schemas/Pet'
    Cat: {properties: [name], allOf: 1}
    Cow: {$ref: [Pet]}
    Pig: pink"#,
        &[
            r#"5:5 mistyped-value: `Pet` must be a schema, not a string; it is read as `type: string` | write `type: string`"#,
            r#"6:5 mistyped-value: `Dog` must be a schema, not a string; it is read as `$ref: '#/components/schemas/Pet'` | write `$ref: '#/components/schemas/Pet'`"#,
            r#"7:11 invalid-value: `properties` must be an object, not an array | write an object"#,
            r#"7:31 invalid-value: `allOf` must be an array, not `1` | write an array"#,
            r#"8:11 invalid-value: `$ref` must be a string, not an array | write a reference such as `#/components/schemas/Pet`"#,
            r#"9:5 invalid-value: `Pig` must be a schema, not a string | write a schema"#,
        ],
    ),
    document(
        r#"paths:
  /pets:
    get:
      summary: 1
      description: [one, two]
      deprecated: 'true'
      tags: pets
      parameters:
        - {name: limit, in: query, required: 1, style: fancy, schema: {type: integer, minimum: '1', maxLength: -1, uniqueItems: no, required: true}}
        - null
      responses:
        OK: {description: good}
        20x: {description: good}
        2XX: {description: good}"#,
        &[
            r#"6:7 mistyped-value: `summary` must be a string, not `1`; it is read as `"1"` | write `"1"`"#,
            r#"7:7 mistyped-value: `description` must be a string, not an array; it is ignored | write a string"#,
            r#"8:7 mistyped-value: `deprecated` must be `true` or `false`, not a string; it is read as `true` | write `true`"#,
            r#"9:7 mistyped-value: `tags` must be an array, so it is read as an array of one element | write it as an array"#,
            r#"11:36 mistyped-value: `required` must be `true` or `false`, not `1`; it is ignored | write `true` or `false`"#,
            r#"11:49 mistyped-value: the style `fancy` is not valid here, so the default style is used | write `form`, `spaceDelimited`, `pipeDelimited` or `deepObject`"#,
            r#"11:87 mistyped-value: `minimum` must be a number, not a string; it is read as `1` | write `1`"#,
            r#"11:101 mistyped-value: `maxLength` must be a non-negative integer, not `-1`; it is ignored | write a non-negative integer"#,
            r#"11:116 mistyped-value: `uniqueItems` must be `true` or `false`, not a string; it is ignored | write `true` or `false`"#,
            r#"11:133 mistyped-value: `required` must be an array of strings, not `true`; it is ignored | list the property in `required` of the enclosing schema"#,
            r#"12:11 mistyped-value: this element is null, so it is ignored | remove it"#,
            r#"14:9 mistyped-value: `OK` is not a valid status, so the response is ignored | write a status such as `200`, a range such as `4XX`, or `default`"#,
            r#"15:9 mistyped-value: `20x` is not a valid status, so the response is ignored | write a status such as `200`, a range such as `4XX`, or `default`"#,
        ],
    ),
    document(
        r#"components:
  schemas:
    Pet: {required: name, discriminator: kind, externalDocs: nowhere}
    Dog: {discriminator: {mapping: {a: Pet}}, minimum: 1.0, multipleOf: x, exclusiveMaximum: '3'}"#,
        &[
            r#"5:11 mistyped-value: `required` must be an array, so it is read as an array of one element | write it as an array"#,
            r#"5:27 mistyped-value: `discriminator` must be an object, not a string; it is read as `propertyName` | write `discriminator: {propertyName: kind}`"#,
            r#"5:48 mistyped-value: `externalDocs` must be an external documentation object, not a string; it is ignored | write an external documentation object"#,
            r#"6:11 mistyped-value: this discriminator has no `propertyName`, so it is ignored | add `propertyName`"#,
            r#"6:61 mistyped-value: `multipleOf` must be a number, not a string; it is ignored | write a number"#,
            r#"6:76 mistyped-value: `exclusiveMaximum` must be a number, or `true` or `false`, not a string; it is read as `3` | write `3`"#,
        ],
    ),
    document(
        r#"paths:
  /pets:
    get:
      parameters:
        - {in: query, schema: {}}
        - {name: pet, in: body, schema: {}}
components:
  securitySchemes:
    none: {}
    key: {type: apiKey, in: header}
    path: {type: apiKey, name: key, in: path}
    mutual: {type: mutualTLS}
    flows: {type: oauth2, flows: {password: {scopes: {}}}}"#,
        &[
            r#"7:11 missing-field: this parameter has no `name` | add `name`"#,
            r#"8:23 invalid-value: `body` is not a valid location of a parameter | describe it under `requestBody`, as OpenAPI 3 does"#,
            r#"11:5 missing-field: this security scheme has no `type` | add `type`"#,
            r#"12:5 missing-field: this security scheme has no `name` | add `name`"#,
            r#"13:37 invalid-value: `path` is not a valid location of an API key | write `query`, `header` or `cookie`"#,
            r#"15:35 omitted-field: this OAuth flow has no `tokenUrl`, which OpenAPI requires; an empty one is assumed | add `tokenUrl`"#,
        ],
    ),
    text(
        r#"openapi: 3.0.3
info: {}
paths:
  /pets:
    get:
      parameters:
        - {name: limit, in: query}
    put:
      responses: {'200': {}}"#,
        &[
            r#"2:1 omitted-field: the document's `info` has no `title`, which OpenAPI requires; an empty one is assumed | add `title`"#,
            r#"2:1 omitted-field: the document's `info` has no `version`, which OpenAPI requires; an empty one is assumed | add `version`"#,
            r#"5:5 omitted-field: this operation has no `responses`, which OpenAPI requires; an empty one is assumed | add `responses`"#,
            r#"7:11 omitted-field: this parameter has no `schema`, which OpenAPI requires; an empty one is assumed | add `schema`"#,
            r#"9:19 omitted-field: this response has no `description`, which OpenAPI requires; an empty one is assumed | add `description`"#,
        ],
    ),
    document(
        r#"paths:
  /pets:
    get:
      operationID: pets
      sumary: All of them.
      x-sumary: All of them.
      requestbody: {content: {}}"#,
        &[
            r#"6:7 unknown-field: `operationID` is not a field of an operation, so it is ignored | rename it to `operationId`"#,
            r#"7:7 unknown-field: `sumary` is not a field of an operation, so it is ignored | rename it to `summary`"#,
            r#"9:7 unknown-field: `requestbody` is not a field of an operation, so it is ignored | rename it to `requestBody`"#,
        ],
    ),
    document(
        r#"components:
  schemas:
    Pet: {type: string, enum: [small, 1, true]}
    Dog: {type: boolean, const: 'true'}
    Cat: {type: integer, enum: ['1', big]}"#,
        &[
            r#"5:39 mistyped-value: `1` is not of type `string`, so it is read as `"1"` (and 1 more) | write `"1"`"#,
            r#"6:26 mistyped-value: `"true"` is not of type `boolean`, so it is read as `true` | write `true`"#,
            r#"7:33 mistyped-value: `"1"` is not of type `integer`, so it is read as `1` | write `1`"#,
        ],
    ),
    document(
        r#"components:
  schemas:
    Pet: {type: strin}
    Dog: {type: [file, 'null']}
    Cat: {type: any}
    Cow: {type: date}
    Hen: {type: {}}"#,
        &[
            r#"5:11 unknown-type: `strin` is not a type, so it is ignored | write `string`"#,
            r#"6:18 unknown-type: `file` is not a type, so it is ignored | write `type: string` with `format: binary`"#,
            r#"7:11 unknown-type: `any` is not a type, so it is ignored | remove `type` to accept any value"#,
            r#"8:11 unknown-type: `date` is not a type, so it is ignored | write a type of JSON, and move `date` to `format`"#,
            r#"9:11 mistyped-value: `type` must be a type name or an array of type names, not an object; it is ignored | write a type name or an array of type names"#,
        ],
    ),
    text(
        r#"openapi: 3.0.3
info: {title: Pets, version: '1'}
paths: {}
components:
  schemas:
    Pet: {type: [string, 'null']}
    Dog: {properties: {type: {type: 'null'}}}"#,
        &[
            r#"6:11 mixed-versions: the document declares OpenAPI 3.0, but uses `type` as in 3.1 (2 times) | write `nullable: true`, or declare version 3.1"#,
        ],
    ),
    document(
        r#"components:
  schemas:
    Pet: {type: string, nullable: true}
    Dog: {properties: {nullable: {nullable: true}}}"#,
        &[
            r#"5:25 mixed-versions: the document declares OpenAPI 3.1, but uses `nullable` of 3.0 (2 times) | write `type: [T, "null"]`, or declare version 3.0"#,
        ],
    ),
    document(
        r#"components:
  schemas:
    Pet:
      if: {required: [name]}
      then: {required: [id]}
      properties: {if: {type: string}}
      patternProperties: {'^x-': {type: string}}
    Dog:
      patternProperties: {'^x-': {type: string}}
      additionalProperties: false
    Cat:
      patternProperties: {'^x-': {type: string}}
    Cow:
      propertyNames: {pattern: '^a'}
      contains: {const: 1}
      dependentRequired: {a: [b]}
      unevaluatedProperties: false
    Hen: {unevaluatedProperties: {type: string}, unevaluatedItems: {type: string}}
    Row: {prefixItems: [{type: number}, {type: number}]}
    Open: {prefixItems: [{type: string}], items: {type: integer}}"#,
        &[
            r#"6:7 unsupported-keyword: `if` is not supported: the condition is not checked | describe the schema without this keyword if the generated type is too general"#,
            r#"9:7 unsupported-keyword: `patternProperties` is not supported: properties that match a pattern become `serde_json::Value` | describe the schema without this keyword if the generated type is too general"#,
            r#"14:7 unsupported-keyword: `patternProperties` is read as `additionalProperties`: all property names are accepted | add `additionalProperties: false` if no other names are valid"#,
            r#"20:11 unsupported-keyword: `unevaluatedProperties` is not supported: other properties become `serde_json::Value` | describe the schema without this keyword if the generated type is too general"#,
            r#"20:50 unsupported-keyword: `unevaluatedItems` is not supported: other elements become `serde_json::Value` | describe the schema without this keyword if the generated type is too general"#,
            r#"21:11 unsupported-keyword: `prefixItems` is not supported: further elements are read like the first ones | describe the schema without this keyword if the generated type is too general"#,
        ],
    ),
];
