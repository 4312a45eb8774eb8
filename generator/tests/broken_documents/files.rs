//! Documents of several files: files that cannot be read, and findings in other files than the document.

use super::{Case, split};

pub(crate) const CASES: &[Case] = &[
    split(
        r#"components:
  schemas:
    A: {$ref: 'https://example.com/Pet'}
    B: {$ref: /etc/pet.yaml}
    C: {$ref: ../pet.yaml}
    D: {$ref: schemas/../../pet.yaml}
    E: {$ref: schemas/dog.yaml}
    F: {$ref: B}"#,
        &[],
        &[
            r#"5:9 external-reference: `https://example.com/Pet` is a URL, and URLs are not fetched | save the file in the document's folder, and refer to it by a relative path"#,
            r#"6:9 external-reference: `/etc/pet.yaml` is an absolute path, not a path relative to this file | refer to the file by a relative path, such as `./schemas/pet.yaml`"#,
            r#"7:9 external-reference: `../pet.yaml` is outside the document's folder | move the file into the folder, or move the document up"#,
            r#"8:9 external-reference: `schemas/../../pet.yaml` is outside the document's folder | move the file into the folder, or move the document up"#,
            r#"9:9 unreadable-file: the file `schemas/dog.yaml` does not exist in the document's folder | correct the path, which is relative to the file with the reference"#,
            r#"10:9 unreadable-file: the file `B` does not exist in the document's folder | write `#/components/schemas/B`"#,
        ],
    ),
    split(
        r#"components:
  schemas:
    A: {$ref: schemas/pet.yaml}
    B: {$ref: schemas/bad.yaml}
    C: {$ref: schemas/bad.yaml#/D}
    E: {$ref: schemas/empty.yaml}
    F: {$ref: 'schemas/pet.yaml#/properties/nmae'}"#,
        &[
            (
                "schemas/pet.yaml",
                r#"description: A pet.
properties:
  name: {type: strin}
  owner: {$ref: ../../owner.yaml}
  home: {$ref: '#/definitions/Home'}
  kind: {$ref: '#/components/schemas/A'}
  age: {$ref: 'https://example.com/age.yaml'}
  food: {$ref: './pet.yaml#food'}
"#,
            ),
            ("schemas/bad.yaml", "a: 'b"),
            ("schemas/empty.yaml", "# Nothing.\n"),
        ],
        &[
            r#"9:9 dangling-reference: `schemas/pet.yaml#/properties/nmae` does not exist | write `schemas/pet.yaml#/properties/name`"#,
            r#"schemas/bad.yaml:1:6 syntax: the text cannot be parsed: found unexpected end of stream, while scanning a quoted scalar at line 1 column 4 | correct the text at this position or shortly before it"#,
            r#"schemas/empty.yaml:1:1 empty-document: the document is empty | check that this is the right file, and that it was written completely"#,
            r#"schemas/pet.yaml:3:10 unknown-type: `strin` is not a type, so it is ignored | write `string`"#,
            r#"schemas/pet.yaml:4:11 external-reference: `../../owner.yaml` is outside the document's folder | move the file into the folder, or move the document up"#,
            r#"schemas/pet.yaml:5:10 dangling-reference: `#/definitions/Home` does not exist | add the target, or correct the reference"#,
            r#"schemas/pet.yaml:6:10 dangling-reference: `#/components/schemas/A` does not exist | write `../pets.yaml#/components/schemas/A` to refer to the document"#,
            r#"schemas/pet.yaml:7:9 external-reference: `https://example.com/age.yaml` is a URL, and URLs are not fetched | save the file in the document's folder, and refer to it by a relative path"#,
            r#"schemas/pet.yaml:8:10 anchor-reference: `./pet.yaml#food` names an anchor that no schema has | use a JSON pointer, such as `#/components/schemas/Pet`"#,
        ],
    ),
    split(
        r#"paths:
  /pets: {$ref: paths/pets.yaml}
  /dogs: {$ref: paths/pets.yaml}
  /cats: {get: {operationId: list}}"#,
        &[
            (
                "paths/pets.yaml",
                r#"get:
  operationId: list
  parameters:
    - {name: id, in: path, schema: {type: string}}
    - {$ref: ../parameters.yaml#/limit}
    - {$ref: ../parameters.yaml#/offset}
"#,
            ),
            (
                "parameters.yaml",
                r#"limit: {name: limit}
offset: {name: offset, in: query, schmea: {type: string}}"#,
            ),
        ],
        &[
            r#"6:17 duplicate-operation-id: `list` is already the `operationId` of `paths/pets.yaml#/get`, so this one is ignored | give one of the operations another `operationId`"#,
            r#"parameters.yaml:1:1 missing-field: this parameter has no `in` | add `in`"#,
            r#"parameters.yaml:2:1 omitted-field: this parameter has no `schema`, which OpenAPI requires; an empty one is assumed | add `schema`"#,
            r#"parameters.yaml:2:35 unknown-field: `schmea` is not a field of a parameter, so it is ignored | rename it to `schema`"#,
            r#"paths/pets.yaml:4:8 unused-path-parameter: the parameter `id` does not occur in the path, so it is ignored | remove it, or add `{id}` to the path"#,
        ],
    ),
    split(
        r#"components:
  schemas:
    Tree: {$ref: a.yaml}"#,
        &[("a.yaml", "{$ref: b.yaml}"), ("b.yaml", "{$ref: ./a.yaml}")],
        &[
            r#"b.yaml:1:2 circular-schema: `a.yaml#` includes itself (`a.yaml#` -> `b.yaml#` -> `a.yaml#`), so the reference is ignored | remove the reference, or replace it by the intended schema"#,
        ],
    ),
    split(
        r#"paths:
  /pets:
    get: {$ref: operations/list.yaml, summary: {$ref: list.md}}
    put: {$ref: '#/x-operations/put'}
    post: {$ref: '#/paths/~1pets/post'}
x-operations: {put: {deprecated: maybe}}"#,
        &[
            ("operations/list.yaml", "operationId: [list]\nresponses: {$ref: ../responses.yaml}"),
            ("responses.yaml", "OK: {description: good}"),
            ("list.md", "# All pets: 1"),
        ],
        &[
            r#"5:11 misplaced-reference: a reference is not allowed here, so its target is read in its place (6 times in the document) | replace the reference by its target if other tools reject the document"#,
            r#"7:12 mismatched-reference: an operation cannot be a reference | replace the reference by its target"#,
            r#"8:22 mistyped-value: `deprecated` must be `true` or `false`, not a string; it is ignored | write `true` or `false`"#,
            r#"operations/list.yaml:1:1 mistyped-value: `operationId` must be a string, not an array; it is ignored | write a string"#,
            r#"responses.yaml:1:1 mistyped-value: `OK` is not a valid status, so the response is ignored | write a status such as `200`, a range such as `4XX`, or `default`"#,
        ],
    ),
];
