//! Clients from the environment: which variables count, and what is said if they are not there.

use std::ffi::OsString;

use runtime::{ClientBuilder, Credential, Environment, Request, Way};

use crate::transport::Recorder;
use crate::{API, LIST_PETS, all_of};

const BEARER: Way =
    Way { variables: &["TOKEN"], set: |builder, values| builder.bearer_token(values[0].clone()) };
const PAIR: Way = Way {
    variables: &["ID", "SECRET"],
    set: |builder, values| builder.bearer_token(format!("{}+{}", values[0].expose(), values[1].expose())),
};

const KEY: Way = Way {
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
async fn the_first_way_that_is_complete_counts() {
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
fn an_error_names_what_is_missing_and_no_value() {
    for (variables, problem) in [
        (&[][..], "set TOKEN, or ID and SECRET"),
        (&[("ID", "t0k3n"), ("TOKEN", "")], "set TOKEN, or SECRET"),
        (&[("SECRET", "t0k3n"), ("TENANT", "acme")], "set TOKEN, or ID"),
    ] {
        let error = builder(variables).unwrap_err();
        assert!(error.is_configuration());
        assert_eq!(
            error.to_string(),
            format!("the client cannot be built: the environment has no credentials: {problem}")
        );
        assert!(!all_of(&error).contains("t0k3n"));
    }
}

#[cfg(unix)]
#[test]
fn a_value_that_is_no_text_is_an_error() {
    use std::os::unix::ffi::OsStringExt;

    let read = |_: &str| Some(OsString::from_vec(b"t0k3n\xff".to_vec()));
    let error = ClientBuilder::new(&API).environment(&ENVIRONMENT, &read).unwrap_err();
    assert_eq!(error.to_string(), "the client cannot be built: the variable `TOKEN` is not Unicode");
    assert!(!all_of(&error).contains("t0k3n"));
}

#[test]
fn groups_count_apart_and_none_is_none() {
    let read = |name: &str| (name == "KEY").then(|| OsString::from("k"));
    let environment = Environment { credentials: &[&[BEARER], &[KEY]], ..ENVIRONMENT };
    // The key has been set, for a scheme that there is not.
    let builder = ClientBuilder::new(&API).environment(&environment, &read).unwrap();
    let error = builder.base_url("http://localhost").build().unwrap_err();
    assert!(error.to_string().ends_with("the document has no security scheme `key`"));
    let environment = Environment { credentials: &[], ..ENVIRONMENT };
    assert!(ClientBuilder::new(&API).environment(&environment, &read).is_ok());
}
