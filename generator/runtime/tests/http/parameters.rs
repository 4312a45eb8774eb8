//! Parameters: encoded so that they cannot change the rest of the request, or rejected.

use runtime::{Client, Method, Operation, Parameter, Request, Style};
use serde::Serialize;
use serde_json::json;

use crate::server::{Reply, Server};
use crate::{GET_PET, LIST_PETS, client};

/// Every kind of character that can have a meaning in a URL.
const SPECIAL: &str = "a/b?c#d%e f+g&h=i:j@k;l,m\\n\"o<p>q{r}s|t^u`v[w]x\u{e9}\u{1f600}\r\n\0'(~-._)*!$";
const SPECIAL_ENCODED: &str = "a%2Fb%3Fc%23d%25e%20f%2Bg%26h%3Di%3Aj%40k%3Bl%2Cm%5Cn%22o%3Cp%3Eq%7Br%7Ds%7Ct%5Eu%60v%5Bw%5Dx\
                             %C3%A9%F0%9F%98%80%0D%0A%00%27%28~-._%29%2A%21%24";

async fn server() -> Server {
    Server::with(|| Reply::json("200 OK", "{}")).await
}

fn get_pet(client: &Client, owner: &str, pet: &str) -> Request {
    Request::new(client, &GET_PET).path("owner", &owner).path("pet", &pet)
}

#[tokio::test]
async fn encodes_a_path_value_as_one_segment() {
    let server = server().await;
    get_pet(&client(&server), SPECIAL, "...").send().await.unwrap();
    assert_eq!(server.only_request().line, format!("GET /owners/{SPECIAL_ENCODED}/pets/..."));
}

#[tokio::test]
async fn encodes_percent_signs_and_braces() {
    let server = server().await;
    get_pet(&client(&server), "%2e%2e", "{owner}").send().await.unwrap();
    assert_eq!(server.only_request().line, "GET /owners/%252e%252e/pets/%7Bowner%7D");
}

#[tokio::test]
async fn rejects_path_values_that_change_the_path() {
    let server = server().await;
    let client = client(&server);
    for (value, problem) in [("", "is empty"), (".", "is `.`"), ("..", "is `..`")] {
        let error = get_pet(&client, "ann", value).send().await.unwrap_err();
        assert!(error.is_invalid_request());
        assert_eq!(error.operation().unwrap().id(), "pets.get");
        assert_eq!(error.status(), None);
        let text = format!("GET /owners/{{owner}}/pets/{{pet}}: the path parameter `pet` {problem}");
        assert_eq!(error.to_string(), text);
    }
    let error =
        Request::new(&client, &GET_PET).path("owner", &Vec::<String>::new()).send().await.unwrap_err();
    assert!(error.to_string().ends_with("the path parameter `owner` is empty"));
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn rejects_numbers_that_json_lacks() {
    let server = server().await;
    let client = client(&server);
    let list = || Request::new(&client, &LIST_PETS);
    for (request, problem) in [
        (list().query("size", &f64::NAN), "cannot encode query parameter `size`: JSON cannot represent NaN"),
        (
            list().query("size", &Some(f32::INFINITY)),
            "cannot encode query parameter `size`: JSON cannot represent inf",
        ),
        (
            list().query("size", &[1.0, f64::NEG_INFINITY]),
            "cannot encode query parameter `size`: $[1]: JSON cannot represent -inf",
        ),
        (
            list().header("size", &std::collections::BTreeMap::from([("a", (1, f64::NAN))])),
            "cannot encode header parameter `size`: $.a[1]: JSON cannot represent NaN",
        ),
        (list().form(&("a", f64::NAN), &[]), "the body cannot be encoded: $[1]: JSON cannot represent NaN"),
    ] {
        let error = request.send().await.unwrap_err();
        assert!(error.is_invalid_request());
        assert_eq!(error.to_string(), format!("GET /pets: {problem}"));
    }
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn integers_keep_all_digits() {
    let server = server().await;
    let request = Request::new(&client(&server), &LIST_PETS);
    request.query("from", &i128::MIN).query("to", &u128::MAX).query("size", &1.5).send().await.unwrap();
    let line = format!("GET /pets?from={}&to={}&size=1.5", i128::MIN, u128::MAX);
    assert_eq!(server.only_request().line, line);
}

/// Scalars are not encoded as JSON, but their text is the text of their JSON.
#[tokio::test]
async fn encodes_scalars_as_in_json() {
    #[derive(Serialize)]
    #[serde(rename_all = "lowercase")]
    enum Kind {
        Cat,
    }
    #[derive(Serialize)]
    struct Wrapper<T>(T);

    let cases: [(&dyn Parameter, &str, &str); 17] = [
        (&"a\"\\", "a%22%5C", "%22a%5C%22%5C%5C%22"),
        (&'\u{e9}', "%C3%A9", "%22%C3%A9%22"),
        (&"12", "12", "%2212%22"),
        (&"null", "null", "%22null%22"),
        (&Kind::Cat, "cat", "%22cat%22"),
        (&Wrapper(Some("a b")), "a%20b", "%22a%20b%22"),
        (&format_args!("{}-{}", 1, 2), "1-2", "%221-2%22"),
        (&i8::MIN, "-128", "-128"),
        (&i64::MIN, "-9223372036854775808", "-9223372036854775808"),
        (&u64::MAX, "18446744073709551615", "18446744073709551615"),
        (&Wrapper(7_u16), "7", "7"),
        (&true, "true", "true"),
        (&Some(false), "false", "false"),
        (&0.1_f32, "0.1", "0.1"),
        (&2.0_f64, "2", "2"),
        (&json!(-5), "-5", "-5"),
        (&json!("\u{1f600}"), "%F0%9F%98%80", "%22%F0%9F%98%80%22"),
    ];
    let server = server().await;
    let client = client(&server);
    for (value, text, json) in cases {
        let request = Request::new(&client, &LIST_PETS).query("text", value);
        request.query_as("json", Style::JSON, value).send().await.unwrap();
        assert_eq!(server.received().pop().unwrap().line, format!("GET /pets?text={text}&json={json}"));
    }
}

#[tokio::test]
async fn reports_the_first_problem() {
    let server = server().await;
    let error = get_pet(&client(&server), "", "..").send().await.unwrap_err();
    assert!(error.to_string().ends_with("the path parameter `owner` is empty"), "{error}");
}

#[tokio::test]
async fn rejects_missing_and_unknown_path_parameters() {
    let server = server().await;
    let client = client(&server);
    let error = Request::new(&client, &GET_PET).path("owner", &"ann").send().await.unwrap_err();
    assert!(error.to_string().ends_with("the path parameter `pet` is not set"), "{error}");
    let error = Request::new(&client, &LIST_PETS).path("pet", &"rex").send().await.unwrap_err();
    assert!(error.to_string().ends_with("the path has no parameter `pet`"), "{error}");
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn replaces_parameters_within_a_segment() {
    static EXPORT: Operation =
        Operation::new("pets.export", Method::GET, "/pets/{pet}.{format}/{pet}:export");
    let server = server().await;
    let request = Request::new(&client(&server), &EXPORT).path("pet", &"a:b").path("format", &vec!["x", "y"]);
    request.send().await.unwrap();
    assert_eq!(server.only_request().line, "GET /pets/a%3Ab.x,y/a%3Ab:export");
}

#[tokio::test]
async fn encodes_query_values() {
    let server = server().await;
    Request::new(&client(&server), &LIST_PETS).query("in[]", &SPECIAL).query("x", &"").send().await.unwrap();
    assert_eq!(server.only_request().line, format!("GET /pets?in%5B%5D={SPECIAL_ENCODED}&x="));
}

#[tokio::test]
async fn encodes_lists_in_the_query() {
    let server = server().await;
    let kinds = ["cat", "d,og", ""].map(String::from);
    let request = Request::new(&client(&server), &LIST_PETS)
        .query("each", &&kinds[..])
        .query("none", &Vec::<String>::new())
        .query_as("comma", Style::FORM, &&kinds[..])
        .query_as("space", Style::SPACE_DELIMITED, &vec![1, 2])
        .query_as("nothing", Style::FORM, &Vec::<i32>::new());
    request.send().await.unwrap();
    assert_eq!(
        server.only_request().line,
        "GET /pets?each=cat&each=d%2Cog&each=&comma=cat,d%2Cog,&space=1%202"
    );
}

#[tokio::test]
async fn the_last_setter_wins() {
    let server = server().await;
    let request = Request::new(&client(&server), &LIST_PETS);
    let request = request.query("size", &1).query("token", &"a").query("size", &2).header("x-kind", &"cat");
    request.header("x-kind", &vec!["dog", "owl"]).send().await.unwrap();
    let received = server.only_request();
    assert_eq!(received.line, "GET /pets?token=a&size=2");
    assert_eq!(received.header("x-kind"), Some("dog,owl"));
}

#[tokio::test]
async fn rejects_invalid_header_values() {
    let server = server().await;
    let client = client(&server);
    for value in ["a\r\nx-admin: yes", "a\nb", "a\0b", "\u{7f}"] {
        let error = Request::new(&client, &LIST_PETS).header("x-kind", &value).send().await.unwrap_err();
        assert!(error.is_invalid_request());
        let text = "GET /pets: header parameter `x-kind` contains a character that is not allowed";
        assert_eq!(error.to_string(), text);
    }
    let error = Request::new(&client, &LIST_PETS).header("x kind", &"cat").send().await.unwrap_err();
    assert!(error.is_invalid_request());
    assert!(server.received().is_empty());
    Request::new(&client, &LIST_PETS).header("X-Kind", &"caf\u{e9}").send().await.unwrap();
}

#[tokio::test]
async fn accepts_any_parameter_name() {
    static ODD: Operation = Operation::new("odd", Method::GET, "/pets/{the pet's n\u{e4}me?}");
    let server = server().await;
    Request::new(&client(&server), &ODD).path("the pet's n\u{e4}me?", &"rex").send().await.unwrap();
    assert_eq!(server.only_request().line, "GET /pets/rex");
}
