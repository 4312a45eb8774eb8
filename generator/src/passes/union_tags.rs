//! Tags: values that a union writes to identify the alternative, where the type of the alternative may not write
//! them.

use std::collections::HashMap;

use crate::ir::{Api, Constant, Field, FieldKind, Shape, Tag, Type, TypeId};

/// The fields of structs by name, and the types that they refer to.
struct Fields<'a> {
    api: &'a Api,
    /// The structs that were needed so far.
    of_structs: HashMap<TypeId, HashMap<&'a str, &'a Field>>,
}

/// Sets the tags of alternatives whose types do not always write the property that distinguishes them: the default of
/// the property, or its only value. With several values and no default, the caller has to choose.
pub(super) fn assign(api: &mut Api) {
    for (id, position, tag) in tags(api) {
        if let Shape::Union(union) = &mut api.types[id.index()].shape {
            union.alternatives[position].tag = Some(tag);
        }
    }
}

/// Returns the tags of all unions: the union, the position of the alternative, and its tag.
fn tags(api: &Api) -> Vec<(TypeId, usize, Tag)> {
    let mut fields = Fields { api, of_structs: HashMap::new() };
    let mut tags = Vec::new();
    for (id, def) in api.types() {
        let Shape::Union(union) = &def.shape else { continue };
        for (position, alternative) in union.alternatives.iter().enumerate() {
            let Type::Named(of) = alternative.variant.ty else { continue };
            // A union writes the tags of its own alternatives, and other types have no properties.
            if !matches!(api.type_def(of).shape, Shape::Struct(_)) {
                continue;
            }
            let mut missing = alternative.tags().filter_map(|(property, values)| {
                let field = fields.get(of, property);
                if field.is_some_and(|field| is_constant(api, field)) {
                    return None;
                }
                Some(Tag { property: property.to_owned(), value: tag(values, field)? })
            });
            if let Some(tag) = missing.next() {
                tags.push((id, position, tag));
            }
        }
    }
    tags
}

/// Returns the tag of an alternative with a property that may have these values.
fn tag(values: &[Constant], field: Option<&Field>) -> Option<Constant> {
    match (values, field) {
        ([only], _) => Some(only.clone()),
        (_, Some(field)) => field
            .default()
            .and_then(|default| Constant::of(&default))
            .filter(|default| values.contains(default)),
        // The type has no such field, so the caller cannot choose.
        (_, None) => values.first().cloned(),
    }
}

/// Returns true if a field always has the only value of its type.
fn is_constant(api: &Api, field: &Field) -> bool {
    match &field.kind {
        FieldKind::Required(Type::Bool) => field.constant_bool.is_some(),
        FieldKind::Required(Type::Named(id)) => {
            matches!(&api.type_def(*id).shape, Shape::Enum(it) if it.values.len() == 1)
        }
        _ => false,
    }
}

impl<'a> Fields<'a> {
    /// Returns the field of a struct with a name.
    fn get(&mut self, of: TypeId, name: &str) -> Option<&'a Field> {
        let fields = self.of_structs.entry(of).or_insert_with(|| match &self.api.type_def(of).shape {
            // Of fields with the same name, the first counts.
            Shape::Struct(it) => it.fields.iter().rev().map(|field| (field.name.as_str(), field)).collect(),
            _ => HashMap::new(),
        });
        fields.get(name).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::{
        Alternative, Constraint, Docs, Enum, EnumKind, EnumValue, MatchRule, Strategy, Union, Variant,
    };
    use crate::passes::fixture::{LONG, api, named, object, on_small_stack};

    /// Returns a union with one alternative: a type whose property `kind` has one of these values.
    fn union_of(ty: Type, values: &[&str]) -> Shape {
        let values = values.iter().map(|value| Constant::Text((*value).to_owned())).collect();
        let alternative = Alternative {
            variant: Variant { key: "it".to_owned(), schema: None, docs: Docs::default(), ty },
            is_named: true,
            match_rules: vec![MatchRule::Tag { member: "kind".to_owned(), values }],
            tag: None,
        };
        Shape::Union(Union {
            alternatives: vec![alternative],
            strategy: Strategy::Discriminator,
            criteria: Vec::new(),
            ambiguous: Vec::new(),
        })
    }

    fn enum_of(values: &[&str]) -> Shape {
        let value =
            |wire: &&str| EnumValue { wire: (*wire).to_owned(), name: (*wire).to_owned(), text: None };
        Shape::Enum(Enum {
            values: values.iter().map(value).collect(),
            kind: EnumKind::Text,
            default: None,
            is_open: false,
        })
    }

    fn tag_of(shape: &Shape) -> Option<&str> {
        let Shape::Union(union) = shape else { return None };
        union.alternatives[0].tag.as_ref().and_then(|tag| tag.value.as_text())
    }

    /// Expects the tag of an alternative with the shape `of`, whose property has one of `values`.
    #[track_caller]
    fn check(of: Shape, values: &[&str], expected: Option<&str>) {
        let types = [union_of(named(1), values), of, enum_of(&["cat"]), enum_of(&["cat", "dog"])];
        let mut api = api(["Union", "It", "One", "Two"].map(str::to_owned).into_iter().zip(types));
        assign(&mut api);
        assert_eq!(tag_of(&api.types[0].shape), expected);
    }

    #[test]
    fn a_union_writes_tags_that_its_alternatives_may_not_write() {
        check(object([]), &["cat"], Some("cat"));
        check(object([("kind", FieldKind::Optional(named(2)))]), &["cat"], Some("cat"));
        check(object([("kind", FieldKind::Required(Type::String))]), &["cat"], Some("cat"));
        check(object([("kind", FieldKind::Required(named(3)))]), &["cat"], Some("cat"));
        check(object([]), &["cat", "dog"], Some("cat"));
    }

    #[test]
    fn an_alternative_that_always_writes_its_tag_needs_none() {
        check(object([("kind", FieldKind::Required(named(2)))]), &["cat"], None);
        check(union_of(named(1), &["cat"]), &["cat"], None);
    }

    #[test]
    fn the_caller_chooses_between_values_unless_there_is_a_default() {
        let with_default = |default: &str| {
            let mut it = object([("kind", FieldKind::Required(Type::String))]);
            if let Shape::Struct(it) = &mut it {
                it.fields[0].docs.constraints.push(Constraint::Default(format!("{default:?}")));
            }
            it
        };
        check(object([("kind", FieldKind::Required(Type::String))]), &["cat", "dog"], None);
        check(with_default("dog"), &["cat", "dog"], Some("dog"));
        check(with_default("owl"), &["cat", "dog"], None);
    }

    #[test]
    fn unions_that_share_a_large_struct_are_fast() {
        on_small_stack(|| {
            let mut large = object([]);
            let Shape::Struct(it) = &mut large else { unreachable!("it is a struct") };
            let Shape::Struct(one) = object([("other", FieldKind::Optional(Type::String))]) else {
                unreachable!("it is a struct")
            };
            it.fields = one.fields.into_iter().cycle().take(LONG).collect();
            let unions = (1..=LONG).map(|index| (format!("U{index}"), union_of(named(0), &["cat"])));
            let mut api = api([("Large".to_owned(), large)].into_iter().chain(unions));
            assign(&mut api);
            assert!(api.types[1..].iter().all(|def| tag_of(&def.shape) == Some("cat")));
        });
    }
}
