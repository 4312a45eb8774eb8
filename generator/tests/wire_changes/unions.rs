//! Unions: alternatives are matched by what they are, in both directions.

use super::{check, check_messages, pets, with_components};

const CAT: &str = "Cat: { type: object, required: [name, claws], properties: { name: { type: string }, claws: { type: integer } } }";
const DOG: &str = "Dog: { type: object, required: [name, bark], properties: { name: { type: string }, bark: { type: string } } }";

fn one_of(names: &[&str], components: &str) -> String {
    let alternatives: Vec<String> =
        names.iter().map(|name| format!("{{ $ref: '#/components/schemas/{name}' }}")).collect();
    with_components(&format!("Pet: {{ oneOf: [{}] }}, {components}", alternatives.join(", ")))
}

#[test]
fn the_order_of_alternatives_has_no_effect() {
    let components = format!("{CAT}, {DOG}");
    check(&one_of(&["Cat", "Dog"], &components), &one_of(&["Dog", "Cat"], &components), &[], &[]);
}

#[test]
fn an_alternative_is_added() {
    let bird = "Bird: { type: object, required: [name, wings], properties: { name: { type: string }, wings: { type: integer } } }";
    let components = format!("{CAT}, {DOG}, {bird}");
    check(
        &one_of(&["Cat", "Dog"], &components),
        &one_of(&["Bird", "Cat", "Dog"], &components),
        &["note response-body-one-of-added response GET /pets"],
        &["error request-body-one-of-removed request POST /pets"],
    );
    check_messages(
        &one_of(&["Bird", "Cat", "Dog"], &components),
        &one_of(&["Cat", "Dog"], &components),
        &["`Pet` no longer allows the alternative `Bird`"],
    );
}

#[test]
fn an_alternative_changes() {
    let changed = DOG.replace("bark: { type: string", "bark: { type: integer");
    check(
        &one_of(&["Cat", "Dog"], &format!("{CAT}, {DOG}")),
        &one_of(&["Dog", "Cat"], &format!("{CAT}, {changed}")),
        &[
            "error request-property-type-changed request POST /pets",
            "error response-property-type-changed response GET /pets",
        ],
        &[
            "error request-property-type-changed request POST /pets",
            "error response-property-type-changed response GET /pets",
        ],
    );
}

#[test]
fn a_type_becomes_a_union() {
    let components = format!("{CAT}, {DOG}");
    let single = with_components(&format!("Pet: {{ $ref: '#/components/schemas/Cat' }}, {components}"));
    check(
        &single,
        &one_of(&["Cat", "Dog"], &components),
        &["error response-body-one-of-added response GET /pets"],
        &["error request-body-one-of-removed request POST /pets"],
    );
}

#[test]
fn unions_of_scalars() {
    let age = |types: &str| pets(&format!("{{ type: object, properties: {{ age: {{ type: {types} }} }} }}"));
    check(
        &age("integer"),
        &age("[string, integer]"),
        &["error response-property-one-of-added response GET /pets"],
        &["error request-property-one-of-removed request POST /pets"],
    );
    check(&age("[integer, string]"), &age("[string, integer]"), &[], &[]);
}

#[test]
fn the_discriminator_changes() {
    let document = |property: &str| {
        let kind = |name: &str| {
            format!(
                "{name}: {{ type: object, required: [{property}], properties: {{ {property}: {{ type: string, enum: [{name}] }} }} }}"
            )
        };
        with_components(&format!(
            "Pet: {{ oneOf: [{{ $ref: '#/components/schemas/Cat' }}, {{ $ref: '#/components/schemas/Dog' }}],
  discriminator: {{ propertyName: {property} }} }}, {}, {}",
            kind("Cat"),
            kind("Dog")
        ))
    };
    let changes = [
        "error request-body-discriminator-changed request POST /pets",
        "warning response-body-discriminator-changed response GET /pets",
    ];
    check(&document("kind"), &document("species"), &changes, &changes);
    check_messages(
        &document("kind"),
        &document("species"),
        &["the discriminator of `Pet` is `species`; it was `kind`"; 2],
    );
}

#[test]
fn alternatives_that_are_properties() {
    let keyed = |keys: &str| {
        let alternative = |key: &str| {
            format!("{{ type: object, required: [{key}], properties: {{ {key}: {{ type: string }} }} }}")
        };
        let all: Vec<String> = keys.split(' ').map(alternative).collect();
        pets(&format!("{{ oneOf: [{}] }}", all.join(", ")))
    };
    check(
        &keyed("cat dog"),
        &keyed("bird cat dog"),
        &["note response-property-one-of-added response GET /pets"],
        &[
            "warning request-property-removed request POST /pets",
            "warning response-optional-property-removed response GET /pets",
        ],
    );
}
