//! Fixtures and snapshots of the whole pipeline, and the generated client over a real connection: a module each.

mod arrows;
mod fixtures;
mod fresh;
mod hostile;
