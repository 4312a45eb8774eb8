//! Scalars and enums: values that the sender may send and the receiver does not accept.
//!
//! A server accepts what the document says. A client accepts more: a string of any format where its type is a string, and
//! any value of an enum. Imports `ir`.

use std::collections::HashSet;

use super::view::{JsonType, View};
use crate::ir::{Enum, EnumKind, Type};

/// The receiver of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Receiver {
    Client,
    Server {
        /// True if the server decodes ProtoJSON, where integers are numbers or strings.
        protojson: bool,
    },
}

/// Returns true if the receiver accepts every value of the sender. Both are booleans, numbers or strings.
pub(super) fn accepts(receiver: Receiver, sent: &View<'_>, received: &View<'_>) -> bool {
    match (sent, received) {
        (View::Scalar(sent), View::Scalar(received)) => accepts_scalar(receiver, sent, received),
        (_, View::Scalar(received)) => match received {
            Type::String => sent.json_type() == JsonType::Text,
            Type::Bool => sent.json_type() == JsonType::Boolean,
            Type::Integer { .. } | Type::Float { .. } => sent.json_type() == JsonType::Number,
            _ => false,
        },
        _ => {
            // A client keeps a number that it does not expect among strings.
            let is_kept = receiver == Receiver::Client && matches!(received, View::Enum(_));
            sent.json_type() == received.json_type() || (is_kept && sent.json_type() == JsonType::Number)
        }
    }
}

fn accepts_scalar(receiver: Receiver, sent: &Type, received: &Type) -> bool {
    let is_client = receiver == Receiver::Client;
    match (sent, received) {
        (sent, received) if sent == received => true,
        (
            Type::Integer { width: sent, quoted: is_text },
            Type::Integer { width: received, quoted: takes_text },
        ) => {
            let is_same_form = match receiver {
                Receiver::Client => *takes_text || !is_text,
                Receiver::Server { protojson } => protojson || is_text == takes_text,
            };
            is_same_form && received.least() <= sent.least() && sent.greatest() <= received.greatest()
        }
        (Type::Integer { quoted, .. }, Type::Float { lenient }) => *lenient || !quoted,
        (Type::Float { .. }, Type::Float { .. }) => true,
        (Type::Integer { quoted: false, .. } | Type::Float { .. } | Type::Bool, _) => false,
        (_, Type::String) => true,
        (Type::DateTime | Type::Timestamp, Type::DateTime | Type::Timestamp) => true,
        (Type::Bytes { .. }, Type::Bytes { .. }) => is_client,
        _ => false,
    }
}

/// Returns the values of the sender that the receiver does not list, or `None` if both list no values, or values of
/// different types.
pub(super) fn unlisted<'a>(sent: &View<'a>, received: &View<'a>) -> Option<Unlisted> {
    let (sent, received) = (Listed::of(sent)?, Listed::of(received)?);
    if received.is_open {
        return Some(Unlisted::Values(Vec::new()));
    }
    if sent.is_open {
        return Some(Unlisted::Any);
    }
    let known: HashSet<&str> = received.values.iter().map(String::as_str).collect();
    Some(Unlisted::Values(sent.values.into_iter().filter(|value| !known.contains(value.as_str())).collect()))
}

/// Values of a sender that the receiver does not list.
pub(super) enum Unlisted {
    Values(Vec<String>),
    /// The sender may send any value.
    Any,
}

/// Listed values.
struct Listed {
    values: Vec<String>,
    is_open: bool,
}

impl Listed {
    fn of(view: &View<'_>) -> Option<Self> {
        match view {
            View::Enum(it) => Some(Self {
                values: it.values.iter().map(|value| value.wire.clone()).collect(),
                is_open: it.is_open,
            }),
            View::Constant(constant) => Some(Self { values: vec![constant.wire()], is_open: false }),
            _ => None,
        }
    }
}

/// Returns true for a type with listed values only.
pub(super) fn is_closed_enum(view: &View<'_>) -> bool {
    match view {
        View::Enum(Enum { is_open, kind: EnumKind::Text | EnumKind::Integer, .. }) => !is_open,
        View::Constant(_) => true,
        _ => false,
    }
}
