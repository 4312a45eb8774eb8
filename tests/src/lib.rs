//! Fixtures and snapshots of the whole pipeline.
