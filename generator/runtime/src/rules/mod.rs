//! Rules about text, which hold for clients and for the generator alike: what one of them decides about a name, a media
//! type or a character, the other decides, too.
//!
//! The generator compiles this folder as a module of its own, instead of a dependency on the runtime, so that it does
//! not compile an HTTP client. So these files use nothing but the standard library, and hold no rule that the runtime
//! itself does not need.
//!
//! This room imports no other.

pub(super) mod connection_header;
pub(super) mod invisible;
pub(super) mod media_type;
pub(super) mod secret_name;
pub(super) mod server_url;
