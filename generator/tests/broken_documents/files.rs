//! Documents of several files: what cannot be read, and what is found in another file than the document.

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
            r#"5:9 external-reference: `https://example.com/Pet` is a URL, and nothing is fetched from the network | save the file in the document's folder, and refer to it by its relative path"#,
            r#"6:9 external-reference: `/etc/pet.yaml` is an absolute path | refer to the file by its path from here, such as `./schemas/pet.yaml`"#,
            r#"7:9 external-reference: `../pet.yaml` leads out of the document's folder | move the file into the folder, or the document up"#,
            r#"8:9 external-reference: `schemas/../../pet.yaml` leads out of the document's folder | move the file into the folder, or the document up"#,
            r#"9:9 unreadable-file: there is no file `schemas/dog.yaml` in the document's folder | correct the path, which is relative to the file that it stands in"#,
            r#"10:9 unreadable-file: there is no file `B` in the document's folder | write `#/components/schemas/B`"#,
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
            r#"9:9 dangling-reference: `schemas/pet.yaml#/properties/nmae` leads nowhere | did you mean `schemas/pet.yaml#/properties/name`?"#,
            r#"schemas/bad.yaml:1:6 syntax: the text cannot be read: found unexpected end of stream, while scanning a quoted scalar at line 1 column 4 | correct the text here or shortly before"#,
            r#"schemas/empty.yaml:1:1 empty-document: the document is empty | check that this is the right file, and that it was written to the end"#,
            r#"schemas/pet.yaml:3:10 unknown-type: there is no type `strin`, and it is ignored | did you mean `string`?"#,
            r#"schemas/pet.yaml:4:11 external-reference: `../../owner.yaml` leads out of the document's folder | move the file into the folder, or the document up"#,
            r#"schemas/pet.yaml:5:10 dangling-reference: `#/definitions/Home` leads nowhere | add what it names, or refer to something that is there"#,
            r#"schemas/pet.yaml:6:10 dangling-reference: `#/components/schemas/A` leads nowhere | write `../pets.yaml#/components/schemas/A` for the document's"#,
            r#"schemas/pet.yaml:7:9 external-reference: `https://example.com/age.yaml` is a URL, and nothing is fetched from the network | save the file in the document's folder, and refer to it by its relative path"#,
            r#"schemas/pet.yaml:8:10 anchor-reference: no schema has the anchor that `./pet.yaml#food` names | write the place instead: `#/components/schemas/...`"#,
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
            r#"6:17 duplicate-operation-id: another operation has the id `list` already: `paths/pets.yaml#/get` | rename one of the two"#,
            r#"parameters.yaml:1:1 missing-member: a parameter has no `in` | add `in`"#,
            r#"parameters.yaml:2:1 omitted-member: a parameter has no `schema`, which OpenAPI requires | add `schema`, if only an empty one"#,
            r#"parameters.yaml:2:35 unknown-member: a parameter has no member `schmea`, and it is ignored | did you mean `schema`?"#,
            r#"paths/pets.yaml:4:7 unused-path-parameter: the path has no `{id}`, and the parameter is left out | remove it, or add it to the path"#,
        ],
    ),
    split(
        r#"components:
  schemas:
    Tree: {$ref: a.yaml}"#,
        &[("a.yaml", "{$ref: b.yaml}"), ("b.yaml", "{$ref: ./a.yaml}")],
        &[
            r#"b.yaml:1:2 circular-schema: `a.yaml#` is defined by itself, by way of `b.yaml#`, which says nothing and is left out | remove it, or say what it is"#,
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
            r#"5:11 included-reference: a reference stands where OpenAPI allows none, as it does 6 times; what it names is read in its place | if other tools reject the document, write it out here"#,
            r#"7:12 misplaced-reference: an operation cannot be a reference | write it out here"#,
            r#"8:22 mistyped-value: `deprecated` should be `true` or `false`, and is text; it is left out | write `true` or `false`"#,
            r#"operations/list.yaml:1:1 mistyped-value: `operationId` should be text, and is a list; it is left out | write text"#,
            r#"responses.yaml:1:1 mistyped-value: `OK` is no status, and the response is left out | write a status such as `200`, a range such as `4XX`, or `default`"#,
        ],
    ),
];
