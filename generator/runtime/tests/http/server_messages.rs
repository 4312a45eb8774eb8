//! The message of a server, in the forms that common frameworks give the body of an error.

use runtime::{Error, Request};
use serde_json::json;

use crate::server::{Reply, Server};
use crate::{LIST_PETS, TOKEN, all_of, client};

async fn error_with(body: String) -> Error {
    let server = Server::with(move || Reply::json("422 Unprocessable Content", &body)).await;
    Request::new(&client(&server), &LIST_PETS).send().await.unwrap_err()
}

async fn message_in(body: impl ToString) -> Option<String> {
    error_with(body.to_string()).await.message().map(str::to_owned)
}

#[track_caller]
fn check(found: Option<String>, expected: &str) {
    assert_eq!(found.as_deref(), Some(expected).filter(|text| !text.is_empty()));
}

#[tokio::test]
async fn a_headline_is_found_by_its_name() {
    for (body, expected) in [
        (json!({ "message": "no", "detail": "else" }), "no"),
        (json!({ "Message": "no" }), "no"),
        (json!({ "error": { "code": 5, "message": "no" }, "error_description": "else" }), "no"),
        (json!({ "error": "invalid_grant", "error_description": "expired" }), "expired"),
        (json!({ "title": "Out of credit", "detail": "30 are missing" }), "30 are missing"),
        (json!({ "title": "Out of credit", "type": "/problems/credit" }), "Out of credit"),
        (json!({ "exception_message": "Invalid request received." }), "Invalid request received."),
        (json!({ "error": "channel_not_found", "ok": false }), "channel_not_found"),
        (json!({ "error": "NotFoundError", "message": "no such pet" }), "no such pet"),
        (json!({ "msg": "no" }), "no"),
        (json!({ "message": " ", "title": "no" }), "no"),
        (json!("no such pet"), "no such pet"),
        (json!({ "detail": { "reason": "not unique", "statement": "hidden" } }), "not unique"),
        (json!({ "message": null, "detail": true, "error": 4.5 }), "4.5"),
        (json!({ "pets": ["rex"], "errors": [] }), ""),
    ] {
        check(message_in(body).await, expected);
    }
}

#[tokio::test]
async fn problems_are_listed_with_their_locations() {
    for (body, expected) in [
        (
            json!({ "detail": [
                { "loc": ["body", "name"], "msg": "field required", "type": "missing", "input": { "pin": 1 } },
                { "loc": ["query", "ids", 0], "msg": "not a number", "type": "int_parsing" },
            ] }),
            "body.name: field required; query.ids.0: not a number",
        ),
        (
            json!({ "exception_message": "Invalid request received.", "exception_detail": [
                { "loc": ["body", "name"], "msg": "field required" },
            ], "request_body": { "name": "private" } }),
            "Invalid request received: body.name: field required",
        ),
        (
            json!({ "title": "Your request is not valid.", "errors": [
                { "detail": "must be positive", "pointer": "#/age" },
                { "detail": "must be a color", "pointer": "#/profile/a~1b" },
            ] }),
            "Your request is not valid: age: must be positive; profile.a/b: must be a color",
        ),
        (
            json!({ "title": "One or more validation errors occurred.", "status": 400, "errors": {
                "Name": ["The Name field is required.", "Too short."], "message": ["Too long."],
            } }),
            "One or more validation errors occurred: Name: The Name field is required.; Name: Too short.; \
             message: Too long.",
        ),
        (
            json!({ "title": "Invalid", "invalid-params": [{ "name": "age", "reason": "must be positive" }] }),
            "Invalid: age: must be positive",
        ),
        (
            json!({ "errors": [{ "status": "422", "title": "Invalid", "detail": "is taken",
                "source": { "pointer": "/data/attributes/name" } }] }),
            "data.attributes.name: is taken",
        ),
        (
            json!({ "message": "Validation Failed", "errors": [
                { "resource": "Issue", "field": "title", "code": "missing_field" },
            ] }),
            "Validation Failed: title: missing_field",
        ),
        (
            json!({ "message": ["name must be a string", "age must be positive"], "error": "Bad Request" }),
            "Bad Request: name must be a string; age must be positive",
        ),
        (
            json!({ "error": { "code": 400, "message": "Invalid", "errors": [
                { "message": "Invalid", "domain": "global" }, { "message": "Too long", "reason": "tooLong" },
            ] } }),
            "Invalid: Too long",
        ),
        (json!({ "errors": ["no name", "no name", "no age"] }), "no name; no age"),
        (json!({ "errors": { "name": "is required" } }), "name: is required"),
        (
            json!({ "validation_errors": { "title": ["Required."] }, "detail": "Validation error" }),
            "Validation error: title: Required.",
        ),
        (json!({ "name": ["This field is required."] }), "name: This field is required."),
        (json!({ "error": [{ "field": "a", "message": "b" }] }), "a: b"),
        (json!([{ "loc": ["body"], "msg": "no" }]), "body: no"),
        (
            json!({ "detail": [[["no"]], { "errors": { "items": [{ "msg": "small" }] } }] }),
            "no; items: small",
        ),
    ] {
        check(message_in(body).await, expected);
    }
}

#[tokio::test]
async fn the_number_and_the_length_of_problems_are_limited() {
    let many: Vec<_> = (0..100_000).map(|number| format!("problem {number}")).collect();
    let shown = "problem 0; problem 1; problem 2; problem 3; problem 4; problem 5; problem 6; problem 7";
    check(message_in(json!({ "errors": many })).await, &format!("{shown} (and 99992 more)"));
    let long = json!({ "errors": { "n".repeat(5_000_000): ["é".repeat(5_000_000)] } });
    assert_eq!(message_in(long).await.unwrap().chars().count(), 303);

    let others: String =
        (0..100_000).map(|number| format!(r#""p{number}":[{{"a":{{"b":[1,2]}}}}],"#)).collect();
    check(message_in(format!(r#"{{{others}"message":"no"}}"#)).await, "no");
    check(message_in(format!("{}{}", r#"{"detail":"#.repeat(100), "}".repeat(100))).await, "");
    check(message_in(format!("{}1{}", "[".repeat(100), "]".repeat(100))).await, "");
}

#[tokio::test]
async fn problems_hide_secrets_and_display_escapes_them() {
    let secret = format!("{}{TOKEN}{TOKEN}", "x".repeat(295));
    let body = json!({ "detail": [{ "loc": ["header", TOKEN], "msg": "a\nb" }, { "msg": secret }] });
    let error = error_with(body.to_string()).await;
    assert!(!error.message().unwrap().contains(&TOKEN[..4]), "{error:?}");
    let text = error.to_string();
    let start = r"GET /pets: 422 Unprocessable Entity: header.(hidden): a\nb; xxx";
    assert!(text.starts_with(start) && text.ends_with("..."), "{text}");
}

#[tokio::test]
async fn a_byte_order_mark_is_ignored() {
    let error = error_with("\u{feff}{\"message\":\"no\",\"details\":[5]}".to_owned()).await;
    assert_eq!((error.message(), error.details::<Vec<u8>>()), (Some("no"), Some(vec![5])));
}

#[tokio::test]
async fn the_phrase_of_the_status_is_not_repeated() {
    let error = error_with(json!({ "title": "Unprocessable Entity" }).to_string()).await;
    assert_eq!(error.message(), Some("Unprocessable Entity"));
    assert_eq!(error.to_string(), "GET /pets: 422 Unprocessable Entity");
}

#[tokio::test]
async fn debug_output_is_bounded() {
    let long = "x".repeat(10_000_000);
    for body in [
        json!({ "message": long, "code": long }),
        json!({ "error": { "code": long, "message": long } }),
        json!({ "errors": [{ "msg": long }] }),
    ] {
        let error = error_with(body.to_string()).await;
        for text in [format!("{error:?}"), format!("{error:#?}"), format!("{error}")] {
            assert!(text.len() < 2_000, "{} bytes", text.len());
        }
    }
}

/// serde repeats a value of the wrong type in its message.
#[tokio::test]
async fn debug_output_of_decode_errors_is_bounded() {
    let long = "x".repeat(10_000_000);
    for body in [json!([long]), json!({ long.as_str(): long })] {
        let body = body.to_string();
        let server = Server::with(move || Reply::json("200 OK", &body)).await;
        let response = Request::new(&client(&server), &LIST_PETS).send().await.unwrap();
        let error = match response.body()[0] {
            b'[' => response.json::<Vec<u8>>().unwrap_err(),
            _ => response.json::<std::collections::BTreeMap<String, u8>>().unwrap_err(),
        };
        assert!(all_of(&error).len() < 5_000, "{} bytes", all_of(&error).len());
        let error = error.decode::<Vec<u8>>().unwrap().unwrap_err();
        assert!(format!("{error:?}{:?}", std::error::Error::source(&error)).len() < 2_000);
    }
}

#[tokio::test]
async fn values_that_rust_cannot_represent_hide_no_others() {
    for (body, code, message) in [
        (r#"{"message":"no","size":1e400,"tag":"\ud800"}"#, None, "no"),
        (r#"{"message":"a \ud800b","code":1e400}"#, Some("1e400"), "a \u{fffd}b"),
        (r#"{"\udc00":1,"detail":[{"loc":["a"],"msg":"no"},{"x":1e400}]}"#, None, "a: no"),
    ] {
        let error = error_with(body.to_owned()).await;
        assert_eq!((error.code(), error.message()), (code, Some(message)), "{body}");
    }
    let error = error_with(r#"{"message":"no","details":[5],"size":1e400}"#.to_owned()).await;
    assert_eq!(error.details::<Vec<u8>>(), Some(vec![5]));
    let deep = format!(r#"{{"message":"no","later":{}{}}}"#, "[".repeat(1000), "]".repeat(1000));
    assert_eq!(error_with(deep).await.message(), Some("no"));
}

#[tokio::test]
async fn the_memory_of_details_is_limited() {
    let error = error_with(format!(r#"{{"message":"no","details":[{}1]}}"#, "1,".repeat(4 << 20))).await;
    assert_eq!(error.details::<serde_json::Value>(), None);
    assert_eq!(error.details::<Vec<u8>>().map(|list| list.len()), Some((4 << 20) + 1));
}
