// @generated from the OpenAPI document: change that, and generate again.

//! The operations, by resource: each module has the resource and the requests of its operations.
#[cfg(feature = "app-entitlements")]
pub mod app_entitlements;
#[cfg(feature = "connector-owners-v2")]
pub mod connector_owners_v2;

#[cfg(feature = "app-entitlements")]
pub use self::app_entitlements::AppEntitlements;
#[cfg(feature = "connector-owners-v2")]
pub use self::connector_owners_v2::ConnectorOwnersV2;
