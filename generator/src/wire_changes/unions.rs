//! Unions: alternatives are matched by discriminator, by component, by type and by JSON type, never by position.
//!
//! Imports `ir`.

use std::collections::{HashMap, HashSet};

use super::comparison::{Comparison, Node, Pair};
use super::place::{Place, alternatives, list};
use super::value_kinds as kinds;
use super::view::{JsonType, View};
use super::{WireDirection, WireSeverity as Severity};
use crate::ir::{Alternative, Api, Constant, MatchRule, Strategy, Type, TypeName, Union};

/// The types that a value may have: the alternatives of a union, or a single type.
pub(super) struct Choice<'a> {
    alternatives: Vec<Candidate<'a>>,
    union: Option<&'a Union>,
}

/// One of the types of a [`Choice`].
#[derive(Clone)]
struct Candidate<'a> {
    name: String,
    ty: &'a Type,
    /// The property that identifies the alternative, with its values.
    tag: Option<(&'a str, &'a [Constant])>,
    component: Option<&'a str>,
    json_type: JsonType,
}

impl<'a> Choice<'a> {
    pub(super) fn of(api: &'a Api, ty: &'a Type) -> Self {
        match View::of(api, ty) {
            View::Union(union) => Self {
                alternatives: union
                    .alternatives
                    .iter()
                    .map(|alternative| Candidate::of_alternative(api, alternative))
                    .collect(),
                union: Some(union),
            },
            view => {
                let candidate = Candidate::new(api, ty, view.words(), None);
                Self { alternatives: vec![candidate], union: None }
            }
        }
    }

    fn takes_anything(&self) -> bool {
        self.alternatives.iter().any(|candidate| *candidate.ty == Type::Json)
    }

    /// Returns true if the union looks at the JSON type only, so that another alternative of the type is taken for this
    /// one.
    fn mistakes(&self, json_type: JsonType) -> bool {
        let rules = self.union.into_iter().flat_map(|union| &union.alternatives);
        let is_blind = |alternative: &&Alternative| {
            alternative.match_rules.iter().any(|rule| match rule {
                MatchRule::Object { required } => required.is_empty(),
                MatchRule::List(rules) => rules.is_empty(),
                MatchRule::Anything | MatchRule::ValueKind(_) => true,
                _ => false,
            })
        };
        let is_trial = self.union.is_some_and(|union| union.strategy == Strategy::Trial);
        let mut blind = rules.zip(&self.alternatives).filter(|(alternative, _)| is_blind(alternative));
        !is_trial && blind.any(|(_, candidate)| candidate.json_type == json_type)
    }
}

impl<'a> Candidate<'a> {
    fn new(api: &'a Api, ty: &'a Type, name: String, tag: Option<(&'a str, &'a [Constant])>) -> Self {
        let component = match ty {
            Type::Named(id) => match &api.type_def(*id).name {
                TypeName::Component { key, .. } => Some(key.as_str()),
                TypeName::Inline { .. } | TypeName::InOperation { .. } => None,
            },
            _ => None,
        };
        let name = component.map_or(name, |key| format!("`{key}`"));
        Self { name, ty, tag, component, json_type: View::of(api, ty).json_type() }
    }

    fn of_alternative(api: &'a Api, alternative: &'a Alternative) -> Self {
        let name = format!("`{}`", alternative.variant.key);
        Self::new(api, &alternative.variant.ty, name, alternative.tags().next())
    }
}

/// Compares the types that a value may have. At least one side is a union.
pub(super) fn compare<'a>(
    comparison: &mut Comparison<'a>,
    node: Node,
    place: &Place,
    direction: WireDirection,
    (old, new): (&Choice<'a>, &Choice<'a>),
) {
    let (sent, received) = match direction {
        WireDirection::Request => (old, new),
        WireDirection::Response => (new, old),
    };
    let matches = matches(sent, received);
    let mut unmatched = Vec::new();
    let mut is_discriminator_reported = false;
    for (candidate, matched) in sent.alternatives.iter().zip(&matches) {
        let Some(position) = matched else {
            unmatched.push(candidate);
            continue;
        };
        let counterpart = &received.alternatives[*position];
        let (old, new) = match direction {
            WireDirection::Request => (candidate, counterpart),
            WireDirection::Response => (counterpart, candidate),
        };
        if let (Some((before, _)), Some((after, _))) = (old.tag, new.tag) {
            if before != after {
                // The rest of the value does not matter.
                if !std::mem::replace(&mut is_discriminator_reported, true) {
                    report_discriminator(comparison, node, place, direction, (before, after));
                }
                continue;
            }
        }
        comparison.visit(node, Pair { old: old.ty, new: new.ty, direction }, place.clone());
    }
    if !unmatched.is_empty() && !received.takes_anything() {
        report_unmatched(comparison, node, place, direction, (sent, received), &unmatched);
    }
}

fn report_discriminator(
    comparison: &mut Comparison<'_>,
    node: Node,
    place: &Place,
    direction: WireDirection,
    (old, new): (&str, &str),
) {
    let kind = kinds::DISCRIMINATOR_CHANGED.of(direction, place.subject);
    // Clients keep a value without the property that they look at.
    let severity = match direction {
        WireDirection::Request => Severity::Error,
        WireDirection::Response => Severity::Warning,
    };
    let message = format!("the discriminator of {} is `{new}`; it was `{old}`", place.name);
    comparison.report((node, direction), (kind, severity), place, message);
}

fn report_unmatched(
    comparison: &mut Comparison<'_>,
    node: Node,
    place: &Place,
    direction: WireDirection,
    (sent, received): (&Choice<'_>, &Choice<'_>),
    unmatched: &[&Candidate<'_>],
) {
    let names = || unmatched.iter().map(|candidate| candidate.name.as_str());
    let (names, all) = (list(names()), alternatives(names()));
    let is_changed = sent.union.is_none() || unmatched.len() == sent.alternatives.len();
    let name = &place.name;
    let (kinds, severity, message) = match direction {
        WireDirection::Request if is_changed => {
            (kinds::TYPE_CHANGED, Severity::Error, format!("{name} can no longer be {names}"))
        }
        WireDirection::Request => {
            (kinds::ONE_OF, Severity::Error, format!("{name} no longer allows the {all}"))
        }
        WireDirection::Response if received.union.is_none() && is_changed => {
            (kinds::TYPE_CHANGED, Severity::Error, format!("{name} became {names}"))
        }
        WireDirection::Response if received.union.is_none() => {
            let message = format!("{name} may be {names}, which old clients cannot decode");
            (kinds::ONE_OF, Severity::Error, message)
        }
        WireDirection::Response => {
            let mistaken = unmatched.iter().any(|candidate| received.mistakes(candidate.json_type));
            let (severity, effect) = match mistaken {
                true => (Severity::Warning, "mistaken for another one by old clients"),
                false => (Severity::Note, "unknown to old clients"),
            };
            (kinds::ONE_OF, severity, format!("{name} has the new {all}, {effect}"))
        }
    };
    comparison.report((node, direction), (kinds.of(direction, place.subject), severity), place, message);
}

/// Returns, for each type of the sender, the position of the type of the receiver that it is.
fn matches(sent: &Choice<'_>, received: &Choice<'_>) -> Vec<Option<usize>> {
    let mut matching = Matching {
        sent,
        received,
        found: vec![None; sent.alternatives.len()],
        taken: vec![false; received.alternatives.len()],
    };
    matching.by_tag();
    matching.by(|candidate| candidate.component.map(|component| (component, None)));
    matching.by(|candidate| match candidate.ty {
        // Ids of the documents are not comparable.
        Type::Named(_) => None,
        ty if ty.all_named().is_empty() => Some(("", Some(ty))),
        _ => None,
    });
    matching.by_name();
    matching.by_json_type();
    matching.found
}

struct Matching<'m, 'a> {
    sent: &'m Choice<'a>,
    received: &'m Choice<'a>,
    found: Vec<Option<usize>>,
    taken: Vec<bool>,
}

impl<'a> Matching<'_, 'a> {
    /// Returns the positions of the types without a match.
    fn open(&self) -> (Vec<usize>, Vec<usize>) {
        let sent = (0..self.found.len()).filter(|index| self.found[*index].is_none());
        let received = (0..self.taken.len()).filter(|index| !self.taken[*index]);
        (sent.collect(), received.collect())
    }

    fn pair(&mut self, sent: usize, received: usize) {
        if self.found[sent].is_none() && !std::mem::replace(&mut self.taken[received], true) {
            self.found[sent] = Some(received);
        }
    }

    fn by_tag(&mut self) {
        let (sent, received) = self.open();
        let mut known: HashMap<(&str, &Constant), usize> = HashMap::new();
        for index in received {
            let Some((property, values)) = self.received.alternatives[index].tag else { continue };
            for value in values {
                known.entry((property, value)).or_insert(index);
            }
        }
        for index in sent {
            let Some((property, values)) = self.sent.alternatives[index].tag else { continue };
            let found = values.iter().find_map(|value| known.get(&(property, value)));
            if let Some(found) = found.copied() {
                self.pair(index, found);
            }
        }
    }

    fn by(&mut self, key: impl Fn(&Candidate<'a>) -> Option<(&'a str, Option<&'a Type>)>) {
        let (sent, received) = self.open();
        let mut known = HashMap::new();
        for index in received {
            if let Some(key) = key(&self.received.alternatives[index]) {
                known.entry(key).or_insert(index);
            }
        }
        for index in sent {
            let found = key(&self.sent.alternatives[index]).and_then(|key| known.get(&key).copied());
            if let Some(found) = found {
                self.pair(index, found);
            }
        }
    }

    /// Matches inline schemas by their names. They are only comparable between unions.
    fn by_name(&mut self) {
        if self.sent.union.is_none() || self.received.union.is_none() {
            return;
        }
        let (sent, received) = self.open();
        let is_inline = |candidate: &Candidate<'_>| candidate.component.is_none();
        let known: HashMap<&str, usize> = received
            .into_iter()
            .filter(|index| is_inline(&self.received.alternatives[*index]))
            .map(|index| (self.received.alternatives[index].name.as_str(), index))
            .collect();
        let found: Vec<(usize, usize)> = sent
            .into_iter()
            .filter(|index| is_inline(&self.sent.alternatives[*index]))
            .filter_map(|index| Some((index, *known.get(self.sent.alternatives[index].name.as_str())?)))
            .collect();
        for (sent, received) in found {
            let has_same_type =
                self.sent.alternatives[sent].json_type == self.received.alternatives[received].json_type;
            if has_same_type {
                self.pair(sent, received);
            }
        }
    }

    /// Matches the remaining types that are alone with their JSON type on both sides. In two unions, components with
    /// different names are different objects.
    fn by_json_type(&mut self) {
        let (sent, received) = self.open();
        let are_unions = self.sent.union.is_some() && self.received.union.is_some();
        let alone = |choice: &Choice<'_>, open: &[usize]| {
            let mut alone: HashMap<JsonType, usize> = HashMap::new();
            let mut several = HashSet::new();
            for index in open {
                if alone.insert(choice.alternatives[*index].json_type, *index).is_some() {
                    several.insert(choice.alternatives[*index].json_type);
                }
            }
            alone.retain(|json_type, _| !several.contains(json_type));
            alone
        };
        let known = alone(self.received, &received);
        let mut found: Vec<(usize, usize)> = alone(self.sent, &sent)
            .into_iter()
            .filter_map(|(json_type, index)| Some((index, *known.get(&json_type)?)))
            .collect();
        found.sort_unstable();
        for (sent, received) in found {
            let (one, other) = (&self.sent.alternatives[sent], &self.received.alternatives[received]);
            let are_components = one.component.is_some() && other.component.is_some();
            let is_object = one.json_type == JsonType::Object;
            if !(are_unions && are_components && is_object) {
                self.pair(sent, received);
            }
        }
    }
}
