//! Enums: values that a document lists, of strings, of integers, or of both.

use openapiv3::{ReferenceOr, Schema};
use serde_json::Value;

use super::Lower;
use super::compose::Part;
use super::keywords::Keywords;
use super::schema::Site;
use super::union::Choice;
use crate::diagnostics::{Code, Pointer};
use crate::ir::{
    Alternative, Constant, Docs, Enum, EnumKind, EnumValue, Kind, Look, Shape, Strategy, Type, TypeId, Union,
    Variant,
};

/// A value that a document lists.
#[derive(Clone, Debug)]
struct Listed {
    value: Value,
    /// What the document calls it, where it does.
    name: Option<String>,
    /// What the document says about it.
    text: Option<String>,
}

impl<'a> Lower<'a, '_> {
    /// A schema with `enum` or `const`, unless its values make no enum.
    pub(super) fn lower_enum(&mut self, keywords: &Keywords<'a>, at: &Pointer, site: &Site) -> Option<Type> {
        if keywords.values.is_empty() {
            return None;
        }
        self.lower_listed(&listed(keywords), keywords, &at.child("enum"), at, site)
    }

    /// Alternatives that are constants each, with a title or a description: an enum that says more of its values.
    pub(super) fn lower_constants(
        &mut self,
        alternatives: &'a [ReferenceOr<Schema>],
        keywords: &Keywords<'a>,
        place: &Pointer,
        at: &Pointer,
        site: &Site,
    ) -> Option<Type> {
        let mut values = Vec::new();
        for alternative in alternatives {
            let part = Keywords::of(alternative.as_item()?);
            if part.values.is_empty() || part.data.nullable {
                return None;
            }
            values.extend(listed(&part));
        }
        if values.is_empty() { None } else { self.lower_listed(&values, keywords, place, at, site) }
    }

    /// Those values of a schema with `enum` that are allowed elsewhere as well, with what `described` say of each.
    pub(super) fn lower_some_of(
        &mut self,
        Part { keywords, at }: &Part<'a>,
        described: &[&Keywords<'a>],
        is_allowed: impl Fn(&Value) -> bool,
        site: &Site,
    ) -> Option<Type> {
        let described: Vec<Listed> = described.iter().flat_map(|it| listed(it)).collect();
        let describes = |own: &Listed| described.iter().find(|it| it.value == own.value && it.says_more());
        let values: Vec<Listed> = listed(keywords)
            .into_iter()
            .filter(|own| is_allowed(&own.value))
            .map(|own| describes(&own).cloned().unwrap_or(own))
            .collect();
        let place = at.child("enum");
        self.lower_listed(&values, keywords, &place, at, site)
    }

    /// The alternative of a union that is one text or one integer, written where the union is: there is nothing to hold.
    /// A component has a type of its own, and a truth value is no rarer than its opposite.
    pub(super) fn lower_constant(&self, choice: &Choice<'a>) -> Option<Variant> {
        let keywords = Keywords::of(choice.schema.as_item()?);
        let [only]: [Listed; 1] = listed(&keywords).try_into().ok().filter(|_| keywords.all_of.is_empty())?;
        let docs = Docs { expectations: Vec::new(), ..self.docs_of_choice(choice) };
        only.alone(docs).map(|(_, variant)| variant)
    }

    fn lower_listed(
        &mut self,
        listed: &[Listed],
        keywords: &Keywords<'a>,
        place: &Pointer,
        at: &Pointer,
        site: &Site,
    ) -> Option<Type> {
        let texts: Vec<&Listed> = listed.iter().filter(|it| it.value.is_string()).collect();
        let integers: Vec<&Listed> = listed.iter().filter(|it| it.value.is_i64()).collect();
        let truths = listed.iter().any(|it| it.value.is_boolean());
        let count = texts.len() + integers.len();
        if count + listed.iter().filter(|it| it.value.is_boolean()).count() < listed.len() {
            self.diagnostics.report(
                Code::UnsupportedKeyword,
                place,
                "Some of the values are neither strings nor integers, so any value of the type is allowed.",
                "List strings or integers only to get an enum.",
            );
            return None;
        }
        if count == 0 {
            // A list of truth values says no more than their type, which it does say.
            return Some(Type::Bool);
        }
        let docs = self.docs(keywords, at);
        let default = keywords.data.default.as_ref();
        if integers.is_empty() && !truths {
            let shape = self.text_enum(&texts, default, place);
            let id = self.reserve_at(site, docs);
            return Some(self.define(id, shape));
        }
        if texts.is_empty() && !truths {
            let shape = self.integer_enum(&integers, default, place);
            let id = self.reserve_at(site, docs);
            return Some(self.define(id, shape));
        }
        Some(self.lower_mixed(&texts, &integers, truths, (place, docs, site)))
    }

    /// Values of several types: a union of an enum for each.
    fn lower_mixed(
        &mut self,
        texts: &[&Listed],
        integers: &[&Listed],
        truths: bool,
        (place, docs, site): (&Pointer, Docs, &Site),
    ) -> Type {
        let id = self.reserve_at(site, docs);
        let mut alternatives = Vec::new();
        for (key, kind, listed) in [("text", Kind::Text, texts), ("number", Kind::Integer, integers)] {
            alternatives.extend(self.lower_values(id, key, kind, listed, place));
        }
        if truths {
            let variant = Variant { key: "bool".to_owned(), docs: Docs::default(), ty: Type::Bool };
            let looks = vec![Look::Kind(Kind::Boolean)];
            alternatives.push(Alternative { variant, is_named: false, looks, tag: None });
        }
        self.define(id, Shape::Union(Union { alternatives, strategy: Strategy::Kinds }))
    }

    /// The values of one type among those of several: an enum, or a constant where it is one value.
    fn lower_values(
        &mut self,
        owner: TypeId,
        key: &str,
        kind: Kind,
        listed: &[&Listed],
        place: &Pointer,
    ) -> Option<Alternative> {
        let docs = Docs { pointer: place.clone(), ..Docs::default() };
        let only = if let [only] = listed { only.alone(docs.clone()) } else { None };
        if let Some((constant, variant)) = only {
            let looks = vec![Look::Constants(vec![constant])];
            return Some(Alternative { variant, is_named: false, looks, tag: None });
        }
        let shape = match kind {
            _ if listed.is_empty() => return None,
            Kind::Text => self.text_enum(listed, None, place),
            _ => self.integer_enum(listed, None, place),
        };
        let part = self.reserve_at(&Site::inside(owner, key), docs);
        let variant = Variant { key: key.to_owned(), docs: Docs::default(), ty: self.define(part, shape) };
        Some(Alternative { variant, is_named: false, looks: vec![Look::Kind(kind)], tag: None })
    }

    fn text_enum(&mut self, listed: &[&Listed], default: Option<&Value>, place: &Pointer) -> Shape {
        let texts: Vec<&str> = listed.iter().filter_map(|it| it.value.as_str()).collect();
        let prefix = prefix(&texts);
        let mut values: Vec<EnumValue> = Vec::with_capacity(texts.len());
        for (wire, it) in texts.iter().zip(listed) {
            if self.is_listed_twice(wire, &values, place) {
                continue;
            }
            let own = wire.strip_prefix(prefix).filter(|name| !name.is_empty()).unwrap_or(wire);
            let name = it.name.clone().unwrap_or_else(|| name_of_text(own, &texts));
            values.push(EnumValue { wire: (*wire).to_owned(), name, text: it.text.clone() });
        }
        self.enum_of(values, EnumKind::Text, default.filter(|value| value.is_string()))
    }

    fn integer_enum(&mut self, listed: &[&Listed], default: Option<&Value>, place: &Pointer) -> Shape {
        let mut values: Vec<EnumValue> = Vec::with_capacity(listed.len());
        for it in listed {
            let wire = it.value.to_string();
            if !self.is_listed_twice(&wire, &values, place) {
                let name = it.name.clone().unwrap_or_else(|| name_of_integer(&wire));
                values.push(EnumValue { wire, name, text: it.text.clone() });
            }
        }
        self.enum_of(values, EnumKind::Integer, default.filter(|value| value.is_number()))
    }

    /// Where absence has a meaning, it is the first value; and what can have one value only, has it. Elsewhere the
    /// document may name one, or have one that is empty: the empty text or zero.
    fn enum_of(&self, values: Vec<EnumValue>, kind: EnumKind, named: Option<&Value>) -> Shape {
        let default = if self.config.protojson || values.len() == 1 {
            Some(0)
        } else {
            let wire = named.map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
            let empty = match kind {
                EnumKind::Text => "",
                EnumKind::Integer => "0",
            };
            let named = values.iter().position(|value| Some(&value.wire) == wire.as_ref());
            named.or_else(|| values.iter().position(|value| value.wire == empty))
        };
        Shape::Enum(Enum { values, kind, default })
    }

    fn is_listed_twice(&mut self, wire: &str, values: &[EnumValue], place: &Pointer) -> bool {
        let is_twice = values.iter().any(|value| value.wire == wire);
        if is_twice {
            self.diagnostics.report(
                Code::DuplicateEnumValue,
                place,
                format!("The value {} is listed twice.", Value::from(wire)),
                "List each value once.",
            );
        }
        is_twice
    }
}

impl Listed {
    /// Whether the document says more of the value than that it is one.
    fn says_more(&self) -> bool {
        self.name.is_some() || self.text.is_some()
    }

    /// The variant of a union that is this value and nothing else; none of a truth value.
    fn alone(&self, docs: Docs) -> Option<(Constant, Variant)> {
        let constant = constant(&self.value)?;
        let called = match &constant {
            Constant::Text(text) => name_of_text(text, &[]),
            Constant::Integer(number) => name_of_integer(&number.to_string()),
            Constant::Boolean(_) => return None,
        };
        let key = self.name.clone().unwrap_or(called);
        let docs = Docs { text: docs.text.or_else(|| self.text.clone()), ..docs };
        Some((constant.clone(), Variant { key, docs, ty: Type::Constant(constant) }))
    }
}

/// What a text is called among others; the empty one is called so, unless another is.
fn name_of_text(text: &str, others: &[&str]) -> String {
    match text {
        "" if others.iter().any(|other| other.eq_ignore_ascii_case("empty")) => "empty text".to_owned(),
        "" => "empty".to_owned(),
        text => text.to_owned(),
    }
}

/// What an integer in decimal is called.
fn name_of_integer(decimal: &str) -> String {
    match decimal.strip_prefix('-') {
        Some(digits) => format!("minus {digits}"),
        None => format!("value {decimal}"),
    }
}

/// A value, if it is one that tells things apart.
pub(super) fn constant(value: &Value) -> Option<Constant> {
    match value {
        Value::String(text) => Some(Constant::Text(text.clone())),
        Value::Number(number) => number.as_i64().map(Constant::Integer),
        Value::Bool(truth) => Some(Constant::Boolean(*truth)),
        _ => None,
    }
}

/// The values of a schema, with what the document calls them: in extensions that generators agree on, or, where it is
/// one number, in its title.
fn listed(keywords: &Keywords<'_>) -> Vec<Listed> {
    let extension = |names: [&str; 2]| {
        let lists = names.into_iter().filter_map(|name| keywords.data.extensions.get(name)?.as_array());
        lists.into_iter().find(|list| list.len() == keywords.values.len())
    };
    let text = |list: Option<&Vec<Value>>, index: usize| {
        let text = list?.get(index)?.as_str()?.trim();
        (!text.is_empty()).then(|| text.to_owned())
    };
    let names = extension(["x-enum-varnames", "x-enumNames"]);
    let texts = extension(["x-enum-descriptions", "x-enumDescriptions"]);
    let is_constant = keywords.values.len() == 1;
    let title = keywords.data.title.as_ref().filter(|_| is_constant);
    let description = keywords.data.description.as_ref().filter(|_| is_constant);
    let values = keywords.values.iter().enumerate().map(|(index, value)| Listed {
        value: value.clone(),
        name: text(names, index).or_else(|| title.filter(|_| value.is_number()).cloned()),
        text: text(texts, index).or_else(|| description.or(title.filter(|_| !value.is_number())).cloned()),
    });
    values.collect()
}

/// The prefix that protobuf has every value of an enum begin with: what stands before `UNSPECIFIED` in the zero value.
///
/// It depends on that one value only, so a value that is added later renames none.
fn prefix<'t>(values: &[&'t str]) -> &'t str {
    values.iter().find_map(|value| value.strip_suffix("UNSPECIFIED")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::prefix;

    #[track_caller]
    fn check(values: &[&str], expected: &str) {
        assert_eq!(prefix(values), expected, "{values:?}");
    }

    #[test]
    fn the_zero_value_tells_the_prefix() {
        check(&["COLOR_UNSPECIFIED", "COLOR_RED"], "COLOR_");
        check(&["COLOR_RED", "COLOR_GREEN"], "");
        check(&["UNSPECIFIED", "RED"], "");
    }
}
