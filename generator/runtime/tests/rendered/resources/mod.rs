//! The resources of the API: its operations, by what they are about.

mod connector_owners_v2;
