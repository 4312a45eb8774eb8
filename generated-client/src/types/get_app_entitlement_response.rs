// @generated from the OpenAPI document. Change the document, and generate again.

use super::AppEntitlementView;
use crate::runtime::wire;

/// An entitlement with its expanded objects.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct GetAppEntitlementResponse {
    /// The entitlement, with paths into `expanded`.
    pub app_entitlement_view: Option<AppEntitlementView>,
    /// The related objects.
    pub expanded: Vec<wire::Any>,
    /// Unknown properties, preserved as received.
    pub unknown_fields: wire::UnknownFields,
}

impl GetAppEntitlementResponse {
    /// Sets [`app_entitlement_view`](Self::app_entitlement_view).
    #[must_use]
    pub fn with_app_entitlement_view(mut self, value: AppEntitlementView) -> Self {
        self.app_entitlement_view = Some(value);
        self
    }

    /// Sets [`expanded`](Self::expanded).
    #[must_use]
    pub fn with_expanded(
        mut self,
        value: impl IntoIterator<Item = impl wire::IntoItem<wire::Any>>,
    ) -> Self {
        self.expanded = wire::list(value);
        self
    }
}

impl wire::Struct for GetAppEntitlementResponse {
    fn read<'de, D: wire::Deserializer<'de>>(
        &mut self,
        field: usize,
        input: wire::Input<'de, D>,
    ) -> Result<(), D::Error> {
        match field {
            0 => input.optional(&mut self.app_entitlement_view),
            1 => input.plain_as::<wire::List, _>(&mut self.expanded),
            _ => input.unknown(&mut self.unknown_fields),
        }
    }
}

impl<'de> serde::Deserialize<'de> for GetAppEntitlementResponse {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        wire::deserialize_struct(
            input,
            "c1.api.app.v1.GetAppEntitlementResponse",
            &["appEntitlementView", "expanded"],
        )
    }
}

impl serde::Serialize for GetAppEntitlementResponse {
    fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        let mut output = wire::Output::object(output)?;
        output.put_some("appEntitlementView", &self.app_entitlement_view);
        output.put_as::<wire::List, _>("expanded", &self.expanded);
        output.unknown::<Self>(&self.unknown_fields);
        output.end()
    }
}
