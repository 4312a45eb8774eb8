//! The guide to the generator in a repository.

/// Installing and pinning.
pub mod install {
    #![doc = include_str!("../docs/install.md")]
}

/// Embedding.
pub mod embed {
    #![doc = include_str!("../docs/embed.md")]
}

/// Several clients.
pub mod clients {
    #![doc = include_str!("../docs/clients.md")]
}

/// Names of types, fields, methods and the rest.
pub mod names {
    #![doc = include_str!("../docs/names.md")]
}

/// Corrections, files of your own, and `Cargo.toml`.
pub mod bend {
    #![doc = include_str!("../docs/bend.md")]
}

/// Types of your own, and derives.
pub mod types {
    #![doc = include_str!("../docs/types.md")]
}
