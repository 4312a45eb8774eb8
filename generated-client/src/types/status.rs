// @generated from the OpenAPI document. Change the document, and generate again.

use crate::runtime::wire;

/// The reason why a request failed.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Status {
    /// The gRPC status code, such as 5 for "not found".
    pub code: i32,
    /// A message for developers. It ends with the id of the request.
    pub message: String,
    /// Details that programs can read.
    pub details: Vec<wire::Any>,
    /// Unknown properties, preserved as received.
    pub unknown_fields: wire::UnknownFields,
}

impl Status {
    /// Sets [`code`](Self::code).
    #[must_use]
    pub fn with_code(mut self, value: i32) -> Self {
        self.code = value;
        self
    }

    /// Sets [`message`](Self::message).
    #[must_use]
    pub fn with_message(mut self, value: &str) -> Self {
        self.message = value.to_owned();
        self
    }

    /// Sets [`details`](Self::details).
    #[must_use]
    pub fn with_details(
        mut self,
        value: impl IntoIterator<Item = impl wire::IntoItem<wire::Any>>,
    ) -> Self {
        self.details = wire::list(value);
        self
    }
}

impl wire::Struct for Status {
    fn read<'de, D: wire::Deserializer<'de>>(
        &mut self,
        field: usize,
        input: wire::Input<'de, D>,
    ) -> Result<(), D::Error> {
        match field {
            0 => input.plain_as::<wire::Whole, _>(&mut self.code),
            1 => input.plain(&mut self.message),
            2 => input.plain_as::<wire::List, _>(&mut self.details),
            _ => input.unknown(&mut self.unknown_fields),
        }
    }
}

impl<'de> serde::Deserialize<'de> for Status {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        wire::deserialize_struct(
            input,
            "google.rpc.Status",
            &["code", "message", "details"],
        )
    }
}

impl serde::Serialize for Status {
    fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        let mut output = wire::Output::object(output)?;
        output.put("code", &self.code);
        output.put("message", &self.message);
        output.put_as::<wire::List, _>("details", &self.details);
        output.unknown::<Self>(&self.unknown_fields);
        output.end()
    }
}
