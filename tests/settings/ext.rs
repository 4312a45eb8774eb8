//! Compiles only with the type and the features that the settings choose.

/// Returns the age of a pet, whose type an overlay corrects.
pub fn age(pet: &crate::types::Pet) -> i64 {
    pet.age.unwrap_or_default()
}

/// Returns the only resource that is enabled by default.
pub fn pets(client: &crate::Client) -> crate::resources::Pets {
    client.pets()
}

#[cfg(any(feature = "toys", feature = "reqwest"))]
compile_error!("these features are not in `features.default`");
