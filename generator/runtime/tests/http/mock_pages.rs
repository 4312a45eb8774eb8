//! Listings of the mock server: the pages that a test sets.

use runtime::mock::{AcceptedBody, BodySchema, Content, Endpoint, Json, MockServer, Resource};
use runtime::testing::MockResponse;
use runtime::{Api, Method, Operation, PageParam, Pages, Pagination, Request, Response};
use serde_json::{Value, json};

static API: Api = Api { user_agent: "pets/0.1.0", server: Some("https://pets.test"), ..Api::EMPTY };

const JSON: &[Content] = &[Content::Json("application/json")];

const OFFSET: Pagination = Pagination::offset(PageParam::Query("offset")).items("/pets");
const NUMBER: Pagination = Pagination::page(PageParam::Body("page"), 1).items("/pets").total_pages("/pages");
const TOKEN: Pagination =
    Pagination::token("/meta/next", PageParam::Query("token")).items("/pets").more("/more");
const URL: Pagination = Pagination::url("/next").items("/pets");
const LINK: Pagination = Pagination::link().items("/pets");

static PETS: Resource = Resource {
    endpoints: &[
        Endpoint::new(Operation::new("offset", Method::GET, "/offset"))
            .responds_with(200, JSON)
            .paginated(OFFSET),
        Endpoint::new(Operation::new("number", Method::POST, "/number"))
            .accepts_body(&[AcceptedBody { media_type: "application/json", schema: BodySchema::Anything }])
            .responds_with(200, JSON)
            .paginated(NUMBER),
        Endpoint::new(Operation::new("token", Method::GET, "/token"))
            .responds_with(200, JSON)
            .paginated(TOKEN),
        Endpoint::new(Operation::new("url", Method::GET, "/url")).responds_with(200, JSON).paginated(URL),
        Endpoint::new(Operation::new("link", Method::GET, "/link")).responds_with(200, JSON).paginated(LINK),
    ],
    responses: "{}",
};

/// The id of each operation, and its rule.
static LISTINGS: [(&str, &Pagination); 5] =
    [("offset", &OFFSET), ("number", &NUMBER), ("token", &TOKEN), ("url", &URL), ("link", &LINK)];

fn serve() -> MockServer {
    static RESOURCES: &[&Resource] = &[&PETS];
    MockServer::serve(&API, RESOURCES).unwrap()
}

/// Reads a listing. Returns its items, and the number of requests.
async fn list(mock: &MockServer, id: &'static str, rule: &'static Pagination) -> (Vec<Value>, usize) {
    let client = mock.client().unwrap();
    let request: Request = match id {
        "number" => client.request(Method::POST, "/number").json(&json!({ "kind": "dog" })),
        _ => client.request(Method::GET, format!("/{id}")).query("kind", &"dog"),
    };
    let before = mock.requests().len();
    let pages: Pages<Value> = Pages::new(request, rule, Response::json);
    let mut items = pages.items(|page| page["pets"].as_array().cloned().unwrap_or_default());
    let mut pets = Vec::new();
    while let Some(pet) = items.next().await {
        pets.push(pet.unwrap());
        assert!(pets.len() < 100, "{id}: the listing does not end");
    }
    (pets, mock.requests().len() - before)
}

#[tokio::test]
async fn a_page_that_a_test_sets_is_the_last() {
    for (id, rule) in &LISTINGS {
        let mock = serve();
        // Equal items, as tests often have.
        mock.typed_operation::<Json<Value>>(id).respond(&json!({ "pets": [0, 0] }));
        // The page is the same for each listing.
        for _ in 0..2 {
            let (pets, requests) = list(&mock, id, rule).await;
            assert_eq!(pets, [0, 0], "{id}");
            assert!(requests <= 2, "{id}: {requests}");
        }
    }
}

#[tokio::test]
async fn a_page_can_say_that_another_follows() {
    let mock = serve();
    let token = mock.typed_operation::<Json<Value>>("token");
    token.respond(&json!({ "pets": [1], "meta": { "next": "a" } }));
    assert_eq!(list(&mock, "token", &TOKEN).await, (vec![json!(1)], 2));
    assert_eq!(mock.requests()[1].query_parameter("token").as_deref(), Some("a"));

    let offset = mock.typed_operation::<Json<Value>>("offset");
    offset.respond(&json!({ "pets": [1, 2] })).then_respond(&json!({ "pets": [3] }));
    assert_eq!(list(&mock, "offset", &OFFSET).await, (vec![json!(1), json!(2), json!(3)], 3));
}

#[tokio::test]
async fn a_test_can_set_several_pages() {
    for (id, rule) in &LISTINGS {
        let mock = serve();
        let pages = [json!({ "pets": [1, 1] }), json!({ "pets": [1, 1] }), json!({ "pets": [2] })];
        mock.typed_operation::<Json<Value>>(id).respond_pages(&pages);
        for _ in 0..2 {
            let (pets, requests) = list(&mock, id, rule).await;
            assert_eq!(pets, [1, 1, 1, 1, 2], "{id}");
            assert!(requests <= 4, "{id}: {requests}");
        }
        assert_eq!(mock.rejections(), []);
        for request in mock.requests().iter().filter(|request| request.method() == Method::GET) {
            assert_eq!(request.query_parameter("kind").as_deref(), Some("dog"), "{id}");
        }
    }
}

#[tokio::test]
async fn other_requests_get_the_first_page() {
    let mock = serve();
    mock.typed_operation::<Json<Value>>("offset").respond(&json!({ "pets": [1] }));
    let client = mock.client().unwrap();
    for offset in [7, 9, 7] {
        let request = client.request(Method::GET, "/offset").query("offset", &offset);
        let page: Value = request.await.unwrap().json().unwrap();
        assert_eq!(page["pets"], json!([1]), "{offset}");
    }
    // Any response can be sent as it is.
    let operation = mock.operation("offset").unwrap();
    operation.respond_with(MockResponse::json(200, &json!({ "pets": [1], "offset": 0 })));
    assert_eq!(list(&mock, "offset", &OFFSET).await, (vec![json!(1)], 2));
}
