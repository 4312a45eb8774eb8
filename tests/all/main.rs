//! Tests of the whole pipeline with fixtures and snapshots, and of the generated client over real connections.

mod arrows;
mod bodies;
mod changes;
mod circles;
mod features;
mod fixtures;
mod generated_client;
mod hostile;
mod http;
mod json_schema;
mod made_file;
mod mock_constraints;
mod names;
mod origins;
mod renames;
mod settings;
mod shared_runtime;
mod wire;
