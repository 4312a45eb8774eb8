//! References without a target, or with a target of the wrong kind.

use super::{Case, document};

pub(crate) const CASES: &[Case] = &[
    document(
        r#"paths:
  /pets:
    get:
      responses:
        '200':
          description: good
          content: {application/json: {schema: {$ref: '#/components/schemas/Pett'}}}
        '404': {$ref: '#/components/response/NotFound'}
        '500': {$ref: '#/components/responses/Broken'}
components:
  schemas:
    Pet: {properties: {owner: {$ref: '#/definitions/Pet'}, home: {$ref: '#/nowhere'}}}
    Dog: {$ref: '#/$defs/Paw', $defs: {Paw: {}}}
    Cat: {$ref: 5}
    Cow: {$ref: '#/definitions/Cow'}
  responses:
    NotFound: {description: none}"#,
        &[
            r#"9:49 dangling-schema: `#/components/schemas/Pett` does not exist, so the schema becomes `serde_json::Value` | write `#/components/schemas/Pet`"#,
            r#"10:17 dangling-reference: `#/components/response/NotFound` does not exist | write `#/components/responses/NotFound`"#,
            r#"11:17 dangling-reference: `#/components/responses/Broken` does not exist | add the target, or correct the reference"#,
            r#"14:32 dangling-schema: `#/definitions/Pet` does not exist, so `#/components/schemas/Pet` is used | write `#/components/schemas/Pet`"#,
            r#"14:67 dangling-schema: `#/nowhere` does not exist, so the schema becomes `serde_json::Value` | add the target, or correct the reference"#,
            r#"15:11 dangling-schema: `#/$defs/Paw` does not exist, so `#/components/schemas/Dog/$defs/Paw` is used | write `#/components/schemas/Dog/$defs/Paw`"#,
            r#"16:11 invalid-value: `$ref` must be a string, not `5` | write a reference such as `#/components/schemas/Pet`"#,
            r#"17:11 dangling-schema: `#/definitions/Cow` does not exist, so the schema becomes `serde_json::Value` | write `#/components/schemas/Cow`"#,
        ],
    ),
    document(
        r#"components:
  schemas:
    Pet: {$anchor: pet}
    Dog: {$ref: '#pte'}
    Cat: {$ref: '#pet'}"#,
        &[
            r#"6:11 anchor-reference: `#pte` names an anchor that no schema has | use a JSON pointer, such as `#/components/schemas/Pet`"#,
        ],
    ),
    document(
        r#"components:
  schemas:
    Pet: {$anchor: pet}
    Dog: {$anchor: pet, $id: 'https://example.com/dog'}
    Cat: {items: {$ref: '#pet'}}
    Cow: {$id: 'https://example.com/dog'}
    Ox: {items: {$ref: 'https://example.com/dog'}}
    Hen: {$anchor: unused}
    Cock: {$anchor: unused}"#,
        &[
            r#"5:11 duplicate-anchor: `#pet` names another schema as well, and references lead to `#/components/schemas/Dog` | give each schema its own `$anchor`"#,
            r#"6:25 duplicate-anchor: `https://example.com/dog` names another schema as well, and references lead to `#/components/schemas/Cow` | give each schema its own `$id`"#,
        ],
    ),
    document(
        r#"components:
  schemas:
    Pet: {$ref: '#/components/responses/Pet'}
    Dog: {$ref: '#/components/schemas'}
    Cat: {$ref: '#/info/title'}
    Cow: {$ref: '#/components/x-schemas/Bull'}
  x-schemas: {Bull: {allOf: {$ref: '#/components/x-schemas/Ox'}}}
  responses:
    Pet: {description: one}"#,
        &[
            r#"5:11 dangling-schema: `#/components/responses/Pet` is a response, not a schema, so the schema becomes `serde_json::Value` | refer to a schema"#,
            r#"6:11 dangling-schema: `#/components/schemas` is a map, not a schema, so the schema becomes `serde_json::Value` | refer to a schema"#,
            r#"7:11 dangling-schema: `#/info/title` is a plain value, not a schema, so the schema becomes `serde_json::Value` | refer to a schema"#,
            r#"9:22 mistyped-value: `allOf` must be an array, so it is read as an array of one element | write it as an array"#,
            r#"9:22 dangling-schema: `#/components/x-schemas/Ox` does not exist, so the schema becomes `serde_json::Value` | add the target, or correct the reference"#,
        ],
    ),
    document(
        r#"components:
  schemas:
    Pet: {properties: {error: {$ref: '#/components/responses/Broken'}, id: {$ref: '#/components/parameters/Id'}}}
  parameters:
    Id: {name: id, in: query, schema: {type: integer}}
    Other: {$ref: '#/components/responses/Broken'}
  responses:
    Broken: {description: bad, content: {text/plain: {}, application/problem+json: {schema: {type: object}}}}"#,
        &[
            r#"5:32 dangling-schema: `#/components/responses/Broken` is a response, not a schema, so `#/components/responses/Broken/content/application~1problem+json/schema` is used | write `#/components/responses/Broken/content/application~1problem+json/schema`"#,
            r#"5:77 dangling-schema: `#/components/parameters/Id` is a parameter, not a schema, so `#/components/parameters/Id/schema` is used | write `#/components/parameters/Id/schema`"#,
            r#"8:13 mismatched-reference: `#/components/responses/Broken` is a response, not a parameter | refer to a parameter"#,
        ],
    ),
    document(
        r#"paths:
  /pets:
    put:
      responses: {'200': {$ref: '#/components/requestBodies/Pet'}}
components:
  requestBodies:
    Pet: {content: {application/json: {schema: {type: string}}}}"#,
        &[
            r#"6:27 reinterpreted-reference: `#/components/requestBodies/Pet` is a request body, so it is read as a response | refer to a response"#,
        ],
    ),
    document(
        r#"components:
  schemas:
    Itself: {$ref: '#/components/schemas/Itself'}
    Egg: {allOf: [{$ref: '#/components/schemas/Hen'}]}
    Hen: {description: first, allOf: [{type: string}, {allOf: [{$ref: '#/components/schemas/Egg'}]}]}
    Coin: {oneOf: [{type: string}, {$ref: '#/components/schemas/Side'}]}
    Side: {anyOf: [{$ref: '#/components/schemas/Coin'}]}
    Tree: {properties: {children: {items: {$ref: '#/components/schemas/Tree'}}}}
  parameters:
    One: {$ref: '#/components/parameters/Two'}
    Two: {$ref: '#/components/parameters/One'}"#,
        &[
            r#"5:14 circular-schema: `Itself` refers to itself, so the reference is ignored | remove the reference, or replace it by the intended schema"#,
            r#"7:65 circular-schema: `Egg` includes itself (`Egg` -> `Hen` -> `Egg`), so the reference is ignored | remove the reference, or replace it by the intended schema"#,
            r#"9:21 circular-schema: `Coin` includes itself (`Coin` -> `Side` -> `Coin`), so the reference is ignored | remove the reference, or replace it by the intended schema"#,
            r#"13:11 circular-reference: `One` refers to itself (`One` -> `Two` -> `One`) | replace the reference by a definition"#,
        ],
    ),
    document(
        r#"components:
  schemas:
    Pet:
      oneOf: [{$ref: '#/components/schemas/Dog'}]
      discriminator:
        propertyName: kind
        mapping: {dog: Dog, hound: '#/components/schemas/Dog', cat: Doge, cow: '#/components/schemas/Cow'}
    Dog: {type: object}"#,
        &[
            r#"9:64 dangling-mapping: the schema `Doge` does not exist, so the entry is ignored | write `#/components/schemas/Dog`"#,
            r#"9:75 dangling-mapping: the schema `#/components/schemas/Cow` does not exist, so the entry is ignored | map the value to an existing schema, or remove the entry"#,
        ],
    ),
    document(
        r#"security: [{key: []}]
paths:
  /pets:
    get: {security: [{x-kye: null}, {x-key: read}, {x-key: []}, {}]}
    put: {security: {key: []}}
components:
  securitySchemes:
    x-key: {type: apiKey, name: key, in: header}"#,
        &[
            r#"3:13 undeclared-security: the security scheme `key` is not declared, so no credential is sent for it | declare it under `components.securitySchemes`"#,
            r#"6:23 undeclared-security: the security scheme `x-kye` is not declared, so no credential is sent for it | write `x-key`"#,
            r#"6:38 mistyped-value: `x-key` must be an array, so it is read as an array of one element | write it as an array"#,
            r#"7:11 mistyped-value: `security` must be an array, so it is read as an array of one element | write it as an array"#,
            r#"7:22 undeclared-security: the security scheme `key` is not declared, so no credential is sent for it | declare it under `components.securitySchemes`"#,
        ],
    ),
    document(
        r#"paths:
  /pets:
    get: {$ref: '#/paths/~1pets/put'}
    put: {}
tags:
  - {$ref: '#/tags/1'}"#,
        &[
            r#"5:11 misplaced-reference: a reference is not allowed here, so its target is read in its place | replace the reference by its target if other tools reject the document"#,
            r#"8:5 mistyped-value: this element is null, so it is ignored | remove it"#,
            r#"8:6 dangling-reference: `#/tags/1` does not exist | add the target, or correct the reference"#,
        ],
    ),
    document(
        r#"components:
  schemas:
    Pet: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}
    Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {claws: {}}}]}
    Dog: {allOf: [{$ref: '#/components/schemas/Pet'}]}"#,
        &[
            r#"5:20 circular-inheritance: `Cat` includes itself (`Cat` -> `Pet` -> `Cat`), which is read as inheritance of properties | move the shared properties to a schema of their own"#,
            r#"7:20 circular-inheritance: `Pet` includes itself (`Pet` -> `Dog` -> `Pet`), which is read as inheritance of properties | move the shared properties to a schema of their own"#,
        ],
    ),
    document(
        r#"components:
  schemas:
    Inside: {description: D, allOf: [{type: object}, {$ref: '#/components/schemas/Inside'}]}
    Mixed: {allOf: [{type: object}, {oneOf: [{type: string}, {$ref: '#/components/schemas/Mixed'}]}]}
    A: {allOf: [{$ref: '#/components/schemas/B'}]}
    B: {allOf: [{$ref: '#/components/schemas/C'}]}
    C: {allOf: [{$ref: '#/components/schemas/D'}]}
    D: {allOf: [{$ref: '#/components/schemas/E'}]}
    E: {allOf: [{$ref: '#/components/schemas/A'}]}"#,
        &[
            r#"5:55 circular-schema: `Inside` includes itself through `allOf`, so the reference is ignored | remove the reference, or replace it by the intended schema"#,
            r#"6:63 circular-inheritance: `Mixed` includes itself through `allOf`, which is read as inheritance of properties | move the shared properties to a schema of their own"#,
            r#"11:18 circular-schema: `A` includes itself through 4 other values, so the reference is ignored | remove the reference, or replace it by the intended schema"#,
        ],
    ),
    document(
        r#"paths:
  /pets: {$ref: '#/components/pathItems/Pets', summary: All, get: {}}
components:
  pathItems: {Pets: {}}"#,
        &[
            r#"4:62 ignored-siblings: `get` is next to a `$ref`, so it is ignored | move it to the target of the reference, or replace the reference by its target"#,
        ],
    ),
    // A schema in place of an object that holds one.
    document(
        r#"paths:
  /pets:
    post:
      requestBody: {$ref: '#/components/schemas/Pet'}
      responses:
        '200': {$ref: '#/components/schemas/Pet'}
        '201':
          description: Made.
          headers: {x-a: {$ref: '#/components/schemas/Pet'}}
          content: {application/json: {$ref: '#/components/schemas/Pet'}}
        '202': {$ref: '#/components/responses/Pet'}
components:
  responses: {Pet: {$ref: '#/components/schemas/Pet'}}
  schemas: {Pet: {type: string}}"#,
        &[
            r#"6:21 reinterpreted-reference: the reference leads to a schema, so it is read as a request body with this schema | write the reference under `content`, in the `schema` of its media type"#,
            r#"8:17 reinterpreted-reference: the reference leads to a schema, so it is read as a response with this schema | write the reference under `content`, in the `schema` of its media type"#,
            r#"11:27 reinterpreted-reference: the reference leads to a schema, so it is read as a header with this schema | write the reference under `schema`"#,
            r#"12:40 reinterpreted-reference: the reference leads to a schema, so it is read as a media type with this schema | write the reference under `schema`"#,
            r#"15:21 reinterpreted-reference: the reference leads to a schema, so it is read as a response with this schema | write the reference under `content`, in the `schema` of its media type"#,
        ],
    ),
];
