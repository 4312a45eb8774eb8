// @generated from the OpenAPI document. Change the document, and generate again.

use crate::runtime::wire;

/// Grants another entitlement instead.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct DelegatedProvision {
    /// The app of the other entitlement.
    pub app_id: String,
    /// The other entitlement.
    pub entitlement_id: String,
    /// True if the other entitlement is the one of the parent app.
    pub implicit: bool,
    /// Unknown properties, preserved as received.
    pub unknown_fields: wire::UnknownFields,
}

impl DelegatedProvision {
    /// Sets [`app_id`](Self::app_id).
    #[must_use]
    pub fn with_app_id(mut self, value: &str) -> Self {
        self.app_id = value.to_owned();
        self
    }

    /// Sets [`entitlement_id`](Self::entitlement_id).
    #[must_use]
    pub fn with_entitlement_id(mut self, value: &str) -> Self {
        self.entitlement_id = value.to_owned();
        self
    }

    /// Sets [`implicit`](Self::implicit).
    #[must_use]
    pub fn with_implicit(mut self, value: bool) -> Self {
        self.implicit = value;
        self
    }
}

impl wire::Struct for DelegatedProvision {
    fn read<'de, D: wire::Deserializer<'de>>(
        &mut self,
        field: usize,
        input: wire::Input<'de, D>,
    ) -> Result<(), D::Error> {
        match field {
            0 => input.plain(&mut self.app_id),
            1 => input.plain(&mut self.entitlement_id),
            2 => input.plain(&mut self.implicit),
            _ => input.unknown(&mut self.unknown_fields),
        }
    }
}

impl<'de> serde::Deserialize<'de> for DelegatedProvision {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        wire::deserialize_struct(
            input,
            "c1.api.policy.v1.DelegatedProvision",
            &["appId", "entitlementId", "implicit"],
        )
    }
}

impl serde::Serialize for DelegatedProvision {
    fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        let mut output = wire::Output::object(output)?;
        output.put("appId", &self.app_id);
        output.put("entitlementId", &self.entitlement_id);
        output.put("implicit", &self.implicit);
        output.unknown::<Self>(&self.unknown_fields);
        output.end()
    }
}
