//! The whole document that the two operations of `generated-client/` are from: their tests, word for word, and what takes
//! other operations to show.

#[path = "../../all/bodies.rs"]
mod bodies;
mod bodies_sent;
#[path = "../../all/http/mod.rs"]
mod http;
mod pages;
