//! Cases about listings.

use wire_client::Error;
use wire_client::runtime::Items;

use crate::Case;

pub(crate) const CASES: &[Case] = &[
    Case {
        name: "items of all pages",
        responses: &[
            "200 OK|content-type: application/json||{\"list\":[{\"name\":\"Rex\"}],\"nextPageToken\":\"a&b\"}",
            "200 OK|content-type: application/json||{\"list\":[],\"nextPageToken\":\"c\"}",
            "200 OK|content-type: application/json||{\"list\":[{\"name\":\"Tom\"}]}",
        ],
        credentials: |builder| builder.bearer_token("t"),
        call: |client| {
            Box::pin(async move {
                let mut items = client.pets().list().items();
                let mut names = Vec::new();
                while let Some(pet) = items.next().await {
                    names.push(pet?.name);
                }
                Ok(names.join(" "))
            })
        },
        outcome: "Rex Tom",
        requests: &[
            &["GET /pets HTTP/1.1", "authorization: Bearer t", "accept: application/json"],
            &["GET /pets?page_token=a%26b HTTP/1.1", "authorization: Bearer t"],
            &["GET /pets?page_token=c HTTP/1.1"],
        ],
    },
    Case {
        name: "a listing with page tokens or offsets",
        responses: &[
            "200 OK|content-type: application/json||{\"names\":[\"Rex\",\"Tom\"],\"next_cursor\":\"a\",\"total_entries\":null}",
            "200 OK|content-type: application/json||{\"names\":[\"Kit\"],\"next_cursor\":null,\"total_entries\":null}",
        ],
        credentials: |builder| builder.bearer_token("t"),
        call: |client| Box::pin(async move { names(client.pets().names().items()).await }),
        outcome: "Rex Tom Kit",
        requests: &[&["GET /names?cursor= HTTP/1.1"], &["GET /names?cursor=a HTTP/1.1"]],
    },
    Case {
        name: "a listing that ends below its total",
        responses: &[
            "200 OK|content-type: application/json||{\"names\":[\"Rex\",\"Tom\"],\"next_cursor\":null,\"total_entries\":5}",
            "200 OK|content-type: application/json||{\"names\":[],\"next_cursor\":null,\"total_entries\":5}",
        ],
        credentials: |builder| builder.bearer_token("t"),
        call: |client| Box::pin(async move { names(client.pets().names().offset(0).items()).await }),
        outcome: "error: GET /names: 200 OK: the listing ends after 2 items, but its total is 5",
        requests: &[&["GET /names?offset=0 HTTP/1.1"], &["GET /names?offset=2 HTTP/1.1"]],
    },
    Case {
        name: "whole pages",
        responses: &["200 OK|content-type: application/json||{\"list\":[{\"name\":\"Rex\"}],\"total\":1}"],
        credentials: |builder| builder.bearer_token("t"),
        call: |client| {
            Box::pin(async move {
                let mut pages = client.pets().list().pages();
                let mut outcome = String::new();
                while let Some(page) = pages.next().await {
                    outcome += &format!("{:?};", page?.unknown_fields.text("total").map(str::to_owned));
                }
                Ok(outcome)
            })
        },
        outcome: "Some(\"1\");",
        requests: &[&["GET /pets HTTP/1.1"]],
    },
];

/// Returns all names of a listing.
async fn names(mut items: Items<String>) -> Result<String, Error> {
    let mut names = Vec::new();
    while let Some(name) = items.next().await {
        names.push(name?);
    }
    Ok(names.join(" "))
}
