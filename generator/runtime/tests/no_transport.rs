//! Without the feature `reqwest` a client needs to be given a transport.
#![cfg(not(feature = "reqwest"))]

use runtime::{Api, ClientBuilder};

static API: Api = Api { user_agent: "pets/0.1.0", server: Some("https://pets.test"), ..Api::EMPTY };

#[test]
fn a_client_needs_a_transport() {
    let error = ClientBuilder::new(&API).build().unwrap_err();
    assert!(error.is_configuration());
    let text = "the client cannot be built: there is no transport: set one, or enable the feature `reqwest`";
    assert_eq!(error.to_string(), text);
}
