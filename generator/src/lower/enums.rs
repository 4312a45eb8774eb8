//! Enums: listed strings, integers, or both.

use openapiv3::{ReferenceOr, Schema};
use serde_json::Value;

use super::Lower;
use super::all_of::SchemaPart;
use super::keywords::Keywords;
use super::schema::Site;
use super::union::Choice;
use crate::diagnostics::{Code, Pointer};
use crate::ir::{
    Alternative, Constant, Docs, Enum, EnumKind, EnumValue, MatchRule, Shape, Strategy, Type, TypeId, Union,
    ValueKind, Variant,
};

/// A listed value.
#[derive(Clone, Debug)]
struct ListedValue {
    value: Value,
    /// The name that the document gives to the value, if any.
    name: Option<String>,
    /// The description of the value.
    text: Option<String>,
}

impl<'a> Lower<'a, '_> {
    /// Lowers a schema with `enum` or `const`. Returns `None` if the values make no enum.
    pub(super) fn lower_enum(&mut self, keywords: &Keywords<'a>, at: &Pointer, site: &Site) -> Option<Type> {
        if keywords.values.is_empty() {
            return None;
        }
        self.lower_listed(&listed(keywords), keywords, &at.child("enum"), at, site)
    }

    /// Lowers a union of constants with titles or descriptions: an enum with documented values.
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

    /// Lowers a schema with `enum` to an enum of the values that are allowed elsewhere as well. Names and
    /// descriptions come from `described`.
    pub(super) fn lower_subset(
        &mut self,
        SchemaPart { keywords, at }: &SchemaPart<'a>,
        described: &[&Keywords<'a>],
        is_allowed: impl Fn(&Value) -> bool,
        site: &Site,
    ) -> Option<Type> {
        let described: Vec<ListedValue> = described.iter().flat_map(|it| listed(it)).collect();
        let describes =
            |own: &ListedValue| described.iter().find(|it| it.value == own.value && it.is_described());
        let values: Vec<ListedValue> = listed(keywords)
            .into_iter()
            .filter(|own| is_allowed(&own.value))
            .map(|own| describes(&own).cloned().unwrap_or(own))
            .collect();
        let place = at.child("enum");
        self.lower_listed(&values, keywords, &place, at, site)
    }

    /// Returns the variant for an inline alternative that allows one string or one integer: a unit variant.
    ///
    /// A component keeps a type of its own, and a boolean constant is not worth a variant.
    pub(super) fn lower_constant(&self, choice: &Choice<'a>) -> Option<Variant> {
        let keywords = Keywords::of(choice.schema.as_item()?);
        let [only]: [ListedValue; 1] =
            listed(&keywords).try_into().ok().filter(|_| keywords.all_of.is_empty())?;
        let docs = Docs { constraints: Vec::new(), ..self.docs_of_choice(choice) };
        only.as_variant(docs).map(|(_, variant)| variant)
    }

    fn lower_listed(
        &mut self,
        listed: &[ListedValue],
        keywords: &Keywords<'a>,
        place: &Pointer,
        at: &Pointer,
        site: &Site,
    ) -> Option<Type> {
        let texts: Vec<&ListedValue> = listed.iter().filter(|it| it.value.is_string()).collect();
        let integers: Vec<&ListedValue> = listed.iter().filter(|it| it.value.is_i64()).collect();
        let has_booleans = listed.iter().any(|it| it.value.is_boolean());
        let count = texts.len() + integers.len();
        if count + listed.iter().filter(|it| it.value.is_boolean()).count() < listed.len() {
            self.diagnostics.report(
                Code::UnsupportedKeyword,
                place,
                "some values are neither strings nor integers, so no Rust enum is generated",
                "list only strings and integers",
            );
            return None;
        }
        if count == 0 {
            // `enum: [true, false]` means the same as `type: boolean`.
            return Some(Type::Bool);
        }
        let docs = self.docs(keywords, at);
        let default = keywords.data.default.as_ref();
        if integers.is_empty() && !has_booleans {
            let shape = self.text_enum(&texts, default, place);
            let id = self.reserve_at(site, docs);
            return Some(self.define(id, shape));
        }
        if texts.is_empty() && !has_booleans {
            let shape = self.integer_enum(&integers, default, place);
            let id = self.reserve_at(site, docs);
            return Some(self.define(id, shape));
        }
        Some(self.lower_mixed(&texts, &integers, has_booleans, (place, docs, site)))
    }

    /// Lowers values of several types to a union with an enum for each type.
    fn lower_mixed(
        &mut self,
        texts: &[&ListedValue],
        integers: &[&ListedValue],
        has_booleans: bool,
        (place, docs, site): (&Pointer, Docs, &Site),
    ) -> Type {
        let id = self.reserve_at(site, docs);
        let mut alternatives = Vec::new();
        for (key, kind, listed) in
            [("text", ValueKind::Text, texts), ("number", ValueKind::Integer, integers)]
        {
            alternatives.extend(self.lower_values(id, key, kind, listed, place));
        }
        if has_booleans {
            let variant = Variant { key: "bool".to_owned(), docs: Docs::default(), ty: Type::Bool };
            let match_rules = vec![MatchRule::ValueKind(ValueKind::Boolean)];
            alternatives.push(Alternative { variant, is_named: false, match_rules, tag: None });
        }
        self.define(id, Shape::Union(Union { alternatives, strategy: Strategy::JsonTypes }))
    }

    /// Lowers the values of one type: an enum, or a constant for a single value.
    fn lower_values(
        &mut self,
        owner: TypeId,
        key: &str,
        kind: ValueKind,
        listed: &[&ListedValue],
        place: &Pointer,
    ) -> Option<Alternative> {
        let docs = Docs { pointer: place.clone(), ..Docs::default() };
        let only = if let [only] = listed { only.as_variant(docs.clone()) } else { None };
        if let Some((constant, variant)) = only {
            let match_rules = vec![MatchRule::Constants(vec![constant])];
            return Some(Alternative { variant, is_named: false, match_rules, tag: None });
        }
        let shape = match kind {
            _ if listed.is_empty() => return None,
            ValueKind::Text => self.text_enum(listed, None, place),
            _ => self.integer_enum(listed, None, place),
        };
        let part = self.reserve_at(&Site::inside(owner, key), docs);
        let variant = Variant { key: key.to_owned(), docs: Docs::default(), ty: self.define(part, shape) };
        Some(Alternative {
            variant,
            is_named: false,
            match_rules: vec![MatchRule::ValueKind(kind)],
            tag: None,
        })
    }

    fn text_enum(&mut self, listed: &[&ListedValue], default: Option<&Value>, place: &Pointer) -> Shape {
        let texts: Vec<&str> = listed.iter().filter_map(|it| it.value.as_str()).collect();
        let prefix = prefix(&texts);
        let mut values: Vec<EnumValue> = Vec::with_capacity(texts.len());
        for (wire, it) in texts.iter().zip(listed) {
            if self.is_duplicate(wire, &values, place) {
                continue;
            }
            let own = wire.strip_prefix(prefix).filter(|name| !name.is_empty()).unwrap_or(wire);
            let name = it.name.clone().unwrap_or_else(|| name_of_text(own, &texts));
            values.push(EnumValue { wire: (*wire).to_owned(), name, text: it.text.clone() });
        }
        self.enum_of(values, EnumKind::Text, default.filter(|value| value.is_string()))
    }

    fn integer_enum(&mut self, listed: &[&ListedValue], default: Option<&Value>, place: &Pointer) -> Shape {
        let mut values: Vec<EnumValue> = Vec::with_capacity(listed.len());
        for it in listed {
            let wire = it.value.to_string();
            if !self.is_duplicate(&wire, &values, place) {
                let name = it.name.clone().unwrap_or_else(|| name_of_integer(&wire));
                values.push(EnumValue { wire, name, text: it.text.clone() });
            }
        }
        self.enum_of(values, EnumKind::Integer, default.filter(|value| value.is_number()))
    }

    /// Makes an enum and picks its default value.
    ///
    /// In protobuf's JSON absence means the first value. An enum with a single value defaults to it.
    /// Otherwise the default is the documented one, or else the empty string or zero, if it is listed.
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

    fn is_duplicate(&mut self, wire: &str, values: &[EnumValue], place: &Pointer) -> bool {
        let is_twice = values.iter().any(|value| value.wire == wire);
        if is_twice {
            self.diagnostics.report(
                Code::DuplicateEnumValue,
                place,
                format!("{} is listed twice in the enum", Value::from(wire)),
                "list each value once",
            );
        }
        is_twice
    }
}

impl ListedValue {
    /// Returns true if the value has a name or a description.
    fn is_described(&self) -> bool {
        self.name.is_some() || self.text.is_some()
    }

    /// Returns a unit variant for this value, or `None` for a boolean.
    fn as_variant(&self, docs: Docs) -> Option<(Constant, Variant)> {
        let constant = constant(&self.value)?;
        let name = match &constant {
            Constant::Text(text) => name_of_text(text, &[]),
            Constant::Integer(number) => name_of_integer(&number.to_string()),
            Constant::Boolean(_) => return None,
        };
        let key = self.name.clone().unwrap_or(name);
        let docs = Docs { text: docs.text.or_else(|| self.text.clone()), ..docs };
        Some((constant.clone(), Variant { key, docs, ty: Type::Constant(constant) }))
    }
}

/// Returns the name of a string value. The empty string is called `empty`, unless another value is.
fn name_of_text(text: &str, others: &[&str]) -> String {
    match text {
        "" if others.iter().any(|other| other.eq_ignore_ascii_case("empty")) => "empty text".to_owned(),
        "" => "empty".to_owned(),
        text => text.to_owned(),
    }
}

/// Returns the name of an integer value in decimal.
fn name_of_integer(decimal: &str) -> String {
    match decimal.strip_prefix('-') {
        Some(digits) => format!("minus {digits}"),
        None => format!("value {decimal}"),
    }
}

/// Returns a value as a constant that can distinguish alternatives, if it is a string, an integer or a
/// boolean.
pub(super) fn constant(value: &Value) -> Option<Constant> {
    Constant::of(value)
}

/// Returns the listed values of a schema with their names and descriptions, which come from common
/// extensions. A single number is named by the schema's title.
fn listed(keywords: &Keywords<'_>) -> Vec<ListedValue> {
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
    let values = keywords.values.iter().enumerate().map(|(index, value)| ListedValue {
        value: value.clone(),
        name: text(names, index).or_else(|| title.filter(|_| value.is_number()).cloned()),
        text: text(texts, index).or_else(|| description.or(title.filter(|_| !value.is_number())).cloned()),
    });
    values.collect()
}

/// Returns the prefix of protobuf enum values: the text before `UNSPECIFIED` in the zero value.
///
/// It depends on that value only, so a new value never renames the others.
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
    fn the_zero_value_determines_the_prefix() {
        check(&["COLOR_UNSPECIFIED", "COLOR_RED"], "COLOR_");
        check(&["COLOR_RED", "COLOR_GREEN"], "");
        check(&["UNSPECIFIED", "RED"], "");
    }
}
