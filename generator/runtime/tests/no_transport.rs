//! Without the feature `reqwest`, the user must set a transport.
#![cfg(not(feature = "reqwest"))]

use runtime::{Api, ClientBuilder};

static API: Api = Api { user_agent: "pets/0.1.0", server: Some("https://pets.test"), ..Api::EMPTY };

#[test]
fn requires_a_transport_without_reqwest() {
    let error = ClientBuilder::new(&API).build().unwrap_err();
    assert!(error.is_configuration());
    let text =
        "the client cannot be built: no transport is set: call `transport`, or enable the feature `reqwest`";
    assert_eq!(error.to_string(), text);
}
