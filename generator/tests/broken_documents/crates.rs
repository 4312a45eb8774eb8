//! Findings of lowering, by position and code. The fixtures of the respective features show the messages.

use openapi_crate::diagnostics::{Code, Diagnostic, Position};
use openapi_crate::{Config, Source, Sources, generate};

/// A document without its first two lines, its codegen.toml, and the findings.
type Case = (&'static str, &'static str, &'static [&'static str]);

const CASES: &[Case] = &[
    (
        "components:
  schemas:
    Pet: {allOf: [{type: string, format: date}, {type: integer, format: int32}]}",
        "",
        &["5:5 untyped-schema"],
    ),
    (
        "components:
  schemas:
    Pet:
      allOf:
        - properties: {age: {type: string}, size: {type: string, enum: [small]}}
        - properties: {age: {type: integer}, size: {type: string, enum: [large]}}",
        "",
        &["8:24 unsupported-keyword", "8:67 unsupported-keyword"],
    ),
    (
        "components:
  schemas:
    Size: {type: string, enum: [small, large, small]}",
        "",
        &["5:47 duplicate-enum-value"],
    ),
    // A slash is added to the path, and the schema becomes an alternative for the items of the list.
    (
        "paths: {a: {get: {responses: {'200': {description: Done., content: {application/json: {schema:
  {prefixItems: [{type: integer}], items: {type: string, enum: [b, b]}}}}}}}}}",
        "",
        &["3:9 path-without-slash", "4:68 duplicate-enum-value"],
    ),
    // Later stages write `5xX` as `5XX`.
    (
        "paths: {/a: {get: {responses: {5xX: {description: Bad., content: {application/json: {schema: {type: string, enum: [b, b]}}}}}}}}",
        "",
        &["3:119 duplicate-enum-value"],
    ),
    (
        "paths: {/a: {get: {responses: {5xX: {description: Bad., content: {application/json: {schema:
  {prefixItems: [{type: integer}], items: {type: string, enum: [b, b]}}}}}}}}}",
        "",
        &["4:68 duplicate-enum-value"],
    ),
    // Null is not counted, and neither is a value of another type.
    (
        "components:
  schemas:
    Size: {type: [string, integer, 'null'], enum: [null, 1, small, 2, 1]}",
        "",
        &["5:71 duplicate-enum-value"],
    ),
    (
        "components:
  schemas:
    Size: {type: [string, 'null'], enum: [null, small, large, small]}",
        "",
        &["5:63 duplicate-enum-value"],
    ),
    (
        "components:
  schemas:
    Size:
      oneOf:
        - {const: small, description: Small.}
        - {const: small, description: Tiny.}",
        "",
        &["8:11 duplicate-enum-value"],
    ),
    (
        r#"components:
  schemas:
    Pet:
      type: object
      description: "This message contains a oneof named home. Only a single field of the following list may be set at a time:\n  - house\n  - kennel\n"
      properties: {house: {type: string}, farm: {type: string}}"#,
        "",
        &["7:7 unknown-oneof-field"],
    ),
    ("components: {schemas: {}}", "[names.types]\nPet = 'Animal'", &["codegen.toml:2:1 stale-name"]),
    // A location is the value of `in`, and one space separates it from the name. A name alone is for all locations.
    (
        "paths: {'/a/{id}': {get: {operationId: get, parameters: [{in: path, name: id, required: true, schema: {type: string}}]}}}",
        "[names.parameters.get]\n'query id' = 'a'\n'path  id' = 'b'\n'Path id' = 'c'\n'path id' = 'd'",
        &[
            "codegen.toml:2:1 stale-name",
            "codegen.toml:3:1 stale-name",
            "codegen.toml:4:1 stale-name",
        ],
    ),
    (
        "paths: {'/a/{id}': {get: {operationId: get, parameters: [{in: path, name: id, required: true, schema: {type: string}}, {in: query, name: id, schema: {type: string}}]}}}",
        "[names.parameters.get]\nid = 'other'",
        &["codegen.toml:2:1 taken-name"],
    ),
    (
        "components: {schemas: {Pet: {type: object, properties: {petId: {type: string}, id: {type: string}}}}}",
        "[names.fields.Pet]\npetId = 'id'",
        &["codegen.toml:2:1 taken-name"],
    ),
    (
        "components: {schemas: {Pet: {properties: {weight: {type: number}}}}}",
        "[[derive]]\nattributes = ['must_use']\n[[derive]]\ntypes = ['Pets', 'Pet']\nderive = ['Hash']",
        &["codegen.toml:4:10 stale-name", "codegen.toml:5:11 impossible-derive"],
    ),
    (
        "components: {schemas: {Pet: {required: [name], properties: {name: {type: string}, age: {type: integer}}}}}",
        "[optional]
schemas = ['Dog']
[optional.properties]
Pet = ['name', 'age']
'#/components/schemas/Cat' = ['name']",
        &["codegen.toml:2:12 stale-name", "codegen.toml:4:16 stale-name", "codegen.toml:5:31 stale-name"],
    ),
    (
        "components:
  schemas:
    Pet:
      oneOf:
        - {type: object, properties: {name: {type: string}}}
        - {type: object, properties: {name: {type: string}, age: {type: integer}}}",
        "",
        &["8:11 ambiguous-union"],
    ),
    (
        "components:
  schemas:
    pet_food: {type: object}
    PetFood: {type: object}",
        "",
        &["5:5 name-collision"],
    ),
    (
        "paths:
  /pets:
    get:
      responses:
        '200':
          description: Pets.
          content:
            application/json:
              schema:
                type: object
                properties: {list: {type: array, items: {type: string}}, nextPageToken: {type: string}}",
        "",
        &["5:5 unreachable-pages"],
    ),
    (
        "paths:
  /pets:
    post:
      requestBody:
        content: {application/xml: {schema: {type: object, properties: {a: {type: string}}}}}
      responses: {}",
        "",
        &["7:19 unsupported-body"],
    ),
    (
        "paths:
  /pets:
    delete:
      responses: {'204': {description: Done., content: {application/json: {schema: {type: object}}}}}",
        "",
        &["6:47 content-without-body"],
    ),
    // Offered as JSON as well.
    (
        "paths:
  /pets:
    post:
      requestBody:
        content: {application/xml: {schema: {type: object}}, application/json: {schema: {type: object}}}
      responses: {'200': {description: A pet., content: {application/xml: {schema: {}}, application/json: {schema: {}}}}}",
        "",
        &[],
    ),
    // Parsing tells formats apart, but not after any text.
    (
        "components: {schemas: {A: {anyOf: [{type: string, format: uuid}, {type: string, format: date-time}, {type: string}]}}}",
        "",
        &[],
    ),
    (
        "components: {schemas: {A: {anyOf: [{type: string}, {type: string, format: uuid}]}}}",
        "",
        &["3:52 ambiguous-union"],
    ),
    // A method that is not one of HTTP's own.
    ("paths: {/a: {additionalOperations: {CONNECT: {responses: {}}}}}", "", &["3:14 mixed-versions", "3:37 unsupported-upgrade"]),
    (
        "paths:
  /notes:
    put:
      parameters: [{in: header, name: Content-Length, required: true, schema: {type: integer}}]
      responses: {}",
        "",
        &["6:20 connection-header"],
    ),
    (
        "paths:
  /feed:
    get:
      responses: {'101': {description: A socket.}, default: {description: An error.}}",
        "",
        &["6:19 unsupported-upgrade"],
    ),
    (
        "components:
  schemas:
    Pet: {type: object, required: [name, kind], properties: {name: {type: string}}}",
        "",
        &["5:42 undefined-property"],
    ),
    (
        "components:
  schemas:
    Branch: {type: object, required: [tree], properties: {tree: {$ref: '#/components/schemas/Tree'}}}
    Tree: {type: object, required: [first], properties: {first: {$ref: '#/components/schemas/Branch'}}}",
        "",
        &["6:58 infinite-schema"],
    ),
    (
        "paths:
  /pets:
    get:
      responses:
        '200':
          description: Pets.
          headers:
            X-Object: {schema: {type: object}}
            X-Lists: {schema: {type: array, items: {type: array, items: {type: string}}}}
            X-Choice: {schema: {oneOf: [{type: integer}, {type: boolean}]}}
            X-Json: {content: {application/json: {schema: {type: integer}}}}
            X Name: {schema: {type: string}}
            Last-Modified: {schema: {type: integer}}
            X-Two: {schema: {type: integer}}
        '201':
          description: More pets.
          headers: {x-two: {schema: {type: boolean}}}",
        "",
        &[
            "10:13 unreadable-header",
            "11:13 unreadable-header",
            "12:13 unreadable-header",
            "13:13 unreadable-header",
            "14:13 unreadable-header",
            "15:13 unreadable-header",
            "19:21 unreadable-header",
        ],
    ),
    (
        "paths:
  /pets:
    post:
      requestBody:
        content:
          application/json: {schema: {type: string}, encoding: {name: {contentType: text/plain}}}
          multipart/form-data:
            schema: {type: object, properties: {name: {type: string}}}
            encoding: {nmae: {style: form}, name: {headers: {X Name: {schema: {type: string}}}}}
          application/x-www-form-urlencoded:
            schema: {type: object, properties: {name: {type: string}}}
            encoding: {name: {headers: {X-Name: {schema: {type: string}}}}, nmae: {style: form}}
      responses: {'204': {description: Done.}}",
        "",
        &[
            "8:65 ignored-encoding",
            "11:24 ignored-encoding",
            "11:62 ignored-encoding",
            "14:31 ignored-encoding",
            "14:77 ignored-encoding",
        ],
    ),
    // An operation with supported credentials, or an unused scheme, has no finding. Two operations share the
    // requirement of the document.
    (
        "security: [{referred: []}, {}]
paths:
  /a: {get: {responses: {}}, put: {responses: {}}}
  /b: {get: {security: [{digest: [], bearer: []}, {spaced: []}], responses: {}}}
  /c: {get: {security: [{digest: []}, {bearer: []}], responses: {}}}
x-schemes: {certificate: {type: mutualTLS}}
components:
  securitySchemes:
    bearer: {type: http, scheme: bearer}
    digest: {type: http, scheme: digest}
    spaced: {type: apiKey, in: header, name: My Key}
    referred: {$ref: '#/x-schemes/certificate'}
    unused: {type: mutualTLS}",
        "",
        &["3:13 unsupported-security", "6:26 unsupported-security", "6:52 unsupported-security"],
    ),
    (
        "components: {securitySchemes: {token: {type: http, scheme: bearer}}}",
        "[client.env]
client-secret = 'A'
username = 'B'
api-keys = {token = 'C'}
server-variables = {tenant = 'D'}",
        &[
            "codegen.toml:2:1 stale-name",
            "codegen.toml:3:1 stale-name",
            "codegen.toml:4:13 stale-name",
            "codegen.toml:5:21 stale-name",
        ],
    ),
    ("paths: {}", "[operations]\ninclude = ['/owners']", &["codegen.toml:2:12 stale-selection"]),
    ("paths: {}", "[allow]\nuntyped-schema = ['#']", &["codegen.toml:2:19 stale-allow"]),
];

/// Returns the findings about a case: by position, and by position and code as text.
fn found_in(text: &str, config: &str) -> (Vec<Diagnostic>, Vec<String>) {
    let text = format!("openapi: 3.1.0\ninfo: {{title: Pets, version: '1'}}\n{text}");
    let document = Source { name: "pets.yaml", text: &text };
    let sources =
        Sources { config: Some(Source { name: "codegen.toml", text: config }), ..Sources::from(document) };
    let outcome = generate(sources, &Config::parse(config).expect("the settings are valid"));
    let located = outcome.diagnostics.located(sources).into_iter();
    let described = |(position, found): (Position, &Diagnostic)| {
        let name = sources.name_of(&found.pointer);
        let file = if name == document.name { String::new() } else { format!("{name}:") };
        (found.clone(), format!("{file}{}:{} {}", position.line, position.column, found.code))
    };
    located.map(described).unzip()
}

/// Returns the findings about all cases.
pub(crate) fn findings() -> Vec<Diagnostic> {
    CASES.iter().flat_map(|(text, config, _)| found_in(text, config).0).collect()
}

#[test]
fn every_limitation_is_reported() {
    let found: Vec<Vec<String>> = CASES.iter().map(|(text, config, _)| found_in(text, config).1).collect();
    let expected: Vec<&[&str]> = CASES.iter().map(|(.., findings)| *findings).collect();
    assert_eq!(found, expected);
}

#[test]
fn every_code_about_crates_has_a_case() {
    let shown: Vec<&str> =
        CASES.iter().flat_map(|(.., findings)| *findings).filter_map(|line| line.split(' ').nth(1)).collect();
    let about_crates = Code::all().skip_while(|code| *code != Code::UntypedSchema);
    assert_eq!(about_crates.filter(|code| !shown.contains(&code.id())).collect::<Vec<_>>(), []);
}
