//! Pairs of types: values that the sender may send and the receiver does not accept.
//!
//! Imports `ir`.

use super::comparison::{Comparison, Pair, Task};
use super::objects::{self, Object};
use super::place::{Place, list};
use super::scalars::{self, Receiver, Unlisted};
use super::unions::{self, Choice};
use super::value_kinds as kinds;
use super::view::View;
use super::{WireDirection, WireSeverity as Severity};
use crate::ir::{Type, TypeDef};

/// Compares all pairs of the queue, and the pairs inside them.
pub(super) fn compare_queued(comparison: &mut Comparison<'_>) {
    while let Some(task) = comparison.next() {
        compare(comparison, task);
    }
}

fn compare<'a>(comparison: &mut Comparison<'a>, task: Task<'a>) {
    let Task { node, pair: Pair { old, new, direction }, place } = task;
    let (old_view, new_view) = (View::of(comparison.old, old), View::of(comparison.new, new));
    let mut types = Types { comparison, task: Task { node, pair: Pair { old, new, direction }, place } };
    types.enter_named();
    match (old_view, new_view) {
        (View::Nullable(_), _) | (_, View::Nullable(_)) => types.nullable(old_view, new_view),
        (View::Union(_), _) | (_, View::Union(_)) => types.unions(),
        _ => types.plain(old_view, new_view),
    }
}

struct Types<'c, 'a> {
    comparison: &'c mut Comparison<'a>,
    task: Task<'a>,
}

impl<'a> Types<'_, 'a> {
    /// Sets the place to the place of the named types.
    fn enter_named(&mut self) {
        let Comparison { old, new, .. } = &*self.comparison;
        if let (Type::Named(old_id), Type::Named(new_id)) = (self.task.pair.old, self.task.pair.new) {
            let (old, new) = (old.type_def(*old_id), new.type_def(*new_id));
            self.task.place = self.task.place.of_type(&old.docs.pointer, &new.docs.pointer);
        }
    }

    fn sent_and_received<T>(&self, old: T, new: T) -> (T, T) {
        match self.task.pair.direction {
            WireDirection::Request => (old, new),
            WireDirection::Response => (new, old),
        }
    }

    fn receiver(&self) -> Receiver {
        match self.task.pair.direction {
            WireDirection::Request => Receiver::Server { protojson: self.comparison.new.protojson },
            WireDirection::Response => Receiver::Client,
        }
    }

    fn visit(&mut self, old: &'a Type, new: &'a Type, place: Place) {
        let pair = Pair { old, new, direction: self.task.pair.direction };
        self.comparison.visit(self.task.node, pair, place);
    }

    fn report(&mut self, kinds: kinds::ValueKinds, severity: Severity, message: String) {
        let direction = self.task.pair.direction;
        let place = self.task.place.clone();
        let kind = kinds.of(direction, place.subject);
        self.comparison.report((self.task.node, direction), (kind, severity), &place, message);
    }

    fn nullable(&mut self, old: View<'a>, new: View<'a>) {
        let (sent, received) = self.sent_and_received(old, new);
        // Clients keep null as an unknown value of a union.
        let takes_null = match received {
            View::Nullable(_) | View::Anything => true,
            View::Union(_) => self.receiver() == Receiver::Client,
            _ => false,
        };
        if matches!(sent, View::Nullable(_)) && !takes_null {
            let message = match self.task.pair.direction {
                WireDirection::Request => format!("{} can no longer be null", self.task.place.name),
                WireDirection::Response => {
                    format!("{} can be null now, but old clients expect a value", self.task.place.name)
                }
            };
            self.report(kinds::NULL, Severity::Error, message);
        }
        let inner = |view: View<'a>, ty: &'a Type| if let View::Nullable(inner) = view { inner } else { ty };
        let (old, new) = (inner(old, self.task.pair.old), inner(new, self.task.pair.new));
        self.visit(old, new, self.task.place.clone());
    }

    fn unions(&mut self) {
        let Task { node, pair, place } = self.task.clone();
        let old = Choice::of(self.comparison.old, pair.old);
        let new = Choice::of(self.comparison.new, pair.new);
        unions::compare(self.comparison, node, &place, pair.direction, (&old, &new));
    }

    /// Compares types that are neither unions nor nullable.
    fn plain(&mut self, old: View<'a>, new: View<'a>) {
        let (sent, received) = self.sent_and_received(old, new);
        match (old, new) {
            _ if matches!(received, View::Anything) => {}
            (View::Object(old), View::Object(new)) => self.objects(old, new),
            (View::Map(old), View::Map(new)) => self.visit(old, new, self.task.place.inside("the values")),
            (View::List(old), View::List(new)) => self.visit(old, new, self.task.place.inside("the items")),
            (View::Tuple(old), View::Tuple(new)) if old.len() == new.len() => {
                for (old, new) in old.iter().zip(new) {
                    self.visit(old, new, self.task.place.inside("the items"));
                }
            }
            (View::Tuple(old), View::List(new)) if self.task.pair.direction == WireDirection::Request => {
                old.iter().for_each(|old| self.visit(old, new, self.task.place.inside("the items")));
            }
            (View::List(old), View::Tuple(new)) if self.task.pair.direction == WireDirection::Response => {
                new.iter().for_each(|new| self.visit(old, new, self.task.place.inside("the items")));
            }
            _ if matches!(received, View::AnyObject) && is_object(&sent) => {}
            _ if is_object(&sent) && is_object(&received) => self.object_and_map(old, new),
            _ if is_scalar(&sent) && is_scalar(&received) => self.scalars(old, new),
            _ => self.changed(Severity::Error, old, new),
        }
    }

    fn objects(&mut self, old: &'a TypeDef, new: &'a TypeDef) {
        let Task { node, pair, place } = self.task.clone();
        let old = Object::of(self.comparison.old, old);
        let new = Object::of(self.comparison.new, new);
        objects::compare(self.comparison, node, &place, pair.direction, (&old, &new));
    }

    /// Compares an object that has properties with an object that may have any.
    fn object_and_map(&mut self, old: View<'a>, new: View<'a>) {
        let Task { node, pair, .. } = self.task;
        let (_, received) = self.sent_and_received(old, new);
        match (old, new) {
            (View::Object(def), View::Map(values)) if matches!(received, View::Map(_)) => {
                let object = Object::of(self.comparison.old, def);
                objects::compare_with_map(self.comparison, node, pair.direction, &object, values, true);
            }
            (View::Map(values), View::Object(def)) if matches!(received, View::Map(_)) => {
                let object = Object::of(self.comparison.new, def);
                objects::compare_with_map(self.comparison, node, pair.direction, &object, values, false);
            }
            _ => {
                let api = match pair.direction {
                    WireDirection::Request => self.comparison.new,
                    WireDirection::Response => self.comparison.old,
                };
                let requires = match received {
                    View::Object(def) => Object::of(api, def).requires_anything(),
                    _ => true,
                };
                self.changed(if requires { Severity::Error } else { Severity::Warning }, old, new);
            }
        }
    }

    fn scalars(&mut self, old: View<'a>, new: View<'a>) {
        let (sent, received) = self.sent_and_received(old, new);
        if !scalars::accepts(self.receiver(), &sent, &received) {
            self.changed(Severity::Error, old, new);
            return;
        }
        let is_request = self.task.pair.direction == WireDirection::Request;
        let name = self.task.place.name.clone();
        match scalars::unlisted(&sent, &received) {
            Some(Unlisted::Values(values)) if values.is_empty() => {}
            Some(Unlisted::Values(values)) => {
                let values: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
                let values = list(values.iter().map(String::as_str));
                let (severity, message) = match is_request {
                    true => (Severity::Error, format!("{name} no longer allows {values}")),
                    false => (Severity::Note, format!("{name} may be {values}, unknown to old clients")),
                };
                self.report(kinds::ENUM_VALUE, severity, message);
            }
            Some(Unlisted::Any) | None if scalars::is_closed_enum(&received) => {
                if is_request {
                    let kind = kinds::BECAME_ENUM.of(self.task.place.subject);
                    let place = self.task.place.clone();
                    let message = format!("{name} only allows the listed values");
                    let at = (self.task.node, self.task.pair.direction);
                    self.comparison.report(at, (kind, Severity::Error), &place, message);
                } else {
                    let message = format!("{name} may have any value, which is unknown to old clients");
                    self.report(kinds::ENUM_VALUE, Severity::Note, message);
                }
            }
            Some(Unlisted::Any) | None => {}
        }
    }

    fn changed(&mut self, severity: Severity, old: View<'_>, new: View<'_>) {
        let message = format!("{} changed from {} to {}", self.task.place.name, old.words(), new.words());
        self.report(kinds::TYPE_CHANGED, severity, message);
    }
}

fn is_object(view: &View<'_>) -> bool {
    matches!(view, View::Object(_) | View::AnyObject | View::Map(_))
}

fn is_scalar(view: &View<'_>) -> bool {
    matches!(view, View::Scalar(_) | View::Enum(_) | View::Constant(_))
}
