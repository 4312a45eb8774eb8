//! Values that are not what OpenAPI allows at their place.

use super::{Case, document, text};

pub(crate) const CASES: &[Case] = &[
    document(
        r#"paths:
  /pets: get
  /dogs:
    get: [responses]"#,
        &[
            r#"4:3 invalid-value: `/pets` should be a path item, and is text | write a path item"#,
            r#"6:5 invalid-value: `get` should be an operation, and is a list | write an operation"#,
        ],
    ),
    document(
        r#"paths: []"#,
        &[r#"3:1 invalid-value: `paths` should be an object, and is a list | write an object"#],
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
            r#"5:5 mistyped-value: `Pet` should be a schema, and is text | write `type: string`"#,
            r#"6:5 mistyped-value: `Dog` should be a schema, and is text | write `$ref: '#/components/schemas/Pet'`"#,
            r#"7:11 invalid-value: `properties` should be an object, and is a list | write an object"#,
            r#"7:31 invalid-value: `allOf` should be a list, and is a number | write a list"#,
            r#"8:11 invalid-value: `$ref` should be text, and is a list | write the place that it names, such as `#/components/schemas/Pet`"#,
            r#"9:5 invalid-value: `Pig` should be a schema, and is text | write a schema"#,
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
            r#"6:7 mistyped-value: `summary` is written as `1`, and read as `"1"` | write `"1"`"#,
            r#"7:7 mistyped-value: `description` should be text, and is a list; it is left out | write text"#,
            r#"8:7 mistyped-value: `deprecated` is written as `"true"`, and read as `true` | write `true`"#,
            r#"9:7 mistyped-value: `tags` should be a list | write it as a list of one"#,
            r#"11:36 mistyped-value: `required` should be `true` or `false`, and is a number; it is left out | write `true` or `false`"#,
            r#"11:49 mistyped-value: the style `fancy` is not known here, and it is left out | write one of `form`, `spaceDelimited`, `pipeDelimited`, `deepObject`"#,
            r#"11:87 mistyped-value: `minimum` is written as `"1"`, and read as `1` | write `1`"#,
            r#"11:101 mistyped-value: `maxLength` should be a whole number from 0 on, and is a number; it is left out | write a whole number from 0 on"#,
            r#"11:116 mistyped-value: `uniqueItems` should be `true` or `false`, and is text; it is left out | write `true` or `false`"#,
            r#"11:133 mistyped-value: `required` should be a list of texts, and is a flag; it is left out | list it in `required` of the schema that holds it"#,
            r#"12:11 mistyped-value: this element is null, and is left out | remove it"#,
            r#"14:9 mistyped-value: `OK` is no status, and the response is left out | write a status such as `200`, a range such as `4XX`, or `default`"#,
            r#"15:9 mistyped-value: `20x` is no status, and the response is left out | write a status such as `200`, a range such as `4XX`, or `default`"#,
        ],
    ),
    document(
        r#"components:
  schemas:
    Pet: {required: name, discriminator: kind, externalDocs: nowhere}
    Dog: {discriminator: {mapping: {a: Pet}}, minimum: 1.0, multipleOf: x, exclusiveMaximum: '3'}"#,
        &[
            r#"5:11 mistyped-value: `required` should be a list | write it as a list of one"#,
            r#"5:27 mistyped-value: a discriminator should be an object | write `discriminator: {propertyName: kind}`"#,
            r#"5:48 mistyped-value: `externalDocs` should be a link to documentation, and is text; it is left out | write a link to documentation"#,
            r#"6:11 mistyped-value: a discriminator has no `propertyName`, and is left out | add `propertyName`"#,
            r#"6:61 mistyped-value: `multipleOf` should be a number, and is text; it is left out | write a number"#,
            r#"6:76 mistyped-value: `exclusiveMaximum` is written as `"3"`, and read as `3` | write `3`"#,
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
            r#"7:11 missing-member: a parameter has no `name` | add `name`"#,
            r#"8:23 invalid-value: a parameter cannot be sent in `body` | describe it under `requestBody`; this is how Swagger 2.0 did it"#,
            r#"11:5 missing-member: a security scheme has no `type` | add `type`"#,
            r#"12:5 missing-member: a security scheme has no `name` | add `name`"#,
            r#"13:37 invalid-value: an API key cannot be sent in `path` | write `query`, `header` or `cookie`"#,
            r#"14:14 unsupported-security: security of type `mutualTLS` is not supported, and the scheme is left out | authorize requests by the transport that the client is given"#,
            r#"15:35 omitted-member: an OAuth flow has no `tokenUrl`, which OpenAPI requires | add `tokenUrl`, if only an empty one"#,
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
            r#"2:1 omitted-member: the document's `info` has no `title`, which OpenAPI requires | add `title`, if only an empty one"#,
            r#"2:1 omitted-member: the document's `info` has no `version`, which OpenAPI requires | add `version`, if only an empty one"#,
            r#"5:5 omitted-member: an operation has no `responses`, which OpenAPI requires | add `responses`, if only an empty one"#,
            r#"7:11 omitted-member: a parameter has no `schema`, which OpenAPI requires | add `schema`, if only an empty one"#,
            r#"9:19 omitted-member: a response has no `description`, which OpenAPI requires | add `description`, if only an empty one"#,
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
            r#"6:7 unknown-member: an operation has no member `operationID`, and it is ignored | did you mean `operationId`?"#,
            r#"7:7 unknown-member: an operation has no member `sumary`, and it is ignored | did you mean `summary`?"#,
            r#"9:7 unknown-member: an operation has no member `requestbody`, and it is ignored | did you mean `requestBody`?"#,
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
            r#"5:11 unknown-type: there is no type `strin`, and it is ignored | did you mean `string`?"#,
            r#"6:18 unknown-type: there is no type `file`, and it is ignored | write `type: string` with `format: binary`"#,
            r#"7:11 unknown-type: there is no type `any`, and it is ignored | leave `type` out where any value will do"#,
            r#"8:11 unknown-type: there is no type `date`, and it is ignored | write one of the types of JSON, and the rest as its `format`"#,
            r#"9:11 mistyped-value: `type` should be the name of a type, or a list of them, and is an object; it is left out | write the name of a type, or a list of them"#,
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
            r#"6:5 mixed-versions: the document says OpenAPI 3.0, but lists types or names null as 3.1 does: 2 times | it is read as meant; write `nullable: true`, or declare version 3.1"#,
        ],
    ),
    document(
        r#"components:
  schemas:
    Pet: {type: string, nullable: true}
    Dog: {properties: {nullable: {nullable: true}}}"#,
        &[
            r#"5:5 mixed-versions: the document says OpenAPI 3.1, but uses `nullable` as 3.0 does: 2 times | it is read as meant; write `type: [T, "null"]`, or declare version 3.0"#,
        ],
    ),
    document(
        r#"components:
  schemas:
    Pet:
      if: {required: [name]}
      then: {required: [id]}
      properties: {if: {type: string}}
      patternProperties: {'^x-': {type: string}}"#,
        &[
            r#"6:7 unsupported-keyword: `if` has no counterpart in the client: the condition is not checked | if the type in the client is too wide, describe it without the keyword"#,
            r#"9:7 unsupported-keyword: `patternProperties` has no counterpart in the client: members are taken by their names, not by patterns | if the type in the client is too wide, describe it without the keyword"#,
        ],
    ),
];
