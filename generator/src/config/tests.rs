//! Files, and the problems that are reported.

use super::*;

/// A file that sets every key.
const COMPLETE: &str = r##"
required-version = ">=0.1"
document = "openapi.yaml"
out = "../client"
overlays = ["fixes.yaml"]
protojson = true
round-trip = true

[package]
name = "acme-client"
version = "1.4.0-rc.1"
authors = ["Acme <api@acme.example>"]
description = "A client for the Acme API."
license = "MIT OR Apache-2.0"
license-file = "LICENSE"
repository = "https://git.example.com/acme"
homepage = "https://acme.example"
documentation = "https://docs.example.com/acme"
keywords = ["acme"]
categories = ["api-bindings"]
include = ["src/**"]
exclude = ["tests/**"]
publish = ["acme"]

[package.metadata]
docs.rs.all-features = true

[features]
default = ["reqwest"]

[folder]
keep = ["LICENSE", "tests/**"]
modules = ["ext"]

[lints]
workspace = true

[client]
request-id-header = "x-request-id"
required-server-variables = ["tenant"]

[client.oauth]
token-url = "/token"
refresh-url = "/refresh"
scopes = ["read"]
client-authentication = "assertion"
assertion-audience = "host"
assertion-nonce = "header"
signing-key-prefix = "key:"
host-in-client-id = true
subject-token-type = "urn:acme:token"

[client.env]
bearer-token = "ACME_TOKEN"
subject-token = "ACME_SUBJECT"
client-id = "ACME_ID"
client-secret = "ACME_SECRET"
username = "ACME_USER"
password = "ACME_PASSWORD"
base-url = "ACME_URL"

[client.env.api-keys]
key = "ACME_KEY"

[client.env.server-variables]
tenant = "ACME_TENANT"

[types]
time = "jiff"
uuid = "string"

[types.formats]
decimal = "rust_decimal::Decimal"

[runtime]
path = "../acme-runtime"
name = "acme-core"

[types.schemas]
Money = { type = "crate::ext::Money", default = false }

[types.properties]
Pet = { tags = "std::collections::BTreeMap<String, String>" }

[dependencies]
rust_decimal = "1"

[[derive]]
types = ["Pet*"]
derive = ["Eq", "rust_decimal::Macro"]
attributes = ["must_use"]
where-possible = true

[operations]
include = ["GET /owners/**"]
exclude = ["acme.v1.Owners.List"]
retry = ["POST /search/**"]

[pagination]
exclude = ["acme.v1.Events.List"]
link-header = ["GET /pets"]
ignore-total = ["GET /events"]

[pagination.token]
"GET /owners" = "cursor = meta.next"

[pagination.offset]
"GET /toys" = "skip"

[pagination.page-number]
"GET /food" = "p"

[pagination.items]
"GET /owners" = "result.owners"

[optional]
all = true
schemas = ["acme.v1.Owner"]

[optional.properties]
"acme.v1.Pet" = ["name", "kind"]

[names.types]
"acme.v1.Owner" = "Owner"

[names.fields]
"acme.v1.Owner" = { ownerId = "id" }

[names.variants]
"acme.v1.Color" = { "1" = "Red" }

[names.features]
"acme.v1.Owners" = "owner-api"

[names.parameters]
"GET /pets" = { X-Page = "page" }

[names.patterns]
methods = { "{name}_v1" = "{name}", "list_{resource}" = "list" }
types = { "{name}Dto" = "{name}" }

[names]
drop-resource = true

[names.resources]
"acme.v1.Owners" = "owners"

[names.operations]
"acme.v1.Owners.Get" = "get_owner"

[names.union-fields]
Owner = "identity"

[allow]
ambiguous-union = ["#/components/schemas/acme.v1.Pet"]
"##;

#[test]
fn reads_every_key() {
    let table = |text: &str| text.parse::<toml::Table>().expect("valid TOML");
    let one = |name: &str, value: &str| BTreeMap::from([(name.to_owned(), value.to_owned())]);
    let one_by = |name: &str, key: &str, value: &str| BTreeMap::from([(name.to_owned(), one(key, value))]);
    let custom = |path: &str, has_default: bool| {
        let Ok(rust) = RustType::parse(path) else { panic!("{path}") };
        CustomType { rust, has_default }
    };
    let expected = Config {
        package: Package {
            name: Some("acme-client".to_owned()),
            version: Some("1.4.0-rc.1".to_owned()),
            description: Some("A client for the Acme API.".to_owned()),
            authors: Some(vec!["Acme <api@acme.example>".to_owned()]),
            license: Some("MIT OR Apache-2.0".to_owned()),
            license_file: Some("LICENSE".to_owned()),
            repository: Some("https://git.example.com/acme".to_owned()),
            homepage: Some("https://acme.example".to_owned()),
            documentation: Some("https://docs.example.com/acme".to_owned()),
            keywords: vec!["acme".to_owned()],
            categories: vec!["api-bindings".to_owned()],
            include: vec!["src/**".to_owned()],
            exclude: vec!["tests/**".to_owned()],
            publish: Publish::Registries(vec!["acme".to_owned()]),
            metadata: table("docs.rs.all-features = true"),
        },
        features: Features { default: Some(vec!["reqwest".to_owned()]) },
        folder: Folder {
            keep: vec!["LICENSE".to_owned(), "tests/**".to_owned()],
            modules: vec!["ext".to_owned()],
        },
        lints: table("workspace = true"),
        required_version: Some(">=0.1".to_owned()),
        document: Some("openapi.yaml".to_owned()),
        out: Some("../client".to_owned()),
        overlays: vec!["fixes.yaml".to_owned()],
        protojson: true,
        round_trip: true,
        client: Client {
            request_id_header: Some("x-request-id".to_owned()),
            required_server_variables: vec!["tenant".to_owned()],
            oauth: OAuth {
                token_url: Some("/token".to_owned()),
                refresh_url: Some("/refresh".to_owned()),
                scopes: vec!["read".to_owned()],
                client_authentication: Some(ClientAuthentication::Assertion),
                assertion_audience: Some(Audience::Host),
                assertion_nonce: Some(Nonce::Header),
                signing_key_prefix: Some("key:".to_owned()),
                host_in_client_id: true,
                subject_token_type: Some("urn:acme:token".to_owned()),
            },
            env: Env {
                bearer_token: Some("ACME_TOKEN".to_owned()),
                subject_token: Some("ACME_SUBJECT".to_owned()),
                client_id: Some("ACME_ID".to_owned()),
                client_secret: Some("ACME_SECRET".to_owned()),
                username: Some("ACME_USER".to_owned()),
                password: Some("ACME_PASSWORD".to_owned()),
                base_url: Some("ACME_URL".to_owned()),
                api_keys: one("key", "ACME_KEY"),
                server_variables: one("tenant", "ACME_TENANT"),
            },
        },
        types: Types {
            time: TimeLibrary::Jiff,
            uuid: UuidLibrary::String,
            formats: BTreeMap::from([("decimal".to_owned(), custom("rust_decimal::Decimal", true))]),
            schemas: BTreeMap::from([("Money".to_owned(), custom("crate::ext::Money", false))]),
            properties: BTreeMap::from([(
                "Pet".to_owned(),
                BTreeMap::from([(
                    "tags".to_owned(),
                    custom("std::collections::BTreeMap<String, String>", true),
                )]),
            )]),
        },
        runtime: Some(SharedRuntime { path: "../acme-runtime".to_owned(), name: "acme-core".to_owned() }),
        dependencies: table("rust_decimal = '1'"),
        derive: vec![Derive {
            types: vec!["Pet*".to_owned()],
            derive: vec!["Eq".to_owned(), "rust_decimal::Macro".to_owned()],
            attributes: vec!["must_use".to_owned()],
            where_possible: true,
        }],
        operations: Operations {
            include: vec!["GET /owners/**".to_owned()],
            exclude: vec!["acme.v1.Owners.List".to_owned()],
            retry: vec!["POST /search/**".to_owned()],
        },
        pagination: Pagination {
            exclude: vec!["acme.v1.Events.List".to_owned()],
            link_header: vec!["GET /pets".to_owned()],
            ignore_total: vec!["GET /events".to_owned()],
            token: one("GET /owners", "cursor = meta.next"),
            offset: one("GET /toys", "skip"),
            page_number: one("GET /food", "p"),
            items: one("GET /owners", "result.owners"),
        },
        optional: OptionalProperties {
            all: true,
            schemas: vec!["acme.v1.Owner".to_owned()],
            properties: BTreeMap::from([(
                "acme.v1.Pet".to_owned(),
                vec!["name".to_owned(), "kind".to_owned()],
            )]),
        },
        names: Names {
            types: one("acme.v1.Owner", "Owner"),
            fields: one_by("acme.v1.Owner", "ownerId", "id"),
            variants: one_by("acme.v1.Color", "1", "Red"),
            features: one("acme.v1.Owners", "owner-api"),
            parameters: one_by("GET /pets", "X-Page", "page"),
            drop_resource: true,
            patterns: NamePatterns {
                methods: vec![
                    ("{name}_v1".to_owned(), "{name}".to_owned()),
                    ("list_{resource}".to_owned(), "list".to_owned()),
                ],
                types: vec![("{name}Dto".to_owned(), "{name}".to_owned())],
            },
            resources: one("acme.v1.Owners", "owners"),
            operations: one("acme.v1.Owners.Get", "get_owner"),
            union_fields: one("Owner", "identity"),
        },
        allow: Allow {
            places: BTreeMap::from([(
                "ambiguous-union".to_owned(),
                vec!["#/components/schemas/acme.v1.Pet".to_owned()],
            )]),
        },
    };
    assert_eq!(Config::parse(COMPLETE), Ok(expected));
}

#[test]
fn all_keys_are_optional() {
    for text in ["", "# nothing\n", "[package]\n[names]\n", "\u{feff}protojson = false\r\n"] {
        assert_eq!(Config::parse(text), Ok(Config::default()), "{text:?}");
    }
}

#[test]
fn the_runtime_is_a_crate_outside_of_the_client() {
    let check = |settings: &str, expected: Result<&str, &str>| {
        let parsed = Config::parse(settings).map(|config| config.runtime.map(|runtime| runtime.name));
        let parsed = parsed.map(Option::unwrap_or_default).map_err(|error| error.to_string());
        assert_eq!(parsed, expected.map(str::to_owned).map_err(str::to_owned), "{settings}");
    };
    check("runtime = { path = '../acme-runtime' }", Ok("acme-runtime"));
    check("runtime = { path = '../../crates/runtime' }", Ok("runtime"));
    check("runtime = { path = '../a.b', name = 'acme' }", Ok("acme"));
    let outside = |path: &str| {
        let settings = format!("runtime.path = {path:?}");
        let problem = "this path does not have the form `../folder`";
        let remedy =
            "write `..` and then the names of folders, from the folder of the crate, as in `../acme-runtime`";
        check(&settings, Err(&format!("1:16: `runtime.path` is {path:?}, but {problem}; {remedy}")));
    };
    for path in [
        "",
        "runtime",
        "..",
        "../",
        "./../a",
        "../a/../b",
        "../a/",
        "/a",
        "../C:/a",
        "..\\a",
        "../a\"\nb = 1",
    ] {
        outside(path);
    }
    let name = "the name of the folder is not a valid name of the crate: a crate name has only ASCII letters, digits, `-` and `_`, and starts with a letter";
    check("runtime.path = '../a.b'", Err(&format!("1:9: `runtime.path`: {name}; set `runtime.name`")));
    check(
        "runtime.path = '../url'\ndependencies = { url = '2' }",
        Err(
            "1:9: `runtime.path`: `[dependencies]` has a crate with the name `url`; set another `runtime.name`",
        ),
    );
    check(
        "runtime.path = '../Rt'",
        Err(
            "1:9: `runtime.path`: the name of the folder is not a valid name of the crate: this name has capital letters; set `runtime.name`",
        ),
    );
    // A path that is not valid is the only problem.
    check(
        "runtime = { name = 'acme', path = 'a' }",
        Err(
            "1:35: `runtime.path` is \"a\", but this path does not have the form `../folder`; write `..` and then the names of folders, from the folder of the crate, as in `../acme-runtime`",
        ),
    );
    check(
        "runtime.name = 'acme'",
        Err("1:16: `runtime.name` has no `runtime.path`; add the path of its folder"),
    );
}

/// `spec/codegen.toml` documents the format: it has every key.
#[test]
fn spec_codegen_toml_has_every_key() {
    let manual = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/codegen.toml"));
    for text in [manual, COMPLETE] {
        Config::parse(text).unwrap_or_else(|error| panic!("{error}"));
        let mut section = String::new();
        let mut written = Vec::new();
        for line in text.lines().map(|line| line.trim_start_matches("# ")) {
            if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                let name = name.trim_matches(['[', ']']);
                section = format!("{name}.");
                written.push(name.to_owned());
            } else if let Some((key, _)) = line.split_once(" = ") {
                written.push(format!("{section}{key}"));
            }
        }
        for key in Config::keys() {
            assert!(written.contains(&key), "`{key}` is missing");
        }
    }
}

#[test]
fn reports_problems_with_position_and_help() {
    let cases: &[(&str, &[&str])] = &[
        // Unknown keys.
        ("[package]\nnmae = 'a'", &["2:1: unknown key `package.nmae`; did you mean `package.name`?"]),
        (
            "[client]\nrequest_id_header = 'a'",
            &["2:1: unknown key `client.request_id_header`; did you mean `client.request-id-header`?"],
        ),
        ("name.types.A = 'B'", &["1:1: unknown key `name`; did you mean `names`?"]),
        (
            "[package]\nprotojson = true",
            &[
                "2:1: unknown key `package.protojson`; move `protojson` to the top of the file, before the first section",
            ],
        ),
        ("version = '1.0.0'", &["1:1: unknown key `version`; move `version` to `[package]`"]),
        (
            "'é' = 1",
            &[
                r#"1:1: unknown key `"é"`; valid keys are `required-version`, `document`, `out`, `overlays`, `package`, `protojson`, `round-trip`, `client`, `types`, `runtime`, `dependencies`, `derive`, `operations`, `pagination`, `optional`, `names`, `features`, `folder`, `lints`, `allow`"#,
            ],
        ),
        (
            "overlays = ['../a.yaml']",
            &[
                r#"1:13: `overlays` is "../a.yaml", but this is not a path in the folder of the document; copy the overlay into this folder, and write its path as in `fixes.yaml`"#,
            ],
        ),
        ("folder.modules = ['a', 'a']", &[r#"1:18: `folder.modules` has "a" twice; remove one of them"#]),
        // Wrong types.
        (
            "protojson = 'yes'",
            &["1:13: `protojson` is a string, not a boolean; write `true` or `false`, without quotes"],
        ),
        ("package = 'a'", &["1:11: `package` is a string, not a table; write a section `[package]`"]),
        (
            "package.version = 1.0",
            &["1:19: `package.version` is a float, not a string; put the value in quotes"],
        ),
        (
            "optional.properties = ['A']\noptional.schemas = 'A'",
            &[
                r#"1:23: `optional.properties` is an array, not a table; write `"name in the document" = ["one", "two"]` below `[optional.properties]`"#,
                r#"2:20: `optional.schemas` is a string, not an array; write an array: `["one", "two"]`"#,
            ],
        ),
        (
            "[optional.properties]\nPet = 'name'",
            &[
                r#"2:7: `optional.properties.Pet` is a string, not an array; write an array: `["one", "two"]`"#,
            ],
        ),
        (
            "names.types = ['A']",
            &[
                r#"1:15: `names.types` is an array, not a table; write `"name in the document" = "value"` below `[names.types]`"#,
            ],
        ),
        (
            "[names.types]\nacme.v1.Owner = 'Owner'",
            &[
                r#"2:1: `names.types.acme` is a table, not a string; quote a name that has dots: `"acme.v1.Owner"`"#,
            ],
        ),
        // Types of the user.
        (
            "types.formats.uri = 'Url'",
            &["1:21: `types.formats.uri` has the path `Url`, but it does not say where the type is; \
                 begin with `crate::`, `std::` or the name of a dependency"],
        ),
        (
            "types.formats.uri = 'url::Url'\ndependencies.url2 = '1'",
            &["1:21: `types.formats.uri` has the path `url::Url`, but `url` is not a dependency; \
                 add `url` to `[dependencies]`, or begin with `crate::` or `std::`"],
        ),
        (
            "types.schemas.A = 'Vec<crate::ext::A>'\ntypes.schemas.B = 'crate'",
            &[
                "1:19: `types.schemas.A` has the path `crate::ext::A`, but the crate has no module `ext`; \
                 add `ext` to `folder.modules`",
                "2:19: `types.schemas.B` has the path `crate`, but it does not say where the type is; \
                 begin with `crate::`, `std::` or the name of a dependency",
            ],
        ),
        (
            "[types.properties.Pet]\ntags = '&str'\nname = { type = 'String', defualt = 1, default = 1 }\nage = 1",
            &[
                "2:8: `types.properties.Pet.tags` is \"&str\", but this is not the path of a Rust type; \
                 write a path such as `crate::ext::Money` or `std::collections::BTreeMap<String, u32>`",
                "3:27: unknown key `types.properties.Pet.name.defualt`; \
                 write `types.properties.Pet.name = { type = \"path of a type\" }`; quote a name that has dots",
                "3:50: `types.properties.Pet.name.default` is an integer, not a boolean; \
                 write `true` or `false`, without quotes",
                "4:7: `types.properties.Pet.age` is an integer, not a string; put the value in quotes",
            ],
        ),
        (
            "[dependencies]\nserde = '1'\ntokio = '1'\nstd = '1'\n'a b' = '1'\nx = 'y'\nz = { version = '1', optional = true }",
            &[
                "2:1: `dependencies.serde`: the generated crate depends on this crate already; \
                 write `{ features = [\"...\"] }` to enable features, or remove it",
                "3:1: `dependencies.tokio`: the generated crate can depend on a crate of this name; remove it",
                "4:1: `dependencies.std`: this name is reserved in Rust; choose a name such as `acme-client`",
                "5:1: `dependencies.\"a b\"`: a crate name has only ASCII letters, digits, `-` and `_`, and starts with a letter; choose a name such as `acme-client`",
                "6:1: `dependencies.x`: this is not a dependency; \
                 write it as in Cargo.toml, such as `\"1\"` or `{ version = \"1\", features = [\"serde\"] }`",
                "7:1: `dependencies.z`: types of the crate cannot depend on an optional crate; remove `optional`",
            ],
        ),
        // Derives.
        (
            "[[derive]]\ntypes = ['']\n[[derive]]\nderive = ['Clone', 'schemars::JsonSchema']\nattributes = ['cfg(test)']",
            &[
                "1:1: this `[[derive]]` has no effect; write `derive = [\"Eq\"]`, or `attributes`",
                "2:10: `derive.types` is \"\", but this is not a pattern of names; write it as in `Pet` or `*Request`",
                "4:11: `derive.derive` is \"Clone\", but every generated type implements this trait already; remove it",
                "4:20: `derive.derive` has the path `schemars::JsonSchema`, but `schemars` is not a dependency; \
                 add `schemars` to `[dependencies]`, or begin with `crate::` or `std::`",
                "5:15: `derive.attributes` is \"cfg(test)\", but this attribute changes what is compiled; remove it",
            ],
        ),
        // Invalid values.
        (
            "overlays = ['../f.yaml']",
            &[
                r#"1:13: `overlays` is "../f.yaml", but this is not a path in the folder of the document; copy the overlay into this folder, and write its path as in `fixes.yaml`"#,
            ],
        ),
        (
            "package.name = 'two words'",
            &[
                r#"1:16: `package.name` is "two words", but a crate name has only ASCII letters, digits, `-` and `_`, and starts with a letter; choose a name such as `acme-client`"#,
            ],
        ),
        (
            "package.version = '1.0'",
            &[
                r#"1:19: `package.version` is "1.0", but this is not a semantic version: unexpected end of input while parsing minor version number; write three numbers, such as `1.4.0`"#,
            ],
        ),
        (
            "client.request-id-header = 'x-id: '",
            &[
                r#"1:28: `client.request-id-header` is "x-id: ", but this is not a valid HTTP header name; write only the name, such as `x-request-id`"#,
            ],
        ),
        (
            "[names]\ntypes.'a.B' = 'b'",
            &[
                r#"2:15: `names.types."a.B"` is "b", but the name of a Rust type is in UpperCamelCase; start with a capital letter, and use only ASCII letters and digits"#,
            ],
        ),
        (
            "names.types = { a = 'Owner', b = 'Group', c = 'Owner' }",
            &[r#"1:47: `names.types.c` is "Owner", the name that `a` has already; choose a different name"#],
        ),
        (
            "types.time = 'Chrono'",
            &[
                r#"1:14: `types.time` is "Chrono", expected one of `chrono`, `jiff`, `time`, `string`; did you mean `chrono`?"#,
            ],
        ),
        (
            "types.uuid = 'bytes'",
            &[
                r#"1:14: `types.uuid` is "bytes", expected one of `uuid`, `string`; use one of these, or remove the key"#,
            ],
        ),
        // Several problems, sorted by position.
        (
            "colour = 1\nprotojson = 1\n[package]\nlicence = 'MIT'\nname = 'gen'\n",
            &[
                "1:1: unknown key `colour`; valid keys are `required-version`, `document`, `out`, `overlays`, `package`, `protojson`, `round-trip`, `client`, `types`, `runtime`, `dependencies`, `derive`, `operations`, `pagination`, `optional`, `names`, `features`, `folder`, `lints`, `allow`",
                "2:13: `protojson` is an integer, not a boolean; write `true` or `false`, without quotes",
                "4:1: unknown key `package.licence`; did you mean `package.license`?",
                r#"5:8: `package.name` is "gen", but this name is reserved in Rust; choose a name such as `acme-client`"#,
            ],
        ),
        // Syntax errors hide all other problems.
        (
            "[package\nname = 'a b'",
            &["1:9: invalid TOML: unclosed table, expected `]`; see https://toml.io for the syntax"],
        ),
        ("a = 1\na = 2", &["2:1: invalid TOML: duplicate key; see https://toml.io for the syntax"]),
    ];
    for (text, expected) in cases {
        let error = Config::parse(text).expect_err(text);
        assert_eq!(error.to_string(), expected.join("\n"), "{text}");
        assert_eq!(error.problems().len(), expected.len(), "{text}");
    }
}

/// Valid and invalid values, by the key that they are written for.
#[test]
fn accepts_and_rejects_values() {
    let cases: &[(&str, &[&str], &[&str])] = &[
        (
            "package.name = ",
            &["a", "acme-client", "acme_client", "A2", "r2d2"],
            &[
                "",
                "2fast",
                "-a",
                "_",
                "a.b",
                "a/b",
                "naïve",
                "fn",
                "gen",
                "Self",
                "std",
                "proc-macro",
                "test",
            ],
        ),
        (
            "package.version = ",
            &["0.1.0", "1.2.3-alpha.1+build"],
            &["", "1", "1.2", "v1.2.3", "01.2.3", "1.2.3 "],
        ),
        (
            "client.request-id-header = ",
            &["x-request-id", "C1-Trace_Id", "!"],
            &["", "a b", "a:", "ä", "a\\n"],
        ),
        (
            "names.types.x = ",
            &["Owner", "V2", "HTTPServer"],
            &["", "owner", "Big_Owner", "Self", "Größe", "A-B", "2D"],
        ),
        (
            "names.resources.x = ",
            &["owners", "v2", "owners_v2", "type_"],
            &[
                "",
                "Owners",
                "my-owners",
                "_x",
                "2nd",
                "a__b",
                "self",
                "type",
                "gen",
                "async",
                "try",
                "r#type",
                "größe",
            ],
        ),
        ("types.time = ", &["chrono", "jiff", "time", "string"], &["", "chronos"]),
        ("types.uuid = ", &["uuid", "string"], &["", "u128"]),
        ("names.operations.x = ", &["get"], &["get owner", "fn"]),
        ("names.fields.x.y = ", &["id", "type_"], &["petId", "type", "a b", "id: u8", "", "with-dash"]),
        ("names.variants.x.y = ", &["Red", "V2"], &["red", "Self", "Red,Blue", "", "2D", "A::B"]),
        ("names.parameters.x.y = ", &["page"], &["Page", "match", "page, x", ""]),
        (
            "names.features.x = ",
            &["pets", "pet-store", "v2", "type"],
            &["Pets", "pet_store", "-pets", "pets-", "a--b", "", "2d", "dep:serde", "a\"]", "größe"],
        ),
        ("names.drop-resource = ", &[], &["true"]),
        (
            "names.patterns.methods.\"list_{resource}\" = ",
            &["list", "{resource}", "all_{resource}"],
            &["{name}", "fn()", "List", "", "list_"],
        ),
        ("names.patterns.methods.\"{x}\" = ", &[], &["list"]),
        (
            "names.patterns.types.\"{name}Dto\" = ",
            &["{name}", "{name}Body"],
            &["{resource}", "{name}dto", ""],
        ),
        ("names.union-fields.x = ", &["identity"], &["Identity", "match"]),
    ];
    for (key, good, bad) in cases {
        for value in *good {
            let text = format!("{key}\"{value}\"");
            assert!(Config::parse(&text).is_ok(), "{text}: {:?}", Config::parse(&text));
        }
        for value in *bad {
            let text = format!("{key}\"{value}\"");
            assert_eq!(Config::parse(&text).map_err(|error| error.problems().len()), Err(1), "{text}");
        }
    }
}
