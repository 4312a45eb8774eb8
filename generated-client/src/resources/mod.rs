// @generated from the OpenAPI document. Change the document, and generate again.

//! Operations, grouped by resource.
//!
//! Each module has a resource and the request types of its operations.
#[cfg(feature = "app-entitlements")]
pub mod app_entitlements;
#[cfg(feature = "connector-owners-v2")]
pub mod connector_owners_v2;

#[cfg(feature = "app-entitlements")]
pub use self::app_entitlements::AppEntitlements;
#[cfg(feature = "connector-owners-v2")]
pub use self::connector_owners_v2::ConnectorOwnersV2;
