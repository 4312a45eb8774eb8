//! Rust names of items, and patterns of names: `[names]`.

use std::collections::BTreeMap;

use super::read::Section;
use super::template;
use super::values;

/// Rust names, by names of the document.
///
/// Names with dots have to be quoted: `"c1.api.v1.Owner" = "Owner"`.
///
/// A schema is the key of a component, such as `"Pet"`, or a reference, such as
/// `"#/paths/~1pets/get/responses/200/content/application~1json/schema"`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Names {
    /// Rust types, by schema. UpperCamelCase, and each name only once. `[names.types]`.
    pub types: BTreeMap<String, String>,
    /// Fields, by schema and property. snake_case. `[names.fields]`, for example
    /// `Pet = { "petId" = "id" }`.
    pub fields: BTreeMap<String, BTreeMap<String, String>>,
    /// Variants, by schema: of an enum by value, of a union whose alternatives are properties by property, of any other union
    /// by the schema of the alternative or the value of its discriminator. UpperCamelCase. `[names.variants]`, for example
    /// `Color = { "#ff0000" = "Red" }`.
    pub variants: BTreeMap<String, BTreeMap<String, String>>,
    /// Resource accessors of the client, by the common prefix of the operation ids. snake_case. `[names.resources]`.
    pub resources: BTreeMap<String, String>,
    /// Cargo features of resources, by the common prefix of the operation ids. kebab-case. `[names.features]`.
    pub features: BTreeMap<String, String>,
    /// Methods, by operation id, or by method and path. snake_case. `[names.operations]`.
    pub operations: BTreeMap<String, String>,
    /// Arguments and setters, by operation and parameter. Operations are selected as in
    /// [`Operations`](super::Operations), and a parameter is a name, or a location and a name, such as `"query id"`.
    /// snake_case. `[names.parameters]`, for example `listPets = { "X-Page" = "page" }`.
    pub parameters: BTreeMap<String, BTreeMap<String, String>>,
    /// Fields that hold a union, by key of the component schema that has `oneOf` beside its `properties`. snake_case.
    /// `[names.union-fields]`.
    pub union_fields: BTreeMap<String, String>,
    /// Removes the name of the resource from the start or the end of methods: `list_servers` of the resource `servers`
    /// becomes `list`. `names.drop-resource`. Default: false.
    pub drop_resource: bool,
    /// Patterns of names. `[names.patterns]`.
    pub patterns: NamePatterns,
}

/// Patterns of names, each with the names that it makes of them.
///
/// `{name}` stands for one or more words, and `{resource}` for the name of the resource in the singular or the plural. The
/// first pattern that matches a name applies, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NamePatterns {
    /// Patterns of methods. `names.patterns.methods`, for example `{ "list_{resource}" = "list" }`.
    pub methods: Vec<(String, String)>,
    /// Patterns of the types of component schemas. `names.patterns.types`, for example `{ "{name}Dto" = "{name}" }`.
    pub types: Vec<(String, String)>,
}

impl Names {
    pub(super) fn read(from: &mut Section<'_>) -> Self {
        Self {
            types: from.unique_names("types", values::type_name),
            fields: from.unique_names_by("fields", values::snake_case),
            variants: from.unique_names_by("variants", values::type_name),
            resources: from.names("resources", values::snake_case),
            features: from.names("features", values::kebab_case),
            operations: from.names("operations", values::snake_case),
            parameters: from.unique_names_by("parameters", values::snake_case),
            union_fields: from.names("union-fields", values::snake_case),
            drop_resource: from.boolean("drop-resource"),
            patterns: from.section("patterns", NamePatterns::read),
        }
    }
}

impl NamePatterns {
    fn read(from: &mut Section<'_>) -> Self {
        Self {
            methods: from.patterns("methods", template::of_methods),
            types: from.patterns("types", template::of_types),
        }
    }
}
