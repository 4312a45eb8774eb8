// @generated from the OpenAPI document: change that, and generate again.

//! The operations, by resource: each module has the resource and the requests of its operations.
pub mod app_entitlements;
pub mod connector_owners_v2;

pub use self::app_entitlements::AppEntitlements;
pub use self::connector_owners_v2::ConnectorOwnersV2;
