// @generated from the OpenAPI document. Change the document, and generate again.

use super::{ActorObjectPermissions, AppEntitlement};
use crate::runtime::wire;

/// An entitlement, with paths to related objects in `expanded`.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct AppEntitlementView {
    /// The entitlement.
    pub app_entitlement: Option<AppEntitlement>,
    /// The path of the app, such as `$.expanded[0]`; empty if the app was not expanded.
    pub app_path: String,
    /// The path of the resource; empty if the resource was not expanded.
    pub app_resource_path: String,
    /// The path of the resource type; empty if the resource type was not expanded.
    pub app_resource_type_path: String,
    /// The permissions of the caller on the entitlement.
    pub object_permissions: Option<ActorObjectPermissions>,
    /// Unknown properties, preserved as received.
    pub unknown_fields: wire::UnknownFields,
}

impl AppEntitlementView {
    /// Sets [`app_entitlement`](Self::app_entitlement).
    #[must_use]
    pub fn with_app_entitlement(mut self, value: AppEntitlement) -> Self {
        self.app_entitlement = Some(value);
        self
    }

    /// Sets [`app_path`](Self::app_path).
    #[must_use]
    pub fn with_app_path(mut self, value: &str) -> Self {
        self.app_path = value.to_owned();
        self
    }

    /// Sets [`app_resource_path`](Self::app_resource_path).
    #[must_use]
    pub fn with_app_resource_path(mut self, value: &str) -> Self {
        self.app_resource_path = value.to_owned();
        self
    }

    /// Sets [`app_resource_type_path`](Self::app_resource_type_path).
    #[must_use]
    pub fn with_app_resource_type_path(mut self, value: &str) -> Self {
        self.app_resource_type_path = value.to_owned();
        self
    }

    /// Sets [`object_permissions`](Self::object_permissions).
    #[must_use]
    pub fn with_object_permissions(mut self, value: ActorObjectPermissions) -> Self {
        self.object_permissions = Some(value);
        self
    }
}

impl wire::Struct for AppEntitlementView {
    fn read<'de, D: wire::Deserializer<'de>>(
        &mut self,
        field: usize,
        input: wire::Input<'de, D>,
    ) -> Result<(), D::Error> {
        match field {
            0 => input.optional(&mut self.app_entitlement),
            1 => input.plain(&mut self.app_path),
            2 => input.plain(&mut self.app_resource_path),
            3 => input.plain(&mut self.app_resource_type_path),
            4 => input.optional(&mut self.object_permissions),
            _ => input.unknown(&mut self.unknown_fields),
        }
    }
}

impl<'de> serde::Deserialize<'de> for AppEntitlementView {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        wire::deserialize_struct(
            input,
            "c1.api.app.v1.AppEntitlementView",
            &[
                "appEntitlement",
                "appPath",
                "appResourcePath",
                "appResourceTypePath",
                "objectPermissions",
            ],
        )
    }
}

impl serde::Serialize for AppEntitlementView {
    fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        let mut output = wire::Output::object(output)?;
        output.put_some("appEntitlement", &self.app_entitlement);
        output.put("appPath", &self.app_path);
        output.put("appResourcePath", &self.app_resource_path);
        output.put("appResourceTypePath", &self.app_resource_type_path);
        output.put_some("objectPermissions", &self.object_permissions);
        output.unknown::<Self>(&self.unknown_fields);
        output.end()
    }
}
