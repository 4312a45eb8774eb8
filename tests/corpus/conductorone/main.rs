//! The whole document that contains the two operations of `generated-client/`: the same tests as for
//! `generated-client/`, and tests that need other operations.

#[path = "../../all/bodies.rs"]
mod bodies;
#[path = "../../all/http/mod.rs"]
mod http;
mod pages;
mod request_bodies;
