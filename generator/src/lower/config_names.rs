//! Checks the names in codegen.toml against the document, after everything is lowered.

use std::collections::HashSet;

use super::context::Lower;
use super::security;
use super::stale::{HELP, StaleEntry, report, unknown_items, unknown_keys};
use crate::diagnostics::Code;
use crate::ir::Api;

/// Reports names in codegen.toml that match nothing in the document.
pub(super) fn check(lower: &mut Lower<'_, '_>, api: &Api, operation_ids: &[String]) {
    check_schemas(lower);
    check_resources(lower, operation_ids);
    check_client(lower, api);
}

fn check_schemas(lower: &mut Lower<'_, '_>) {
    let (openapi, config) = (lower.document.openapi(), lower.config);
    let schemas = openapi.components.as_ref().map(|components| &components.schemas);
    let keys: Vec<&str> = schemas.into_iter().flat_map(|it| it.keys()).map(String::as_str).collect();
    let is_schema = |key: &str| schemas.is_some_and(|schemas| schemas.contains_key(key));
    let no_schema = |key: &str| format!("the document has no schema `{key}`");
    let stale_keys = |table: &str, keys| unknown_keys(&["names", table], keys, is_schema, no_schema);
    let mut stale = stale_keys("union-fields", config.names.union_fields.keys());
    stale.extend(lower.required_overrides.stale_schemas());
    report(Code::StaleName, stale, &keys, HELP, lower.diagnostics);
    check_types(lower, &keys);
    let properties = lower.required_overrides.stale_properties(config.operations.is_selection());
    report(Code::StaleName, properties, &[], HELP, lower.diagnostics);
}

/// Reports formats, schemas and properties in `[types]` that the document does not have.
fn check_types(lower: &mut Lower<'_, '_>, keys: &[&str]) {
    let (document, schemas) = (lower.document, lower.schemas);
    let types = &lower.config.types;
    let mut formats: Vec<&str> = schemas.formats().iter().map(String::as_str).collect();
    formats.sort_unstable();
    let no_format =
        |format: &str| format!("no string, integer or number of the document has the format `{format}`");
    let is_format = |format: &str| schemas.formats().contains(format);
    let stale = unknown_keys(&["types", "formats"], types.formats.keys(), is_format, no_format);
    report(Code::StaleName, stale, &formats, HELP, lower.diagnostics);

    let schema = |name: &str| document.schema_of_setting(name).and_then(|at| schemas.find(&at));
    let no_schema = |name: &str| format!("the document has no schema `{name}`");
    let is_schema = |name: &str| schema(name).is_some();
    let mut stale = unknown_keys(&["types", "schemas"], types.schemas.keys(), is_schema, no_schema);
    stale.extend(unknown_keys(&["types", "properties"], types.properties.keys(), is_schema, no_schema));
    report(Code::StaleName, stale, keys, HELP, lower.diagnostics);

    for (name, properties) in &types.properties {
        let Some(id) = schema(name) else { continue };
        let known = schemas.parts(id).iter().flat_map(|part| part.keywords.properties.keys());
        let known: Vec<&str> = known.map(String::as_str).collect();
        for property in properties.keys() {
            let places = schemas.places_of_property(id, property);
            let (message, help) = match &places.inherited {
                _ if !places.own.is_empty() => continue,
                None => (format!("`{name}` has no property `{property}`"), HELP.to_owned()),
                Some(at) => (
                    format!("`{name}` inherits its property `{property}`"),
                    format!("move the entry to the schema of `{}`", document.original(at).reference()),
                ),
            };
            let candidates = if places.inherited.is_some() { &[] } else { known.as_slice() };
            let stale = StaleEntry::new(&["types", "properties", name, property], property, message);
            report(Code::StaleName, vec![stale], candidates, &help, lower.diagnostics);
        }
    }
}

fn check_resources(lower: &mut Lower<'_, '_>, ids: &[String]) {
    let names = &lower.config.names;
    let items = lower.document.paths().values().filter_map(openapiv3::ReferenceOr::as_item);
    let of_operations = items.flat_map(|item| item.iter()).flat_map(|(_, operation)| &operation.tags);
    let tags = lower.document.openapi().tags.iter().map(|tag| &tag.name).chain(of_operations);
    let tags = tags.map(String::as_str);
    let groups = ids.iter().filter_map(|id| id.rsplit_once('.')).map(|(group, _)| group);
    let groups: Vec<&str> = groups.chain(tags).collect();
    let known: HashSet<&str> = groups.iter().copied().collect();
    let no_group =
        |prefix: &str| format!("no operation id starts with `{prefix}.`, and no tag is `{prefix}`");
    let is_group = |prefix: &str| known.contains(prefix);
    let mut stale = unknown_keys(&["names", "resources"], names.resources.keys(), is_group, no_group);
    stale.extend(unknown_keys(&["names", "features"], names.features.keys(), is_group, no_group));
    report(Code::StaleName, stale, &groups, HELP, lower.diagnostics);
}

fn check_client(lower: &mut Lower<'_, '_>, api: &Api) {
    let client = &lower.config.client;
    let variables = api.server.iter().flat_map(|server| &server.variables);
    let variables: Vec<&str> = variables.map(|variable| variable.name.as_str()).collect();
    let known: HashSet<&str> = variables.iter().copied().collect();
    let is_variable = |name: &str| known.contains(name);
    let no_variable = |name: &str| format!("the server URL has no variable `{name}`");
    let required = &client.required_server_variables;
    let mut stale =
        unknown_items(&["client", "required-server-variables"], required, is_variable, no_variable);
    let set = client.env.server_variables.keys();
    stale.extend(unknown_keys(&["client", "env", "server-variables"], set, is_variable, no_variable));
    report(Code::StaleName, stale, &variables, HELP, lower.diagnostics);

    let schemes: Vec<&str> = api.security.key_schemes().collect();
    let known: HashSet<&str> = schemes.iter().copied().collect();
    let is_scheme = |name: &str| known.contains(name);
    let no_scheme = |name: &str| format!("the document has no API key scheme `{name}`");
    let set = client.env.api_keys.keys();
    let stale = unknown_keys(&["client", "env", "api-keys"], set, is_scheme, no_scheme);
    report(Code::StaleName, stale, &schemes, HELP, lower.diagnostics);
    let unusable = security::unusable_entries(&client.env, &api.security);
    report(Code::StaleName, unusable, &[], "remove the entry", lower.diagnostics);
}

#[cfg(test)]
mod tests {
    use crate::{Config, Source, Sources};

    const DOCUMENT: &str = "
openapi: 3.1.0
info: { title: Pets, version: '1' }
servers: [{ url: 'https://{region}.example.com', variables: { region: { default: eu } } }]
paths:
  /pets:
    get: { operationId: pets.list, tags: [pets], responses: { '204': { description: Done. } } }
components:
  schemas:
    Pet: { type: object, required: [id], properties: { id: { type: string, format: uid } } }
    Cat: { allOf: [{ $ref: '#/components/schemas/Pet' }, { properties: { lives: { type: integer } } }] }
";

    /// Expects the findings about a codegen.toml: the position, the message and the help of each.
    #[track_caller]
    fn check(config: &str, expected: &[&str]) {
        let settings = Config::parse(config).expect("the settings are valid");
        let document = Source { name: "pets.yaml", text: DOCUMENT };
        let sources =
            Sources { config: Some(Source { name: "codegen.toml", text: config }), ..document.into() };
        let outcome = crate::generate(sources, &settings);
        let located = outcome.diagnostics.located(sources);
        let found: Vec<String> = located
            .iter()
            .map(|(at, found)| {
                let name = sources.name_of(&found.pointer);
                format!("{name}:{}:{}: {}; {}", at.line, at.column, found.message, found.remedy)
            })
            .collect();
        assert_eq!(found, expected, "{config}");
        assert_eq!(outcome.generated.is_some(), expected.is_empty());
    }

    #[test]
    fn a_stale_entry_is_reported_at_its_line_with_a_suggestion() {
        check("[names.types]\nPet = 'Animal'\n[names.resources]\npets = 'animals'", &[]);
        check(
            "# Names.\n[names.types]\nPets = 'Animal'",
            &["codegen.toml:3:1: the document has no schema `Pets`; did you mean `Pet`?"],
        );
        check(
            "names.operations = { 'pets.lost' = 'all' }",
            &["codegen.toml:1:22: the document has no operation `pets.lost`; did you mean `pets.list`?"],
        );
        check(
            "[names.resources]\nowners = 'people'",
            &["codegen.toml:2:1: no operation id starts with `owners.`, and no tag is `owners`; \
               remove the entry, or correct its name"],
        );
        check(
            "[client]\nrequired-server-variables = ['region', 'regoin']",
            &["codegen.toml:2:40: the server URL has no variable `regoin`; did you mean `region`?"],
        );
        check(
            "[client.env]\nclient-id = 'A'\n[client.env.api-keys]\nkey = 'B'",
            &[
                "codegen.toml:2:1: `client-id` has no effect: no token URL is known; remove the entry",
                "codegen.toml:4:1: the document has no API key scheme `key`; remove the entry, or correct its name",
            ],
        );
        check(
            "[optional]\nschemas = ['Pot']\n[optional.properties]\nPet = ['id', 'name']",
            &[
                "codegen.toml:2:12: the document has no schema `Pot`; did you mean `Pet`?",
                "codegen.toml:4:14: `name` is not a required property of `Pet`; \
                 remove the entry, or correct its name",
            ],
        );
    }

    #[test]
    fn a_stale_type_is_reported_at_its_line_with_a_suggestion() {
        let help = "remove the entry, or correct its name";
        check(
            "[types]\nformats = { uuid = 'String' }\nschemas = { Pet = 'String' }",
            &["codegen.toml:2:13: no string, integer or number of the document has the format `uuid`; \
             did you mean `uid`?"],
        );
        check("[types.formats]\nuid = 'String'\n[types.properties.Cat]\nlives = 'u8'", &[]);
        check(
            "[types.schemas]\nPets = 'String'\n[types.properties.'#/components/schemas/Dog']\nname = 'String'",
            &[
                "codegen.toml:2:1: the document has no schema `Pets`; did you mean `Pet`?",
                &format!("codegen.toml:3:19: the document has no schema `#/components/schemas/Dog`; {help}"),
            ],
        );
        check(
            "[types.properties]\nPet = { idd = 'String' }\nCat = { id = 'String' }",
            &[
                &format!("codegen.toml:2:9: `Pet` has no property `idd`; {help}"),
                "codegen.toml:3:9: `Cat` inherits its property `id`; \
                 move the entry to the schema of `#/components/schemas/Pet/properties/id`",
            ],
        );
    }

    #[test]
    fn a_stale_selection_is_reported_at_its_line_with_a_suggestion() {
        let help = "remove the entry, or use an operation id, a tag or a path pattern of the document";
        check(
            "[operations]\nexclude = [\n  '/dogs/**',\n]\nretry = ['pets.lst', '/pets']",
            &[
                &format!("codegen.toml:3:3: `/dogs/**` matches no operation; {help}"),
                "codegen.toml:5:10: `pets.lst` matches no operation; did you mean `pets.list`?",
            ],
        );
        check(
            "[pagination]\nexclude = ['/pet']\n[pagination.token]\ndogs = 'cursor = next'",
            &[
                "codegen.toml:2:12: `/pet` matches no operation; did you mean `/pets`?",
                &format!("codegen.toml:4:1: `dogs` matches no operation; {help}"),
            ],
        );
    }
}
