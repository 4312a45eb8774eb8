//! Clients from the environment: which variables are used, and the errors for missing ones.

use std::ffi::OsString;

use runtime::{ClientBuilder, Credential, EnvCredential, Environment, Request};

use crate::transport::Recorder;
use crate::{API, LIST_PETS, all_of};

const BEARER: EnvCredential =
    EnvCredential { variables: &["TOKEN"], set: |builder, values| builder.bearer_token(values[0].clone()) };
const PAIR: EnvCredential = EnvCredential {
    variables: &["ID", "SECRET"],
    set: |builder, values| builder.bearer_token(format!("{}+{}", values[0].expose(), values[1].expose())),
};

const KEY: EnvCredential = EnvCredential {
    variables: &["KEY"],
    set: |builder, values| builder.credential("key", Credential::key(values[0].clone())),
};

static ENVIRONMENT: Environment = Environment {
    credentials: &[&[BEARER, PAIR]],
    base_url: Some("URL"),
    server_variables: &[("tenant", "TENANT")],
};

fn builder(variables: &[(&str, &str)]) -> Result<ClientBuilder, runtime::Error> {
    let read = |name: &str| {
        let found = variables.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| OsString::from(value))
    };
    ClientBuilder::new(&API).environment(&ENVIRONMENT, &read)
}

#[tokio::test]
async fn uses_the_first_complete_alternative() {
    let tenant = ("TENANT", "acme");
    type Case<'a> = (&'a [(&'a str, &'a str)], &'a str, &'a str);
    let cases: [Case<'_>; 5] = [
        (&[("TOKEN", "t"), ("ID", "i"), ("SECRET", "s"), tenant], "t", "https://acme.pets.test/v1/pets"),
        (&[("ID", "i"), ("SECRET", "s"), tenant], "i+s", "https://acme.pets.test/v1/pets"),
        (&[("TOKEN", ""), ("ID", "i"), ("SECRET", "s"), tenant], "i+s", "https://acme.pets.test/v1/pets"),
        (&[("TOKEN", "t"), ("ID", "i"), tenant], "t", "https://acme.pets.test/v1/pets"),
        (&[("TOKEN", "t"), ("URL", "http://localhost:1"), tenant], "t", "http://localhost:1/pets"),
    ];
    for (variables, token, url) in cases {
        let recorder = Recorder::default();
        let client = builder(variables).unwrap().transport(recorder.clone()).build().unwrap();
        Request::new(&client, &LIST_PETS).send().await.unwrap();
        let requests = recorder.requests.lock().unwrap();
        assert_eq!(requests[0].headers()["authorization"], format!("Bearer {token}"));
        assert_eq!(requests[0].uri().to_string(), url);
    }
}

#[test]
fn errors_name_missing_variables_but_no_values() {
    for (variables, problem) in [
        (&[][..], "set TOKEN, or ID and SECRET"),
        (&[("ID", "t0k3n"), ("TOKEN", "")], "set TOKEN, or SECRET"),
        (&[("SECRET", "t0k3n"), ("TENANT", "acme")], "set TOKEN, or ID"),
    ] {
        let error = builder(variables).unwrap_err();
        assert!(error.is_configuration());
        assert_eq!(
            error.to_string(),
            format!("the client cannot be built: no credentials in the environment: {problem}")
        );
        assert!(!all_of(&error).contains("t0k3n"));
    }
}

#[cfg(unix)]
#[test]
fn rejects_values_that_are_not_unicode() {
    use std::os::unix::ffi::OsStringExt;

    let read = |_: &str| Some(OsString::from_vec(b"t0k3n\xff".to_vec()));
    let error = ClientBuilder::new(&API).environment(&ENVIRONMENT, &read).unwrap_err();
    assert_eq!(error.to_string(), "the client cannot be built: `TOKEN` is not valid Unicode");
    assert!(!all_of(&error).contains("t0k3n"));
}

#[test]
fn one_complete_group_is_enough() {
    let read = |name: &str| (name == "KEY").then(|| OsString::from("k"));
    let environment = Environment { credentials: &[&[BEARER], &[KEY]], ..ENVIRONMENT };
    // The error shows that the key has been set, although the API has no such scheme.
    let builder = ClientBuilder::new(&API).environment(&environment, &read).unwrap();
    let error = builder.base_url("http://localhost").build().unwrap_err();
    assert!(error.to_string().ends_with("the document has no security scheme `key`"));
    let environment = Environment { credentials: &[], ..ENVIRONMENT };
    assert!(ClientBuilder::new(&API).environment(&environment, &read).is_ok());
}
