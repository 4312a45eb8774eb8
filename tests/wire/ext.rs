//! The types that codegen.toml names.

/// An amount in cents, which is a decimal in a string on the wire.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Money(pub i64);

impl serde::Serialize for Money {
    fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        output.collect_str(&format_args!("{}.{:02}", self.0 / 100, self.0 % 100))
    }
}

impl<'de> serde::Deserialize<'de> for Money {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let text = String::deserialize(input)?;
        let cents = text.split_once('.').and_then(|(whole, cents)| format!("{whole}{cents}").parse().ok());
        cents.map(Self).ok_or_else(|| serde::de::Error::custom("expected a price such as 1.50"))
    }
}

/// Where a pet lives.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Address {
    /// The street.
    pub street: String,
}
