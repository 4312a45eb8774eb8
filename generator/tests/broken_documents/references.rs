//! References that lead nowhere, or elsewhere than they should.

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
            r#"9:49 dangling-schema: `#/components/schemas/Pett` leads nowhere, and is read as any value | did you mean `#/components/schemas/Pet`?"#,
            r#"10:17 dangling-reference: `#/components/response/NotFound` leads nowhere | did you mean `#/components/responses/NotFound`?"#,
            r#"11:17 dangling-reference: `#/components/responses/Broken` leads nowhere | add what it names, or refer to something that is there"#,
            r#"14:32 dangling-schema: `#/definitions/Pet` leads nowhere, and is read as `#/components/schemas/Pet` | write `#/components/schemas/Pet`"#,
            r#"14:67 dangling-schema: `#/nowhere` leads nowhere, and is read as any value | add what it names, or refer to something that is there"#,
            r#"15:11 dangling-schema: `#/$defs/Paw` leads nowhere, and is read as `#/components/schemas/Dog/$defs/Paw` | write `#/components/schemas/Dog/$defs/Paw`"#,
            r#"16:11 invalid-value: `$ref` should be text, and is a number | write the place that it names, such as `#/components/schemas/Pet`"#,
            r#"17:11 dangling-schema: `#/definitions/Cow` leads nowhere, and is read as any value | did you mean `#/components/schemas/Cow`?"#,
        ],
    ),
    document(
        r#"components:
  schemas:
    Pet: {$anchor: pet}
    Dog: {$ref: '#pte'}
    Cat: {$ref: '#pet'}"#,
        &[
            r#"6:11 anchor-reference: no schema has the anchor that `#pte` names | write the place instead: `#/components/schemas/...`"#,
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
            r#"5:11 dangling-schema: `#/components/responses/Pet` leads to a response, where a schema should be, and is read as any value | refer to a schema"#,
            r#"6:11 dangling-schema: `#/components/schemas` leads to a collection, where a schema should be, and is read as any value | refer to a schema"#,
            r#"7:11 dangling-schema: `#/info/title` leads to a plain value, where a schema should be, and is read as any value | refer to a schema"#,
            r#"9:22 mistyped-value: `allOf` should be a list | write it as a list of one"#,
            r#"9:22 dangling-schema: `#/components/x-schemas/Ox` leads nowhere, and is read as any value | add what it names, or refer to something that is there"#,
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
            r#"5:32 dangling-schema: `#/components/responses/Broken` leads to a response, where a schema should be, and is read as `#/components/responses/Broken/content/application~1problem+json/schema` | write `#/components/responses/Broken/content/application~1problem+json/schema`"#,
            r#"5:77 dangling-schema: `#/components/parameters/Id` leads to a parameter, where a schema should be, and is read as `#/components/parameters/Id/schema` | write `#/components/parameters/Id/schema`"#,
            r#"8:13 misplaced-reference: `#/components/responses/Broken` leads to a response, where a parameter should be | refer to a parameter"#,
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
            r#"6:27 reinterpreted-reference: `#/components/requestBodies/Pet` leads to a request body, and is read as a response | refer to a response"#,
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
            r#"5:14 circular-schema: `#/components/schemas/Itself` is defined by itself, which says nothing and is left out | remove it, or say what it is"#,
            r#"7:65 circular-schema: `#/components/schemas/Egg` is defined by itself, by way of `#/components/schemas/Hen`, which says nothing and is left out | remove it, or say what it is"#,
            r#"9:21 circular-schema: `#/components/schemas/Coin` is defined by itself, by way of `#/components/schemas/Side`, which says nothing and is left out | remove it, or say what it is"#,
            r#"13:11 circular-reference: `#/components/parameters/One` is defined by itself, by way of `#/components/parameters/Two` | say what it is"#,
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
            r#"9:64 dangling-mapping: there is no schema `Doge` | did you mean `#/components/schemas/Dog`?"#,
            r#"9:75 dangling-mapping: there is no schema `#/components/schemas/Cow` | name a schema of the document, or remove the entry"#,
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
            r#"3:13 undeclared-security: there is no security scheme `key` | describe it under `components.securitySchemes`"#,
            r#"6:23 undeclared-security: there is no security scheme `x-kye` | did you mean `x-key`?"#,
            r#"6:38 mistyped-value: `x-key` should be a list | write it as a list of one"#,
            r#"7:11 mistyped-value: `security` should be a list | write it as a list of one"#,
            r#"7:11 undeclared-security: there is no security scheme `key` | describe it under `components.securitySchemes`"#,
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
            r#"5:11 included-reference: a reference stands where OpenAPI allows none; what it names is read in its place | if other tools reject the document, write it out here"#,
            r#"8:5 mistyped-value: this element is null, and is left out | remove it"#,
            r#"8:6 dangling-reference: `#/tags/1` leads nowhere | add what it names, or refer to something that is there"#,
        ],
    ),
    document(
        r#"components:
  schemas:
    Pet: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}
    Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {claws: {}}}]}
    Dog: {allOf: [{$ref: '#/components/schemas/Pet'}]}"#,
        &[
            r#"5:20 circular-inheritance: `#/components/schemas/Cat` and `#/components/schemas/Pet` are parts of each other | move what the schemas have in common to a schema of its own"#,
            r#"7:20 circular-inheritance: `#/components/schemas/Pet` and `#/components/schemas/Dog` are parts of each other | move what the schemas have in common to a schema of its own"#,
        ],
    ),
    document(
        r#"paths:
  /pets: {$ref: '#/components/pathItems/Pets', summary: All, get: {}}
components:
  pathItems: {Pets: {}}"#,
        &[
            r#"4:62 ignored-siblings: `get` stands beside a `$ref`, and is ignored | write it where the reference leads, or the path item out here"#,
        ],
    ),
];
