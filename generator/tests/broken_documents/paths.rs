//! Paths, operations and parameters that are inconsistent.

use super::{Case, document};

pub(crate) const CASES: &[Case] = &[
    document(
        r#"paths:
  /pets:
    get: {operationId: pets}
  /dogs:
    get: {operationId: pets}"#,
        &[
            r#"7:11 duplicate-operation-id: `pets` is already the `operationId` of `#/paths/~1pets/get`, so this one is ignored | give one of the operations another `operationId`"#,
        ],
    ),
    document(
        r#"paths:
  /pets/{id: {}
  /pets/id}: {}
  /pets/{}: {}"#,
        &[
            r#"4:3 malformed-path: the path `/pets/{id` has malformed braces | write each parameter as `{name}`"#,
            r#"5:3 malformed-path: the path `/pets/id}` has malformed braces | write each parameter as `{name}`"#,
            r#"6:3 malformed-path: the path `/pets/{}` has malformed braces | write each parameter as `{name}`"#,
        ],
    ),
    document(
        r#"paths:
  pets: {}"#,
        &[
            r#"4:3 path-without-slash: the path `pets` does not begin with `/`, so `/pets` is used | write `/pets`"#,
        ],
    ),
    document(
        r#"paths:
  /pets: {get: {responses: {'200': {description: All.}}}}
  pets:
    get: {responses: {'200': {description: All of them.}}}
    put: {responses: {'200': {description: Done., headers: {at: {content: {a/b: {}}}}}}}"#,
        &[
            r#"5:3 path-without-slash: the path `pets` does not begin with `/`, so `/pets` is used | write `/pets`"#,
            r#"6:5 path-without-slash: `get` conflicts with a path that differs only in the leading `/`, so it is ignored | describe the operations of both paths under one path"#,
        ],
    ),
    document(
        r#"paths:
  /pets/{id}: {}
  /pets/{name}: {}"#,
        &[
            r#"5:3 ambiguous-paths: `/pets/{name}` differs from `/pets/{id}` only in the names of parameters | describe the operations of both under one path"#,
        ],
    ),
    document(
        r#"paths:
  /pets/{id}/{paw}/{claw}:
    get: {}
    put:
      parameters:
        - {name: id, in: query, schema: {}}
        - {name: paws, in: path, schema: {}}
        - {$ref: '#/components/parameters/Claw'}
components:
  parameters:
    Claw: {name: claw, in: path, schema: {type: integer}}"#,
        &[
            r#"5:5 undeclared-path-parameter: the path parameter `id` is not declared, so it is read as a string | declare a parameter `id` with `in: path`"#,
            r#"5:5 undeclared-path-parameter: the path parameter `paw` is not declared, so it is read as a string | declare a parameter `paw` with `in: path`"#,
            r#"5:5 undeclared-path-parameter: the path parameter `claw` is not declared, so it is read as a string | declare a parameter `claw` with `in: path`"#,
            r#"6:5 undeclared-path-parameter: the path parameter `paw` is not declared, so it is read as a string | use the same name in the path and in the parameter `paws`"#,
            r#"8:22 undeclared-path-parameter: the path parameter `id` is not declared, so it is read as a string | write `in: path` instead of `in: query`"#,
            r#"9:12 unused-path-parameter: the parameter `paws` does not occur in the path, so it is ignored | rename it to `paw`"#,
        ],
    ),
    document(
        r#"paths:
  /pets:
    parameters:
      - {name: id, in: path, schema: {}}
    get:
      parameters:
        - {name: limit, in: query, schema: {}}
        - {name: limit, in: header, schema: {}}
        - {name: Limit, in: header, schema: {}}
        - {name: Limit, in: query, schema: {}}"#,
        &[
            r#"6:10 unused-path-parameter: the parameter `id` does not occur in the path, so it is ignored | remove it, or add `{id}` to the path"#,
            r#"11:11 duplicate-parameter: the parameter `Limit` is declared twice, so this declaration is ignored | remove one of the two declarations"#,
        ],
    ),
    document(
        r#"paths:
  /pets/{id}:
    get:
      parameters:
        - {$ref: '#/components/parameters/Id'}
        - {$ref: '#/components/parameters/Paw'}
components:
  parameters:
    Id: {name: id, in: query, schema: {}}
    Paw: {name: paw, in: path, schema: {}}"#,
        &[
            r#"7:12 undeclared-path-parameter: the path parameter `id` is not declared, so it is read as a string | write `in: path` instead of `in: query`"#,
            r#"8:12 unused-path-parameter: the parameter `paw` does not occur in the path, so it is ignored | remove it, or add `{paw}` to the path"#,
        ],
    ),
];
