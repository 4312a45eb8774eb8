//! Fixtures and snapshots of the whole pipeline, and the generated client over a real connection: a module each.

mod arrows;
mod bodies;
mod features;
mod fixtures;
mod fresh;
mod hostile;
mod http;
mod names;
mod wire;
