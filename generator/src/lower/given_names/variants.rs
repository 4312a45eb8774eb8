//! The names of `[names.variants]`: of values of enums, and of alternatives of unions.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::diagnostics::{Code, Pointer, closest};
use crate::document::{Document, SchemaId};
use crate::ir::{Alternative, Constant, GivenName, MatchRule, Shape, Type, TypeDef, TypeId, TypeName};
use crate::lower::context::Lower;
use crate::lower::name_entry::{give, schema_of_entry};
use crate::lower::stale::{self, HELP};

/// The positions of variants by everything that an entry can call them.
type Labels = HashMap<String, BTreeSet<usize>>;

/// Returns the names of variants, and reports entries that match nothing.
pub(super) fn of(lower: &mut Lower<'_, '_>, keys: &[&str]) -> BTreeMap<(TypeId, usize), GivenName> {
    let (document, config) = (lower.document, lower.config);
    let mut given = BTreeMap::new();
    if config.names.variants.is_empty() {
        return given;
    }
    let by_schema = by_schema(lower);
    let mut unmatched = Vec::new();
    for (schema, names) in &config.names.variants {
        let id = match schema_of_entry("variants", schema, document, lower.schemas) {
            Ok(id) => id,
            Err(stale) => {
                unmatched.push(stale);
                continue;
            }
        };
        let types = by_schema.get(&id).map(Vec::as_slice).unwrap_or_default();
        let labels: Vec<(TypeId, Labels)> = types
            .iter()
            .map(|id| (*id, labels(lower.types.type_def(*id), lower.types.defs(), document)))
            .collect();
        if labels.is_empty() && config.operations.is_selection() {
            continue;
        }
        for (variant, name) in names {
            let at = Pointer::in_config(["names", "variants", schema, variant]);
            let label = reference(variant, document).unwrap_or_else(|| variant.clone());
            let found = labels.iter().filter_map(|(id, labels)| Some((*id, labels.get(&label)?)));
            let found: Vec<(TypeId, &BTreeSet<usize>)> = found.collect();
            if found.is_empty() {
                let known = labels.iter().flat_map(|(_, labels)| labels.keys()).map(String::as_str);
                let known = known.filter(|label| !label.starts_with("#/"));
                let help = closest(variant, known).map(|meant| format!("did you mean `{meant}`?"));
                let help = help.unwrap_or_else(|| HELP.to_owned());
                let message = format!("`{variant}` is not a variant of `{schema}`");
                lower.diagnostics.report(Code::StaleName, &at, message, help);
            }
            for (id, positions) in found {
                let [position] = Vec::from_iter(positions.iter().copied())[..] else {
                    let message = format!("`{variant}` is several variants of `{schema}`");
                    let help = "use a value of the discriminator, or a reference to the alternative";
                    lower.diagnostics.report(Code::StaleName, &at, message, help);
                    continue;
                };
                let name = GivenName { name: name.clone(), at: at.clone() };
                give(&mut given, (id, position), name, lower.diagnostics);
            }
        }
    }
    stale::report(Code::StaleName, unmatched, keys, HELP, lower.diagnostics);
    given
}

/// Returns the types that have variants of each schema: its own, the types with its content, and the enums of the unions and
/// oneofs in it.
fn by_schema(lower: &Lower<'_, '_>) -> HashMap<SchemaId, Vec<TypeId>> {
    let mut found: HashMap<SchemaId, Vec<TypeId>> = HashMap::new();
    for (index, def) in lower.types.defs().iter().enumerate() {
        let id = TypeId::new(index);
        let around = match (&def.name, &def.shape) {
            (TypeName::Inline { owner, .. }, Shape::KeyedUnion(it)) if it.flattened => Some(*owner),
            (_, Shape::Struct(_)) => continue,
            _ => None,
        };
        let own = lower.types.schema_of(id).into_iter().chain(lower.schemas.find(&def.docs.pointer));
        let around = around.and_then(|owner| lower.types.schema_of(owner));
        let schemas: BTreeSet<SchemaId> = own.chain(around).collect();
        schemas.into_iter().for_each(|schema| found.entry(schema).or_default().push(id));
    }
    found
}

/// Returns what an entry can call the variants of a type.
fn labels(def: &TypeDef, defs: &[TypeDef], document: &Document) -> Labels {
    let mut labels = Labels::new();
    let mut add = |label: String, position: usize| {
        labels.entry(label).or_default().insert(position);
    };
    match &def.shape {
        Shape::Enum(it) => {
            it.values.iter().enumerate().for_each(|(position, value)| add(value.wire.clone(), position));
        }
        Shape::KeyedUnion(it) => {
            let variants = it.variants.iter().enumerate();
            variants.for_each(|(position, variant)| add(variant.key.clone(), position));
        }
        Shape::Union(it) => {
            for (position, alternative) in it.alternatives.iter().enumerate() {
                let names = labels_of_alternative(alternative, defs, document);
                names.into_iter().for_each(|label| add(label, position));
            }
        }
        Shape::Struct(_) => {}
    }
    labels
}

/// Returns what an entry can call an alternative: its name, its schema, the values that distinguish it, and its location.
fn labels_of_alternative(it: &Alternative, defs: &[TypeDef], document: &Document) -> Vec<String> {
    let at = &it.variant.docs.pointer;
    let mut labels = vec![it.variant.key.clone(), at.reference(), document.original(at).reference()];
    if let Type::Named(id) = &it.variant.ty {
        let def = &defs[id.index()];
        labels.push(def.docs.pointer.reference());
        if let TypeName::Component { key } = &def.name {
            labels.push(key.clone());
        }
    }
    labels.extend(it.variant.constant().map(Constant::wire));
    for rule in &it.match_rules {
        let tags = rule.conditions().iter().filter_map(|condition| match condition {
            MatchRule::Tag { values, .. } => Some(values),
            _ => None,
        });
        labels.extend(tags.flatten().map(Constant::wire));
    }
    labels
}

/// Returns the location that an entry refers to, if it is a reference.
fn reference(entry: &str, document: &Document) -> Option<String> {
    let target = entry.starts_with("#/").then(|| document.target(entry)).flatten();
    target.map(|at| at.reference())
}
