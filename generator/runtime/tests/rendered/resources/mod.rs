//! The operations, by resource. Each module has a resource and the requests of its operations.

pub mod connector_owners_v2;

pub use self::connector_owners_v2::ConnectorOwnersV2;
