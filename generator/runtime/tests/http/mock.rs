//! The mock server: its responses, the requests that it records, and the requests that it rejects.

use std::time::Duration;

use runtime::mock::{
    AcceptedBody, BodySchema, Constraints, Content, DocumentedResponse, Endpoint, Json, Lines, Location,
    MockServer, NoBody, Parameter, Part, Resource, accepts_anything, decodes_request, decodes_response,
};
use runtime::testing::MockResponse;
use runtime::wire::{Input, List, Own, Struct, deserialize_struct_by_direction};
use runtime::{
    Api, Client, ClientBuilder, Error, File, Method, Multipart, OAuth, Operation, Request, RetryPolicy,
    SchemeKind, SecurityScheme, TransportError,
};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, json};

use crate::TRANSPORT;

static API: Api = Api {
    user_agent: "pets/0.1.0",
    server: Some("https://pets.test/v1"),
    schemes: &[
        SecurityScheme { name: "token", kind: SchemeKind::Bearer },
        SecurityScheme { name: "login", kind: SchemeKind::Basic },
        SecurityScheme { name: "key", kind: SchemeKind::Query("api_key") },
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

const PARTS: &[Part] = &[
    Part::required("photo"),
    Part::optional("icon").media_types(&["image/svg+xml", "text/*"]).requires(&["x-license"]),
];

static PETS: Resource = Resource {
    endpoints: &[
        Endpoint::new(Operation::new("pets.get", Method::GET, "/pets/{pet}"))
            .responds_with(200, &[Content::Json("application/json"), Content::Text("text/plain")])
            .documents(&[
                DocumentedResponse { statuses: &["404"], decodes: accepts_anything },
                DocumentedResponse { statuses: &["400", "4XX"], decodes: decodes_response::<Vec<u8>, List> },
                DocumentedResponse { statuses: &["default"], decodes: decodes_response::<String, Own> },
            ]),
        Endpoint::new(Operation::new("pets.mine", Method::GET, "/pets/mine").secured_by(&[]))
            .responds_with(204, &[]),
        Endpoint::new(Operation::new("pets.export", Method::POST, "/pets/{pet}:export").secured_by(&[]))
            .responds_with(202, &[Content::Lines("application/jsonl")]),
        Endpoint::new(Operation::new("pets.find", Method::GET, "/pets").secured_by(&[])).requires(&[
            Parameter::Query("limit"),
            Parameter::DeepObject("filter"),
            Parameter::Header("x-team"),
        ]),
        Endpoint::new(Operation::new("pets.create", Method::POST, "/pets").secured_by(&[]))
            .requires_body(&[
                AcceptedBody {
                    media_type: "application/json",
                    schema: BodySchema::Json(decodes_request::<Vec<u8>, List>),
                },
                AcceptedBody {
                    media_type: "application/x-www-form-urlencoded",
                    schema: BodySchema::Fields(&["name"]),
                },
                AcceptedBody { media_type: "multipart/form-data", schema: BodySchema::Parts(PARTS) },
                AcceptedBody { media_type: "image/*", schema: BodySchema::Anything },
            ])
            .responds_with(201, &[]),
        Endpoint::new(Operation::new("pets.count", Method::POST, "/count").secured_by(&[]))
            .on_server("/v2/")
            .accepts_body(&[
                AcceptedBody {
                    media_type: "application/json;v=1",
                    schema: BodySchema::Json(decodes_request::<String, Own>),
                },
                AcceptedBody {
                    media_type: "application/json;v=2",
                    schema: BodySchema::Json(decodes_request::<Vec<u8>, List>),
                },
            ])
            .responds_with(
                200,
                &[Content::Json("application/json;v=1"), Content::Json("application/json;v=2")],
            ),
        // Two operations of the same path, distinguished by their required parameters.
        Endpoint::new(Operation::new("toys.get", Method::GET, "/toys").secured_by(&[])),
        Endpoint::new(Operation::new("toys.shared", Method::GET, "/toys").secured_by(&[]))
            .requires(&[Parameter::Query("link")]),
    ],
    responses: r#"{
        "pets.get": { "application/json": { "name": "Rex" }, "text/plain": "Rex, a dog" },
        "pets.export": { "application/jsonl": [1, 2] },
        "pets.count": { "application/json;v=1": "one", "application/json;v=2": [2] }
    }"#,
};

/// Constraints of some operations.
static CONSTRAINTS: Constraints = Constraints::new(
    r#"{
        "operations": {
            "pets.get": {
                "parameters": [{ "name": "pet", "in": "path", "schema": 0, "form": "value" }],
                "responses": { "200": 2, "4XX": 1 }
            },
            "pets.find": {
                "parameters": [
                    { "name": "limit", "in": "query", "schema": 3, "form": "value" },
                    { "name": "tags", "in": "query", "schema": 1, "form": "list" },
                    { "name": "names", "in": "query", "schema": 1, "form": "list", "delimiter": "," },
                    { "name": "x-team", "in": "header", "schema": 0, "form": "value" }
                ]
            },
            "pets.export": { "responses": { "202": 2 } },
            "pets.create": {
                "bodies": {
                    "application/json": 1,
                    "application/x-www-form-urlencoded": [
                        { "name": "name", "schema": 0, "form": "value" },
                        { "name": "ages", "schema": 1, "form": "list", "delimiter": "," }
                    ],
                    "multipart/form-data": [
                        { "name": "name", "schema": 0, "form": "value" },
                        { "name": "owner", "schema": 2, "form": "json" }
                    ]
                }
            }
        },
        "schemas": [
            { "type": ["string"], "pattern": "^\\d*$", "regex": "^[0-9]*$", "maxLength": 3 },
            { "maxItems": 2 },
            { "properties": { "name": 0 }, "additionalProperties": false },
            { "type": ["integer"], "maximum": 10 }
        ]
    }"#,
);

/// Returns a mock server that checks constraints.
fn strict_mock() -> MockServer {
    static RESOURCES: &[&Resource] = &[&PETS];
    MockServer::serve_checking(&API, RESOURCES, &CONSTRAINTS).unwrap()
}

fn mock() -> MockServer {
    static RESOURCES: &[&Resource] = &[&PETS];
    MockServer::serve(&API, RESOURCES).unwrap()
}

/// Returns a client that does not retry.
fn client(mock: &MockServer) -> Client {
    mock.builder().retry(RetryPolicy::none()).transport(TRANSPORT.clone()).build().unwrap()
}

/// Returns a builder of a client that has no credentials and does not retry.
fn builder_without_credentials(mock: &MockServer) -> ClientBuilder {
    ClientBuilder::new(&API).base_url(mock.base_url()).retry(RetryPolicy::none()).transport(TRANSPORT.clone())
}

async fn get(client: &Client) -> Result<Value, Error> {
    Request::new(client, &GET).path("pet", &"rex/1").send().await?.json()
}

#[tokio::test]
async fn responds_with_documented_examples() {
    let mock = mock();
    let client = client(&mock);
    assert_eq!(get(&client).await.unwrap(), json!({ "name": "Rex" }));
    let text = Request::new(&client, &GET).path("pet", &"rex").accept("text/plain").send().await.unwrap();
    assert_eq!(text.text().unwrap(), "Rex, a dog");
    let nothing = Request::new(&client, &MINE).send().await.unwrap();
    assert_eq!((nothing.status().as_u16(), nothing.body().len()), (204, 0));
    let lines = Request::new(&client, &EXPORT).path("pet", &"rex").send().await.unwrap();
    assert_eq!((lines.status().as_u16(), lines.body().as_ref()), (202, &b"1\n2\n"[..]));
    assert_eq!(mock.rejections(), []);
}

/// A constant segment wins over a parameter, and a parameter ends where constant text begins.
#[tokio::test]
async fn finds_the_operation_by_its_path() {
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
async fn responds_with_values_in_order() {
    let mock = mock();
    let client = client(&mock);
    let on = || mock.typed_operation::<Json<Value>>("pets.get");
    on().respond(&json!(1)).then_respond(&json!(2));
    let responses = [get(&client).await.unwrap(), get(&client).await.unwrap(), get(&client).await.unwrap()];
    assert_eq!(responses, [json!(1), json!(2), json!(2)]);
    on().respond(&json!(3));
    assert_eq!(get(&client).await.unwrap(), json!(3));
    on().reset();
    assert_eq!(get(&client).await.unwrap(), json!({ "name": "Rex" }));
    // The status comes from the document.
    mock.typed_operation::<NoBody>("pets.create").respond(&());
    let created = Request::new(&client, &CREATE).json(&json!([])).send().await.unwrap();
    assert_eq!(created.status().as_u16(), 201);
}

#[tokio::test]
async fn responds_with_raw_responses_failures_and_closures() {
    let mock = mock();
    let client = client(&mock);
    let on = || mock.operation("pets.get").unwrap();
    on().respond_with(
        MockResponse::json(404, &json!({ "message": "no such pet" })).with_header("x-request-id", "7"),
    );
    let error = get(&client).await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(error.message(), Some("no such pet"));
    on().respond_with(MockResponse::failure(TransportError::broken("gone")))
        .then_respond_with(MockResponse::json(200, &json!("back")));
    assert_eq!(get(&client).await.unwrap_err().status(), None);
    assert_eq!(get(&client).await.unwrap(), json!("back"));
    on().respond_fn(|request| MockResponse::json(200, &json!([request.path_parameter("pet")])));
    assert_eq!(get(&client).await.unwrap(), json!(["rex/1"]));
    assert_eq!(on().requests().len(), 4);
    assert!(mock.operation("pets.feed").is_none());
}

#[tokio::test]
async fn records_requests_and_hides_secrets_in_debug_output() {
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

/// Checks the rejection of a request, and the response to it.
#[track_caller]
fn check_rejection(
    mock: &MockServer,
    response: Result<runtime::Response, Error>,
    status: u16,
    location: Location,
    line: &str,
) {
    let error = response.unwrap_err();
    let rejection = mock.rejections().pop().unwrap();
    assert_eq!(rejection.to_string(), line);
    assert_eq!(rejection.location(), &location);
    assert_eq!((rejection.status().as_u16(), error.status().unwrap().as_u16()), (status, status));
    assert_eq!(error.message(), Some(line), "the response contains the rejection");
    assert_eq!(mock.requests().last().unwrap().rejection(), Some(&rejection));
}

#[tokio::test]
async fn rejects_unknown_paths_and_methods() {
    let mock = mock();
    let client = client(&mock);
    let response = client.request(Method::GET, "/pats").await;
    check_rejection(&mock, response, 404, Location::Path, "GET /pats: path: no operation has this path");
    // A path parameter cannot be empty.
    let response = client.request(Method::GET, "/pets/").await;
    check_rejection(&mock, response, 404, Location::Path, "GET /pets/: path: no operation has this path");
    let response = client.request(Method::DELETE, "/pets/rex").await;
    let line = "DELETE /pets/rex: method: the path has no operation with this method";
    assert_eq!(response.as_ref().unwrap_err().headers().unwrap()["allow"], "GET");
    check_rejection(&mock, response, 405, Location::Method, line);
}

#[tokio::test]
async fn rejects_missing_credentials() {
    let mock = mock();
    let line = "GET /pets/rex: credentials: the operation requires token, or login and key";
    let send = async |builder: ClientBuilder| {
        Request::new(&builder.build().unwrap(), &GET).path("pet", &"rex").send().await
    };
    check_rejection(&mock, send(builder_without_credentials(&mock)).await, 401, Location::Credentials, line);
    let login = || runtime::Credential::basic("ann", "secret");
    check_rejection(
        &mock,
        send(builder_without_credentials(&mock).credential("login", login())).await,
        401,
        Location::Credentials,
        line,
    );
    let both = builder_without_credentials(&mock)
        .credential("login", login())
        .credential("key", runtime::Credential::key("k"));
    send(both).await.unwrap();
    send(builder_without_credentials(&mock).bearer_token("any")).await.unwrap();
    // This operation requires no credentials.
    Request::new(&builder_without_credentials(&mock).build().unwrap(), &MINE).send().await.unwrap();
}

#[tokio::test]
async fn rejects_missing_required_parameters() {
    let mock = mock();
    let client = client(&mock);
    let find = || Request::new(&client, &FIND);
    let query = |name: &str| Location::Query(name.to_owned());
    let line = r#"GET /pets: query parameter "limit": required, but missing"#;
    check_rejection(&mock, find().send().await, 400, query("limit"), line);
    let line = r#"GET /pets: query parameter "filter": required, but missing"#;
    check_rejection(&mock, find().query("limit", &1).send().await, 400, query("filter"), line);
    let line = r#"GET /pets: header "x-team": required, but missing"#;
    let response = find().query("limit", &1).query("filter[age]", &3).send().await;
    check_rejection(&mock, response, 400, Location::Header("x-team".to_owned()), line);
    find().query("limit", &1).query("filter[age]", &3).header("x-team", &"a").send().await.unwrap();
}

#[tokio::test]
async fn rejects_invalid_bodies() {
    let mock = mock();
    let client = client(&mock);
    let create = || Request::new(&client, &CREATE);
    let body = |path: &str| Location::Body(path.to_owned());
    let line = "POST /pets: body: required, but missing";
    check_rejection(&mock, create().send().await, 400, body("$"), line);
    let response = create().bytes("text/plain", "Rex").send().await;
    let line = "POST /pets: header \"content-type\": the operation accepts application/json, \
                application/x-www-form-urlencoded, multipart/form-data, image/*";
    check_rejection(&mock, response, 415, Location::Header("content-type".to_owned()), line);
    let response = create().json(&json!([1, "two"])).send().await;
    check_rejection(
        &mock,
        response,
        400,
        body("$[1]"),
        "POST /pets: body at $[1]: expected an integer between 0 and 255, got \"two\"",
    );
    let response = create().form(&json!({ "age": 3 }), &[]).send().await;
    let line = r#"POST /pets: field "name" of the body: required, but missing"#;
    check_rejection(&mock, response, 400, Location::Field("name".to_owned()), line);
    let response = create().multipart(Multipart::new().text("name", &"Rex")).send().await;
    let line = r#"POST /pets: field "photo" of the body: required, but missing"#;
    check_rejection(&mock, response, 400, Location::Field("photo".to_owned()), line);
    let response = Request::new(&client, &EXPORT).path("pet", &"rex").json(&1).send().await;
    check_rejection(
        &mock,
        response,
        400,
        body("$"),
        "POST /pets/rex:export: body: the operation accepts no request body",
    );

    create().form(&json!({ "name": "Rex" }), &[]).send().await.unwrap();
    let photo = Multipart::new().text("name", &"Rex").file("photo", "\r\n--not a boundary\r\n\r\n");
    create().multipart(photo).send().await.unwrap();
    create().bytes("image/png", "...").send().await.unwrap();
}

#[tokio::test]
async fn rejects_parameters_that_exceed_limits() {
    let mock = strict_mock();
    let client = client(&mock);
    let find = || Request::new(&client, &FIND).query("filter", &"");
    let query = |name: &str| Location::Query(name.to_owned());
    for (request, location, line) in [
        (
            Request::new(&client, &GET).path("pet", &"12/4"),
            Location::PathParameter("pet".to_owned()),
            "GET /pets/12%2F4: path parameter \"pet\": longer than 3 characters (`maxLength`)",
        ),
        (
            Request::new(&client, &GET).path("pet", &"rex"),
            Location::PathParameter("pet".to_owned()),
            "GET /pets/rex: path parameter \"pet\": does not match `^\\d*$` (`pattern`)",
        ),
        (
            find().query("limit", &11).header("x-team", &"1"),
            query("limit"),
            "GET /pets: query parameter \"limit\": more than 10 (`maximum`)",
        ),
        (
            find().query("limit", &"one").header("x-team", &"1"),
            query("limit"),
            "GET /pets: query parameter \"limit\": expected the type integer (`type`)",
        ),
        (
            find().query("limit", &1).query("tags", &["a", "b", "c"]).header("x-team", &"1"),
            query("tags"),
            "GET /pets: query parameter \"tags\": more than 2 items (`maxItems`)",
        ),
        (
            find().query("limit", &1).header("x-team", &"1234"),
            Location::Header("x-team".to_owned()),
            "GET /pets: header \"x-team\": longer than 3 characters (`maxLength`)",
        ),
    ] {
        check_rejection(&mock, request.send().await, 400, location, line);
    }
    let names = |names: &[&str]| {
        let find = find().query("limit", &1).header("x-team", &"1");
        find.query_as("names", runtime::Style::FORM, &names)
    };
    let line = "GET /pets: query parameter \"names\": more than 2 items (`maxItems`)";
    check_rejection(&mock, names(&["a", "b", "c"]).send().await, 400, query("names"), line);
    // A comma in an item is encoded, and delimits nothing.
    names(&["a", "b,c"]).send().await.unwrap();
    find().query("limit", &10).query("tags", &["a", "b"]).header("x-team", &"123").send().await.unwrap();
}

#[tokio::test]
async fn rejects_bodies_that_exceed_limits() {
    let mock = strict_mock();
    let client = client(&mock);
    let create = || Request::new(&client, &CREATE);
    let photo = || Multipart::new().file("photo", "...");
    let field = |name: &str| Location::Field(name.to_owned());
    for (request, location, line) in [
        (
            create().json(&json!([1, 2, 3])),
            Location::Body("$".to_owned()),
            "POST /pets: body: more than 2 items (`maxItems`)",
        ),
        (
            create().form(&json!({ "name": "1234" }), &[]),
            field("name"),
            "POST /pets: field \"name\" of the body: longer than 3 characters (`maxLength`)",
        ),
        (
            create().form(&json!({ "name": "1", "ages": [1, 2, 3] }), &[("ages", runtime::Style::FORM)]),
            field("ages"),
            "POST /pets: field \"ages\" of the body: more than 2 items (`maxItems`)",
        ),
        (
            create().multipart(photo().text("name", &"1234")),
            field("name"),
            "POST /pets: field \"name\" of the body: longer than 3 characters (`maxLength`)",
        ),
        (
            create().multipart(photo().json("owner", &json!({ "name": "1234" }))),
            field("owner"),
            "POST /pets: field \"owner\" of the body: $.name: longer than 3 characters (`maxLength`)",
        ),
    ] {
        check_rejection(&mock, request.send().await, 400, location, line);
    }
    create().json(&json!([1, 2])).send().await.unwrap();
    create().multipart(photo().text("name", &"123").json("owner", &json!({}))).send().await.unwrap();
}

#[test]
fn panics_if_a_response_exceeds_limits() {
    let mock = strict_mock();
    let get = || mock.typed_operation::<Json<Value>>("pets.get");
    let message = |set: &dyn Fn()| {
        let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(set)).unwrap_err();
        *panic.downcast::<String>().unwrap()
    };
    assert_eq!(
        message(&|| {
            get().respond(&json!({ "name": "1234" }));
        }),
        "the document forbids this response of `pets.get` with status 200: $.name: longer than 3 characters \
         (`maxLength`) (to send it anyway, call `unchecked` first)"
    );
    let found = message(&|| {
        get().respond_pages(&[json!({ "age": 1 })]);
    });
    assert!(found.contains("$.age: the document has no such property (`additionalProperties`)"), "{found}");
    let found = message(&|| {
        get().then_respond_with_status(404, &json!([1, 2, 3]));
    });
    assert!(found.contains("with status 404: $: more than 2 items (`maxItems`)"), "{found}");
    let export = || mock.typed_operation::<Lines<Value>>("pets.export");
    let found = message(&|| {
        export().respond(&[json!({}), json!({ "age": 1 })]);
    });
    assert!(found.contains("$.age: the document has no such property"), "{found}");
    get().unchecked().respond(&json!({ "name": "1234" }));
    get().respond(&json!({ "name": "123" })).then_respond_with_status(404, &json!([1, 2]));
}

#[tokio::test]
async fn rejects_invalid_parts() {
    let mock = mock();
    let client = client(&mock);
    let send = async |icon: File| {
        let form = Multipart::new().file("photo", "...").file("icon", icon);
        Request::new(&client, &CREATE).multipart(form).send().await
    };
    let icon = |media_type: &str| File::new("<svg/>").with_media_type(media_type);
    let field = || Location::Field("icon".to_owned());
    let line = "POST /pets: field \"icon\" of the body: expected image/svg+xml or text/*, got image/png";
    check_rejection(&mock, send(icon("image/png").with_header("x-license", "CC0")).await, 400, field(), line);
    let line = "POST /pets: field \"icon\" of the body: the header \"x-license\" of the part is required, but missing";
    check_rejection(&mock, send(icon("image/svg+xml")).await, 400, field(), line);
    for media_type in ["image/svg+xml; charset=utf-8", "TEXT/html"] {
        send(icon(media_type).with_header("X-License", "CC0")).await.unwrap();
    }
    // A part without a content type is plain text (RFC 7578, section 4.4).
    let plain = Multipart::new().file("photo", "...").text("icon", &"<svg/>");
    let plain = plain.part_header("icon", "x-license", runtime::Style::SIMPLE, &"CC0");
    Request::new(&client, &CREATE).multipart(plain).send().await.unwrap();
}

#[tokio::test]
async fn operations_have_servers_and_versions() {
    static COUNT: Operation = Operation::new("pets.count", Method::POST, "/count").secured_by(&[]);
    let mock = mock();
    let client = client(&mock);
    let count = async |request: Request| request.send().await?.json::<Value>();
    let request = || Request::new(&client, &COUNT).server("/v2");
    assert_eq!(count(request()).await.unwrap(), json!("one"));
    assert_eq!(count(request().accept("application/json;v=2")).await.unwrap(), json!([2]));
    assert_eq!(count(Request::new(&client, &COUNT)).await.unwrap(), json!("one"));
    assert_eq!(mock.requests()[1].path(), "/v2/count");

    count(request().json_as("application/json;v=1", "a")).await.unwrap();
    count(request().json_as("application/json; v=2", &[1])).await.unwrap();
    let error = count(request().json_as("application/json;v=2", "a")).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 400);
}

/// Sets a response and sends a request. Returns the status of the response.
async fn respond_and_get(status: u16, value: &Value) -> u16 {
    let mock = mock();
    mock.operation("pets.get").unwrap().respond_with_status(status, value);
    let status = match get(&client(&mock)).await {
        Ok(found) => {
            assert_eq!(found, *value);
            status
        }
        Err(error) => error.status().unwrap().as_u16(),
    };
    assert_eq!(mock.rejections(), []);
    status
}

#[tokio::test]
async fn checks_responses_against_the_document() {
    for (status, value) in [
        // Documented by status code, by class, and by default.
        (404, json!([null])),
        (409, json!([1])),
        (500, json!("oh")),
        // Not documented.
        (203, json!(3)),
    ] {
        assert_eq!(respond_and_get(status, &value).await, status, "{value}");
    }
}

#[test]
#[should_panic(
    expected = "the document forbids this response of `pets.get` with status 409: $[0]: expected an integer \
                           between 0 and 255, got 300 (to send it anyway, call `unchecked` first)"
)]
fn panics_if_the_document_forbids_a_response() {
    mock().operation("pets.get").unwrap().respond_with_status(409, &json!([300]));
}

#[test]
#[should_panic(
    expected = "the document forbids this response of `pets.get` with status 503: $: expected a string, got 1"
)]
fn panics_if_the_document_forbids_the_next_response() {
    let mock = mock();
    mock.operation("pets.get").unwrap().unchecked().respond_with_status(503, &json!(1));
    mock.operation("pets.get").unwrap().then_respond_with_status(503, &json!(1));
}

/// An account with a write-only password and a read-only id.
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
fn read_only_and_write_only_fields_are_required_in_one_direction() {
    for (json, is_valid_request, is_valid_response) in [
        (r#"{"id":"1"}"#, false, true),
        (r#"{"password":"p"}"#, true, false),
        (r#"{"id":"1","password":"p"}"#, true, true),
    ] {
        let json = json.as_bytes();
        assert_eq!(decodes_request::<Account, Own>(json).is_ok(), is_valid_request);
        assert_eq!(decodes_response::<Account, Own>(json).is_ok(), is_valid_response);
    }
}

#[tokio::test]
async fn responds_with_several_statuses_in_order() {
    let mock = mock();
    let client = client(&mock);
    let pet = mock.operation("pets.get").unwrap().respond_with_status(404, &json!("first"));
    pet.then_respond_with_status(409, &json!([])).then_respond_with(MockResponse::json(200, &json!("last")));
    for status in [Some(404), Some(409), None] {
        let found = get(&client).await.err().and_then(|error| Some(error.status()?.as_u16()));
        assert_eq!(found, status);
    }
}

#[tokio::test]
async fn issues_tokens() {
    let mock = mock();
    let grant =
        runtime::oauth::ClientCredentials::new("id", "secret").with_token_url(mock.token_url().unwrap());
    let client = builder_without_credentials(&mock).grant(grant).build().unwrap();
    get(&client).await.unwrap();
    assert_eq!(mock.requests().len(), 1);
    assert_eq!(mock.token_requests()[0].path(), "/oauth/token");
    let response = client.request(Method::POST, "/oauth/token").await;
    assert_eq!(response.unwrap_err().status().unwrap().as_u16(), 400);
}

/// The server runs on its own thread, so the client needs no async runtime.
#[test]
fn stops_when_it_is_dropped() {
    use std::io::{Read, Write};

    let mock = mock();
    let address = mock.base_url().trim_start_matches("http://").to_owned();
    let mut connection = std::net::TcpStream::connect(&address).unwrap();
    connection.write_all(b"GET /pets/mine HTTP/1.1\r\nhost: x\r\n\r\n").unwrap();
    let mut line = [0; 15];
    connection.read_exact(&mut line).unwrap();
    assert_eq!(&line, b"HTTP/1.1 204 No");
    drop(mock);
    // Open connections are closed. The read returns the end or an error.
    connection.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let mut rest = Vec::new();
    let _ = connection.read_to_end(&mut rest);
    while std::net::TcpStream::connect(&address).is_ok() {
        std::thread::yield_now();
    }
}
