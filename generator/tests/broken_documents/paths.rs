//! Paths, operations and parameters that do not agree.

use super::{Case, document};

pub(crate) const CASES: &[Case] = &[
    document(
        r#"paths:
  /pets:
    get: {operationId: pets}
  /dogs:
    get: {operationId: pets}"#,
        &[
            r#"7:11 duplicate-operation-id: another operation has the id `pets` already: `#/paths/~1pets/get` | rename one of the two"#,
        ],
    ),
    document(
        r#"paths:
  /pets/{id: {}
  /pets/id}: {}
  /pets/{}: {}"#,
        &[
            r#"4:3 malformed-path: the braces of `/pets/{id` do not match | write a parameter as `{name}`"#,
            r#"5:3 malformed-path: the braces of `/pets/id}` do not match | write a parameter as `{name}`"#,
            r#"6:3 malformed-path: the braces of `/pets/{}` do not match | write a parameter as `{name}`"#,
        ],
    ),
    document(
        r#"paths:
  pets: {}"#,
        &[r#"4:3 path-without-slash: the path `pets` does not begin with a slash | write `/pets`"#],
    ),
    document(
        r#"paths:
  /pets: {get: {responses: {'200': {description: All.}}}}
  pets:
    get: {responses: {'200': {description: All of them.}}}
    put: {responses: {'200': {description: Done., headers: {at: {content: {a/b: {}}}}}}}"#,
        &[
            r#"5:3 path-without-slash: the path `pets` does not begin with a slash | write `/pets`"#,
            r#"6:5 path-without-slash: `get` stands under a path that differs by its slash only, and is left out | describe the operations of both under one path"#,
        ],
    ),
    document(
        r#"paths:
  /pets/{id}: {}
  /pets/{name}: {}"#,
        &[
            r#"5:3 ambiguous-paths: `/pets/{name}` differs from `/pets/{id}` only by the names of parameters | describe the operations of both under one path"#,
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
            r#"5:5 undeclared-path-parameter: the path's parameter `id` is not declared, and is taken to be text | declare a parameter `id` with `in: path`"#,
            r#"5:5 undeclared-path-parameter: the path's parameter `paw` is not declared, and is taken to be text | declare a parameter `paw` with `in: path`"#,
            r#"5:5 undeclared-path-parameter: the path's parameter `claw` is not declared, and is taken to be text | declare a parameter `claw` with `in: path`"#,
            r#"6:5 undeclared-path-parameter: the path's parameter `id` is not declared, and is taken to be text | write `in: path` instead of `in: query`"#,
            r#"6:5 undeclared-path-parameter: the path's parameter `paw` is not declared, and is taken to be text | the parameter `paws` is declared: use one name for both"#,
            r#"9:11 unused-path-parameter: the path has no `{paws}`, and the parameter is left out | did you mean `paw`?"#,
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
            r#"6:9 unused-path-parameter: the path has no `{id}`, and the parameter is left out | remove it, or add it to the path"#,
            r#"11:11 duplicate-parameter: the parameter `Limit` is there already, and the first counts | remove one of the two"#,
        ],
    ),
];
