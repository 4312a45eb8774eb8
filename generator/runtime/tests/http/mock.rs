//! The server for tests: what it answers, what it keeps, and what it refuses.

use std::time::Duration;

use runtime::mock::{
    BodyForm, Content, Documented, Endpoint, Holds, Json, Mock, Nothing, Parameter, Part, Resource, Where,
    answers, anything, decodes,
};
use runtime::testing::Reply;
use runtime::wire::{Input, List, Own, Struct, deserialize_struct_by_direction};
use runtime::{
    Api, Client, ClientBuilder, Error, File, Method, Multipart, OAuth, Operation, Place, Request,
    RetryPolicy, SecurityScheme, TransportError,
};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, json};

use crate::TRANSPORT;

static API: Api = Api {
    user_agent: "pets/0.1.0",
    server: Some("https://pets.test/v1"),
    schemes: &[
        SecurityScheme { name: "token", place: Place::Bearer },
        SecurityScheme { name: "login", place: Place::Basic },
        SecurityScheme { name: "key", place: Place::Query("api_key") },
    ],
    security: &[&["token"], &["login", "key"]],
    oauth: Some(OAuth::at("https://auth.pets.test/oauth/token")),
    ..Api::EMPTY
};

static GET: Operation = Operation::new("pets.get", Method::GET, "/pets/{pet}");
static MINE: Operation = Operation::new("pets.mine", Method::GET, "/pets/mine").secured_by(&[]);
static EXPORT: Operation = Operation::new("pets.export", Method::POST, "/pets/{pet}:export").secured_by(&[]);
static FIND: Operation = Operation::new("pets.find", Method::GET, "/pets").secured_by(&[]);
static CREATE: Operation = Operation::new("pets.create", Method::POST, "/pets").secured_by(&[]);

const PARTS: &[Part] =
    &[Part::needed("photo"), Part::optional("icon").of(&["image/svg+xml", "text/*"]).needs(&["x-licence"])];

static PETS: Resource = Resource {
    endpoints: &[
        Endpoint::new(Operation::new("pets.get", Method::GET, "/pets/{pet}"))
            .answers(200, &[Content::Json("application/json"), Content::Text("text/plain")])
            .documents(&[
                Documented { statuses: &["404"], decodes: anything },
                Documented { statuses: &["400", "4XX"], decodes: answers::<Vec<u8>, List> },
                Documented { statuses: &["default"], decodes: answers::<String, Own> },
            ]),
        Endpoint::new(Operation::new("pets.mine", Method::GET, "/pets/mine").secured_by(&[]))
            .answers(204, &[]),
        Endpoint::new(Operation::new("pets.export", Method::POST, "/pets/{pet}:export").secured_by(&[]))
            .answers(202, &[Content::Lines("application/jsonl")]),
        Endpoint::new(Operation::new("pets.find", Method::GET, "/pets").secured_by(&[])).needs(&[
            Parameter::Query("limit"),
            Parameter::Members("filter"),
            Parameter::Header("x-team"),
        ]),
        Endpoint::new(Operation::new("pets.create", Method::POST, "/pets").secured_by(&[]))
            .takes(&[
                BodyForm { media_type: "application/json", holds: Holds::Json(decodes::<Vec<u8>, List>) },
                BodyForm { media_type: "application/x-www-form-urlencoded", holds: Holds::Fields(&["name"]) },
                BodyForm { media_type: "multipart/form-data", holds: Holds::Parts(PARTS) },
                BodyForm { media_type: "image/*", holds: Holds::Anything },
            ])
            .answers(201, &[]),
        // Two of one path: what they ask for tells them apart.
        Endpoint::new(Operation::new("toys.get", Method::GET, "/toys").secured_by(&[])),
        Endpoint::new(Operation::new("toys.shared", Method::GET, "/toys").secured_by(&[]))
            .needs(&[Parameter::Query("link")]),
    ],
    answers: r#"{
        "pets.get": { "application/json": { "name": "Rex" }, "text/plain": "Rex, a dog" },
        "pets.export": { "application/jsonl": [1, 2] }
    }"#,
};

fn mock() -> Mock {
    static RESOURCES: &[&Resource] = &[&PETS];
    Mock::serve(&API, RESOURCES).unwrap()
}

/// A client that tries once.
fn client(mock: &Mock) -> Client {
    mock.builder().retry(RetryPolicy::none()).transport(TRANSPORT.clone()).build().unwrap()
}

/// A client without credentials that tries once.
fn stranger(mock: &Mock) -> ClientBuilder {
    ClientBuilder::new(&API).base_url(mock.base_url()).retry(RetryPolicy::none()).transport(TRANSPORT.clone())
}

async fn get(client: &Client) -> Result<Value, Error> {
    Request::new(client, &GET).path("pet", &"rex/1").send().await?.json()
}

#[tokio::test]
async fn an_operation_answers_with_what_the_document_gives() {
    let mock = mock();
    let client = client(&mock);
    assert_eq!(get(&client).await.unwrap(), json!({ "name": "Rex" }));
    let text = Request::new(&client, &GET).path("pet", &"rex").accept("text/plain").send().await.unwrap();
    assert_eq!(text.text().unwrap(), "Rex, a dog");
    let nothing = Request::new(&client, &MINE).send().await.unwrap();
    assert_eq!((nothing.status().as_u16(), nothing.body().len()), (204, 0));
    let lines = Request::new(&client, &EXPORT).path("pet", &"rex").send().await.unwrap();
    assert_eq!((lines.status().as_u16(), lines.body().as_ref()), (202, &b"1\n2\n"[..]));
    assert_eq!(mock.rejected(), []);
}

/// The one with text where another has a parameter is meant, and a parameter ends where text begins.
#[tokio::test]
async fn the_path_tells_which_operation_it_is() {
    let mock = mock();
    let client = client(&mock);
    get(&client).await.unwrap();
    Request::new(&client, &MINE).send().await.unwrap();
    Request::new(&client, &EXPORT).path("pet", &"a:b").send().await.unwrap();
    let requests = mock.requests();
    let of = |index: usize| (requests[index].operation_id(), requests[index].path_parameter("pet"));
    assert_eq!(of(0), (Some("pets.get"), Some("rex/1")));
    assert_eq!(of(1), (Some("pets.mine"), None));
    assert_eq!(of(2), (Some("pets.export"), Some("a:b")));
    client.request(Method::GET, "/toys").await.unwrap();
    client.request(Method::GET, "/toys").query("link", &"x").await.unwrap();
    let ids: Vec<_> = mock.requests().iter().skip(3).map(|request| request.operation_id()).collect();
    assert_eq!(ids, [Some("toys.get"), Some("toys.shared")]);
}

#[tokio::test]
async fn a_test_sets_values_one_after_the_other() {
    let mock = mock();
    let client = client(&mock);
    let on = || mock.operation_of::<Json<Value>>("pets.get");
    on().answers(&json!(1)).then_answers(&json!(2));
    let answers = [get(&client).await.unwrap(), get(&client).await.unwrap(), get(&client).await.unwrap()];
    assert_eq!(answers, [json!(1), json!(2), json!(2)]);
    on().answers(&json!(3));
    assert_eq!(get(&client).await.unwrap(), json!(3));
    on().resets();
    assert_eq!(get(&client).await.unwrap(), json!({ "name": "Rex" }));
    // With the status of the document.
    mock.operation_of::<Nothing>("pets.create").answers(&());
    let created = Request::new(&client, &CREATE).json(&json!([])).send().await.unwrap();
    assert_eq!(created.status().as_u16(), 201);
}

#[tokio::test]
async fn a_test_sets_anything_else() {
    let mock = mock();
    let client = client(&mock);
    let on = || mock.operation("pets.get").unwrap();
    on().replies(Reply::json(404, &json!({ "message": "no such pet" })).with_header("x-request-id", "7"));
    let error = get(&client).await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(error.message(), Some("no such pet"));
    on().replies(Reply::fails(TransportError::broken("gone"))).then_replies(Reply::json(200, &json!("back")));
    assert_eq!(get(&client).await.unwrap_err().status(), None);
    assert_eq!(get(&client).await.unwrap(), json!("back"));
    on().replies_with(|request| Reply::json(200, &json!([request.path_parameter("pet")])));
    assert_eq!(get(&client).await.unwrap(), json!(["rex/1"]));
    assert_eq!(on().requests().len(), 4);
    assert!(mock.operation("pets.feed").is_none());
}

#[tokio::test]
async fn requests_are_kept_and_show_nothing_secret() {
    let mock = mock();
    let request = Request::new(&client(&mock), &CREATE).json(&json!([7, 8])).query("note", &"a b");
    request.send().await.unwrap();
    let received = &mock.requests()[0];
    assert_eq!(
        (received.method(), received.path(), received.query()),
        (&Method::POST, "/pets", "note=a%20b")
    );
    assert_eq!(received.query_parameter("note").as_deref(), Some("a b"));
    assert_eq!(received.header("user-agent"), Some("pets/0.1.0"));
    assert_eq!(received.json::<Vec<u8>>().unwrap(), [7, 8]);
    assert_eq!(received.rejection(), None);
    get(&client(&mock)).await.unwrap();
    let shown = format!("{mock:?} {:?} {:?}", mock.requests(), mock.operation("pets.get"));
    assert!(mock.requests()[1].header("authorization").unwrap().contains("mock-token"));
    assert!(!shown.contains("mock-token") && !shown.contains("a%20b"), "{shown}");
}

/// Sends a request that is refused, and gives what the server says of it.
#[track_caller]
fn check(mock: &Mock, answer: Result<runtime::Response, Error>, status: u16, place: Where, line: &str) {
    let error = answer.unwrap_err();
    let rejected = mock.rejected().pop().unwrap();
    assert_eq!(rejected.to_string(), line);
    assert_eq!(rejected.place(), &place);
    assert_eq!((rejected.status().as_u16(), error.status().unwrap().as_u16()), (status, status));
    assert_eq!(error.message(), Some(line), "the answer says it too");
    assert_eq!(mock.requests().last().unwrap().rejection(), Some(&rejected));
}

#[tokio::test]
async fn an_operation_that_the_document_does_not_have_is_refused() {
    let mock = mock();
    let client = client(&mock);
    let answer = client.request(Method::GET, "/pats").await;
    check(&mock, answer, 404, Where::Path, "GET /pats: path: no operation has this path");
    // A parameter that is empty is another path.
    let answer = client.request(Method::GET, "/pets/").await;
    check(&mock, answer, 404, Where::Path, "GET /pets/: path: no operation has this path");
    let answer = client.request(Method::DELETE, "/pets/rex").await;
    let line = "DELETE /pets/rex: method: no operation of this path has this method";
    assert_eq!(answer.as_ref().unwrap_err().headers().unwrap()["allow"], "GET");
    check(&mock, answer, 405, Where::Method, line);
}

#[tokio::test]
async fn a_missing_credential_is_refused() {
    let mock = mock();
    let line = "GET /pets/rex: credentials: the operation asks for token, or login and key";
    let ask = async |builder: ClientBuilder| {
        Request::new(&builder.build().unwrap(), &GET).path("pet", &"rex").send().await
    };
    check(&mock, ask(stranger(&mock)).await, 401, Where::Credentials, line);
    let login = || runtime::Credential::basic("ann", "secret");
    check(&mock, ask(stranger(&mock).credential("login", login())).await, 401, Where::Credentials, line);
    let both = stranger(&mock).credential("login", login()).credential("key", runtime::Credential::key("k"));
    ask(both).await.unwrap();
    ask(stranger(&mock).bearer_token("any")).await.unwrap();
    // One that asks for nothing.
    Request::new(&stranger(&mock).build().unwrap(), &MINE).send().await.unwrap();
}

#[tokio::test]
async fn a_missing_parameter_is_refused() {
    let mock = mock();
    let client = client(&mock);
    let find = || Request::new(&client, &FIND);
    let query = |name: &str| Where::Query(name.to_owned());
    let line = r#"GET /pets: query parameter "limit": it is required, and missing"#;
    check(&mock, find().send().await, 400, query("limit"), line);
    let line = r#"GET /pets: query parameter "filter": it is required, and missing"#;
    check(&mock, find().query("limit", &1).send().await, 400, query("filter"), line);
    let line = r#"GET /pets: header "x-team": it is required, and missing"#;
    let answer = find().query("limit", &1).query("filter[age]", &3).send().await;
    check(&mock, answer, 400, Where::Header("x-team".to_owned()), line);
    find().query("limit", &1).query("filter[age]", &3).header("x-team", &"a").send().await.unwrap();
}

#[tokio::test]
async fn a_body_that_is_not_the_operation_s_is_refused() {
    let mock = mock();
    let client = client(&mock);
    let create = || Request::new(&client, &CREATE);
    let body = |path: &str| Where::Body(path.to_owned());
    let line = "POST /pets: body: it is required, and missing";
    check(&mock, create().send().await, 400, body("$"), line);
    let answer = create().bytes("text/plain", "Rex").send().await;
    let line = "POST /pets: header \"content-type\": the operation takes application/json, \
                application/x-www-form-urlencoded, multipart/form-data, image/*";
    check(&mock, answer, 415, Where::Header("content-type".to_owned()), line);
    let answer = create().json(&json!([1, "two"])).send().await;
    check(
        &mock,
        answer,
        400,
        body("$[1]"),
        "POST /pets: body at $[1]: invalid type: string \"two\", expected u8 at line 1 column 8",
    );
    let answer = create().form(&json!({ "age": 3 }), &[]).send().await;
    let line = r#"POST /pets: field "name" of the body: it is required, and missing"#;
    check(&mock, answer, 400, Where::Field("name".to_owned()), line);
    let answer = create().multipart(Multipart::new().text("name", &"Rex")).send().await;
    let line = r#"POST /pets: field "photo" of the body: it is required, and missing"#;
    check(&mock, answer, 400, Where::Field("photo".to_owned()), line);
    let answer = Request::new(&client, &EXPORT).path("pet", &"rex").json(&1).send().await;
    check(&mock, answer, 400, body("$"), "POST /pets/rex:export: body: the operation takes none");

    create().form(&json!({ "name": "Rex" }), &[]).send().await.unwrap();
    let photo = Multipart::new().text("name", &"Rex").file("photo", "\r\n--not a boundary\r\n\r\n");
    create().multipart(photo).send().await.unwrap();
    create().bytes("image/png", "...").send().await.unwrap();
}

#[tokio::test]
async fn a_part_that_is_not_as_the_document_has_it_is_refused() {
    let mock = mock();
    let client = client(&mock);
    let send = async |icon: File| {
        let form = Multipart::new().file("photo", "...").file("icon", icon);
        Request::new(&client, &CREATE).multipart(form).send().await
    };
    let icon = |media_type: &str| File::new("<svg/>").with_media_type(media_type);
    let field = || Where::Field("icon".to_owned());
    let line = "POST /pets: field \"icon\" of the body: it is image/svg+xml or text/*, and not image/png";
    check(&mock, send(icon("image/png").with_header("x-licence", "CC0")).await, 400, field(), line);
    let line = "POST /pets: field \"icon\" of the body: its header \"x-licence\" is required, and missing";
    check(&mock, send(icon("image/svg+xml")).await, 400, field(), line);
    for media_type in ["image/svg+xml; charset=utf-8", "TEXT/html"] {
        send(icon(media_type).with_header("X-Licence", "CC0")).await.unwrap();
    }
    // What has no type is plain text (RFC 7578, section 4.4).
    let plain = Multipart::new().file("photo", "...").text("icon", &"<svg/>");
    let plain = plain.part_header("icon", "x-licence", runtime::Style::SIMPLE, &"CC0");
    Request::new(&client, &CREATE).multipart(plain).send().await.unwrap();
}

/// What comes of an answer that a test sets: the status, and what is wrong with it.
async fn answered(status: u16, value: &Value) -> (u16, Option<String>) {
    let mock = mock();
    mock.operation("pets.get").unwrap().answers_with(status, value);
    let status = match get(&client(&mock)).await {
        Ok(found) => {
            assert_eq!(found, *value);
            status
        }
        Err(error) => error.status().unwrap().as_u16(),
    };
    let rejected = mock.rejected().pop();
    (status, rejected.map(|rejected| format!("{}: {}", rejected.place(), rejected.problem())))
}

#[tokio::test]
async fn an_answer_of_a_status_is_as_the_document_has_it() {
    for (status, value) in [
        // By its code, by its class, as an error like any other.
        (404, json!([null])),
        (409, json!([1])),
        (500, json!("oh")),
        // The document says nothing of it.
        (203, json!(3)),
    ] {
        assert_eq!(answered(status, &value).await, (status, None), "{value}");
    }
    let problem = "answer of the test at $[0]: the document has another one for 4XX: invalid value: integer `300`, \
                   expected u8 at line 1 column 4";
    assert_eq!(answered(409, &json!([300])).await, (500, Some(problem.to_owned())));
    let problem = "answer of the test: the document has another one for default: invalid type: integer `1`, \
                   expected a string at line 1 column 1";
    assert_eq!(answered(503, &json!(1)).await, (500, Some(problem.to_owned())));
}

/// Something with a password that only requests have, and with an id that only answers have.
#[derive(Default, Serialize)]
struct Account {
    id: String,
    password: String,
}

impl Struct for Account {
    fn read<'de, D: Deserializer<'de>>(
        &mut self,
        field: usize,
        input: Input<'de, D>,
    ) -> Result<(), D::Error> {
        input.plain(if field == 0 { &mut self.id } else { &mut self.password })
    }
}

impl<'de> Deserialize<'de> for Account {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        deserialize_struct_by_direction(input, "Account", &["id", "password"], &[1], &[0])
    }
}

#[test]
fn what_travels_one_way_is_asked_for_that_way() {
    for (json, may_be_sent, may_be_answered) in [
        (r#"{"id":"1"}"#, false, true),
        (r#"{"password":"p"}"#, true, false),
        (r#"{"id":"1","password":"p"}"#, true, true),
    ] {
        let json = json.as_bytes();
        assert_eq!(decodes::<Account, Own>(json).is_ok(), may_be_sent);
        assert_eq!(answers::<Account, Own>(json).is_ok(), may_be_answered);
    }
}

#[tokio::test]
async fn answers_of_several_statuses_stand_in_line() {
    let mock = mock();
    let client = client(&mock);
    let pet = mock.operation("pets.get").unwrap().answers_with(404, &json!("first"));
    pet.then_answers_with(409, &json!([])).then_replies(Reply::json(200, &json!("last")));
    for status in [Some(404), Some(409), None] {
        let found = get(&client).await.err().and_then(|error| Some(error.status()?.as_u16()));
        assert_eq!(found, status);
    }
}

#[tokio::test]
async fn tokens_are_handed_out() {
    let mock = mock();
    let grant =
        runtime::oauth::ClientCredentials::new("id", "secret").with_token_url(mock.token_url().unwrap());
    let client = stranger(&mock).grant(grant).build().unwrap();
    get(&client).await.unwrap();
    assert_eq!(mock.requests().len(), 1);
    assert_eq!(mock.token_requests()[0].path(), "/oauth/token");
    let answer = client.request(Method::POST, "/oauth/token").await;
    assert_eq!(answer.unwrap_err().status().unwrap().as_u16(), 400);
}

/// The server has a thread of its own: it serves whoever has no runtime, and stops when it is dropped.
#[test]
fn it_lives_as_long_as_the_value() {
    use std::io::{Read, Write};

    let mock = mock();
    let address = mock.base_url().trim_start_matches("http://").to_owned();
    let mut connection = std::net::TcpStream::connect(&address).unwrap();
    connection.write_all(b"GET /pets/mine HTTP/1.1\r\nhost: x\r\n\r\n").unwrap();
    let mut line = [0; 15];
    connection.read_exact(&mut line).unwrap();
    assert_eq!(&line, b"HTTP/1.1 204 No");
    drop(mock);
    // What is open is closed: the end comes, and no error is waited for.
    connection.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let mut rest = Vec::new();
    let _ = connection.read_to_end(&mut rest);
    while std::net::TcpStream::connect(&address).is_ok() {
        std::thread::yield_now();
    }
}
