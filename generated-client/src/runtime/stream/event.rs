// @generated from the OpenAPI document. Change the document, and generate again.

//! [`Event`], a server-sent event.

/// A server-sent event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T = String> {
    /// The type of the event. The default is `message`.
    pub event: String,
    /// The id of this event or of the last event that had one; empty if no event had an id.
    pub id: String,
    /// The decoded data.
    pub data: T,
}
