//! Adyen Checkout: Basic authentication or an API key, an operation without credentials, idempotency keys, and unions
//! that are distinguished by a property.

use std::sync::LazyLock;
use std::time::Duration;

use adyen_checkout::runtime::ReqwestTransport;
use adyen_checkout::types::{
    Amount, IdealDetails, PaymentRequest, PaymentRequestPaymentMethod, PaymentResponseAction,
    ValidateShopperIdRequest,
};
use adyen_checkout::{Client, ClientBuilder, RetryPolicy};
use serde_json::{Value, json};
use tests::server::{Reply, Server};

static TRANSPORT: LazyLock<ReqwestTransport> = LazyLock::new(|| ReqwestTransport::new().unwrap());

fn builder(server: &Server) -> ClientBuilder {
    let builder = Client::builder().base_url(server.url()).transport(TRANSPORT.clone());
    builder.retry(RetryPolicy::default().with_base_delay(Duration::ZERO))
}

fn payment() -> PaymentRequest {
    let method: PaymentRequestPaymentMethod = IdealDetails::default().with_issuer("1121").into();
    PaymentRequest::new(Amount::new("EUR", 1000), "Acme", method, "r1", "https://a.test/?s=1")
}

#[tokio::test]
async fn sends_a_password_or_a_key() {
    type SetCredentials = fn(ClientBuilder) -> ClientBuilder;
    let cases: [(SetCredentials, Option<&str>, Option<&str>); 3] = [
        // `ws:p:ss`
        (|builder| builder.basic_auth("ws", "p:ss"), Some("Basic d3M6cDpzcw=="), None),
        (|builder| builder.api_key("k3y"), None, Some("k3y")),
        (|builder| builder.api_key("k3y").basic_auth("ws", "p:ss"), Some("Basic d3M6cDpzcw=="), None),
    ];
    for (set_credentials, password, key) in cases {
        let server = Server::with(|| Reply::json("200 OK", r#"{"resultCode":"Authorised"}"#)).await;
        let client = set_credentials(builder(&server)).build().unwrap();
        client.payments().payments().body(&payment()).await.unwrap();
        let _ = client.utility().validate_shopper_id(&ValidateShopperIdRequest::default()).await;
        let [paid, validated] = &server.received()[..] else { panic!("{:?}", server.received()) };
        assert_eq!((paid.header("authorization"), paid.header("x-api-key")), (password, key));
        assert_eq!((validated.header("authorization"), validated.header("x-api-key")), (None, None));
    }
}

#[tokio::test]
async fn repeats_a_payment_only_with_an_idempotency_key() {
    for (key, requests) in [(None, 1), (Some("once"), 4)] {
        let server = Server::with(|| Reply::json("503 Service Unavailable", "{}")).await;
        let client = builder(&server).api_key("k").build().unwrap();
        let request = client.payments().payments().body(&payment());
        let request = match key {
            Some(key) => request.idempotency_key(key),
            None => request,
        };
        request.await.unwrap_err();
        let received = server.received();
        assert_eq!(received.len(), requests);
        assert!(received.iter().all(|request| request.header("idempotency-key") == key));
        assert!(received.iter().all(|request| request.body == received[0].body));
    }
}

#[tokio::test]
async fn distinguishes_unions_by_a_property() {
    for (action, url) in [
        (json!({ "type": "redirect", "method": "GET", "url": "https://b.test" }), Some("https://b.test")),
        (json!({ "type": "teleport", "url": "https://b.test" }), None),
    ] {
        let response = json!({ "resultCode": "RedirectShopper", "pspReference": "8", "action": action });
        let response = response.to_string();
        let server = Server::with(move || Reply::json("200 OK", &response)).await;
        let client = builder(&server).api_key("k").build().unwrap();
        let response = client.payments().payments().body(&payment()).await.unwrap();
        let sent: Value = serde_json::from_str(&server.only_request().body).unwrap();
        assert_eq!(sent["paymentMethod"], json!({ "type": "ideal", "issuer": "1121" }));
        assert_eq!(sent["amount"], json!({ "currency": "EUR", "value": 1000 }));
        match response.action.unwrap() {
            PaymentResponseAction::Redirect(redirect) => assert_eq!(redirect.url.as_deref(), url),
            PaymentResponseAction::Unknown(kept) => assert_eq!((kept, url), (action, None)),
            other => panic!("{other:?}"),
        }
    }
}
