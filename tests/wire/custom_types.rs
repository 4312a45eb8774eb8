//! Cases about the types of codegen.toml: the module `ext` of the client, and the crate `url`.

use std::collections::BTreeMap;

use url::Url;
use wire_client::ext::{Address, Money};
use wire_client::resources::quotes::GetHeaders;
use wire_client::{Client, RequestExt, types};

use crate::{CallOutcome, Case};

/// Requests a quote as often as given, and returns the errors.
fn errors(client: Client, count: usize) -> CallOutcome {
    Box::pin(async move {
        let mut errors = Vec::new();
        for _ in 0..count {
            errors.push(match client.quotes().get(&Money(0)).await {
                Ok(quote) => format!("{quote:?}"),
                Err(error) => error.to_string().replace("GET /quotes/{price}: ", ""),
            });
        }
        Ok(errors.join("\n"))
    })
}

fn home() -> Address {
    Address { street: "A & B".to_owned() }
}

pub(crate) const CASES: &[Case] = &[
    Case {
        name: "types of codegen.toml in the path, the query, a header and a cookie",
        responses: &[
            "200 OK|content-type: application/json|x-price: 2.50||{\"total\":\"1.50\",\"from\":{\"street\":\"A\"}}",
        ],
        credentials: |builder| builder.bearer_token("t"),
        call: |client| {
            Box::pin(async move {
                let call = client.quotes().get(&Money(150)).max(&Money(275)).prices([Money(1), Money(200)]);
                let call = call.near(&home()).x_price(&Money(325)).c(&Money(400));
                let (quote, response) = call.with_response().await?;
                Ok(format!("{:?} {:?} {:?}", quote.total, quote.from, GetHeaders::of(&response)?.x_price))
            })
        },
        outcome: "Money(150) Address { street: \"A\" } Some(Money(250))",
        requests: &[&[
            "GET /quotes/1.50?max=2.75&prices=0.01&prices=2.00&near%5Bstreet%5D=A%20%26%20B HTTP/1.1",
            "x-price: 3.25\r\n",
            "cookie: c=4.00\r\n",
        ]],
    },
    Case {
        name: "types of codegen.toml in each part of a JSON body",
        responses: &["200 OK|content-type: application/json||[{\"street\":\"C\"},{\"street\":\"D\"}]"],
        credentials: |builder| builder.bearer_token("t"),
        call: |client| {
            Box::pin(async move {
                let page = Url::parse("https://example.com/a%20b").expect("the URL is valid");
                let quote = types::Quote::new(Money(150), home())
                    .with_stops([home(), home()])
                    .with_fees([("night", Money(5))])
                    .with_tip_null()
                    .with_to(types::QuoteTo::String(Money(10)))
                    .with_paid(types::QuotePaid::Card(home()))
                    .with_span((Money(7), home()))
                    .with_page(page)
                    .with_by_day(BTreeMap::from([("mon".to_owned(), vec![Money(1), Money(2)])]));
                let stops = client.quotes().set(&Money(0), &quote).await?;
                Ok(stops.iter().map(|stop| stop.street.as_str()).collect::<Vec<_>>().join(" "))
            })
        },
        outcome: "C D",
        requests: &[&[concat!(
            "\r\n\r\n{\"total\":\"1.50\",\"from\":{\"street\":\"A & B\"},",
            "\"stops\":[{\"street\":\"A & B\"},{\"street\":\"A & B\"}],\"fees\":{\"night\":\"0.05\"},\"tip\":null,",
            "\"to\":\"0.10\",\"paid\":{\"card\":{\"street\":\"A & B\"}},\"span\":[\"0.07\",{\"street\":\"A & B\"}],",
            "\"page\":\"https://example.com/a%20b\",\"by_day\":{\"mon\":[\"0.01\",\"0.02\"]}}",
        )]],
    },
    Case {
        name: "types of codegen.toml in each part of a JSON response",
        responses: &[
            "200 OK|content-type: application/json||{\"total\":\"1.50\",\"from\":{\"street\":\"A\"},\"stops\":[{\"street\":\"B\"}],\"fees\":{\"night\":\"0.05\"},\"tip\":null,\"to\":{\"street\":\"C\"},\"paid\":{\"cash\":\"1.00\"},\"span\":[\"0.07\",{\"street\":\"D\"}],\"page\":\"https://example.com/\",\"by_day\":{\"mon\":[\"0.01\"]}}",
        ],
        credentials: |builder| builder.bearer_token("t"),
        call: |client| {
            Box::pin(async move {
                let quote = client.quotes().get(&Money(0)).await?;
                let page = quote.page.as_ref().map(Url::as_str).unwrap_or_default();
                Ok(format!("{:?} {:?} {:?} {:?}", quote.total, quote.from, quote.stops, quote.fees)
                    + &format!(" {:?} {:?} {:?}", quote.tip, quote.to, quote.paid)
                    + &format!(" {:?} {page} {:?}", quote.span, quote.by_day))
            })
        },
        outcome: concat!(
            "Money(150) Address { street: \"A\" } Some([Address { street: \"B\" }]) Some({\"night\": Money(5)})",
            " Null Some(Address(Address { street: \"C\" })) Some(Cash(Money(100)))",
            " Some((Money(7), Address { street: \"D\" })) https://example.com/ Some({\"mon\": [Money(1)]})",
        ),
        requests: &[],
    },
    Case {
        name: "a type of codegen.toml that refuses a value: the error has the location",
        responses: &[
            "200 OK|content-type: application/json||{\"total\":\"x\",\"from\":{\"street\":\"A\"}}",
            "200 OK|content-type: application/json||{\"total\":\"1.50\",\"from\":{\"street\":7}}",
            "200 OK|content-type: application/json||{\"total\":\"1.50\",\"from\":{}}",
            "200 OK|content-type: application/json||{\"total\":\"1.50\",\"from\":{\"street\":\"A\"},\"stops\":[{\"street\":\"B\"},{\"street\":null}]}",
            "200 OK|content-type: application/json||{\"total\":\"1.50\",\"from\":{\"street\":\"A\"},\"fees\":{\"a.b\":7}}",
            "200 OK|content-type: application/json||{\"total\":\"1.50\",\"from\":{\"street\":\"A\"},\"tip\":\"x\"}",
            "200 OK|content-type: application/json||{\"total\":\"1.50\",\"from\":{\"street\":\"A\"},\"paid\":{\"cash\":\"x\"}}",
            "200 OK|content-type: application/json||{\"total\":\"1.50\",\"from\":{\"street\":\"A\"},\"to\":\"x\"}",
            "200 OK|content-type: application/json||{\"total\":\"1.50\",\"from\":{\"street\":\"A\"},\"to\":{\"street\":7}}",
            "200 OK|content-type: application/json||{\"total\":\"1.50\",\"from\":{\"street\":\"A\"},\"span\":[\"1.00\",{\"street\":7}]}",
            "200 OK|content-type: application/json||{\"total\":\"1.50\",\"from\":{\"street\":\"A\"},\"page\":\"x\"}",
            "200 OK|content-type: application/json||{\"total\":\"1.50\",\"from\":{\"street\":\"A\"},\"by_day\":{\"mon\":[\"1.00\",\"x\"]}}",
            "200 OK|content-type: application/json||{\"total\":\"1.50\",\"from\":null}",
        ],
        credentials: |builder| builder.bearer_token("t"),
        call: |client| errors(client, 13),
        outcome: concat!(
            "response body at $.total: expected a price such as 1.50\n",
            "response body at $.from: expected a string, got 7\n",
            "response body at $.from: required property `street` is missing\n",
            "response body at $.stops[1]: expected a string, got null\n",
            "response body at $.fees[\"a.b\"]: expected a string, got 7\n",
            "response body at $.tip: expected a price such as 1.50\n",
            "response body at $.paid.cash: expected a price such as 1.50\n",
            "response body at $.to: expected a price such as 1.50\n",
            "response body at $.to: expected a string, got 7\n",
            "response body at $.span[1]: expected a string, got 7\n",
            "response body at $.page: relative URL without a base: \"x\"\n",
            "response body at $.by_day: expected a price such as 1.50\n",
            "response body at $.from: expected an object, got null",
        ),
        requests: &[],
    },
    Case {
        name: "types of codegen.toml as whole bodies: a form, null, an error, a list, text",
        responses: &[
            "200 OK|content-type: application/json||null",
            "200 OK|content-type: application/json||\"1.50\"",
            "404 Not Found|content-type: application/json||{\"street\":\"A\"}",
            "200 OK|content-type: application/json||[{\"street\":\"A\"},{}]",
            "200 OK|content-type: text/plain||1.50",
        ],
        credentials: |builder| builder.bearer_token("t"),
        call: |client| {
            Box::pin(async move {
                let quotes = client.quotes();
                let form = types::OrderRequest::new(Money(5)).with_tips([Money(6), Money(7)]);
                let none = quotes.order(&Money(0), &form).await?;
                let some = quotes.order(&Money(0), &form).await?;
                let error = quotes.get(&Money(0)).await.map(|_| ()).unwrap_err();
                let address = error.decode::<Address>();
                let quote = types::Quote::new(Money(1), home());
                let list = quotes.set(&Money(0), &quote).await.map(|_| ()).unwrap_err();
                let text = client.stops().list().await?;
                Ok(format!("{none:?} {some:?} {address:?} {list} {text:?}"))
            })
        },
        outcome: "None Some(Money(150)) Some(Ok(Address { street: \"A\" })) PUT /quotes/{price}: response body at $[1]: required property `street` is missing \"1.50\"",
        requests: &[&[
            "content-type: application/x-www-form-urlencoded",
            "\r\n\r\ntip=0.05&tips=0.06&tips=0.07",
        ]],
    },
    Case {
        name: "types of codegen.toml in a stream",
        responses: &[
            "200 OK|content-type: text/event-stream||data: {\"street\":\"A\"}\n\ndata: {\"street\":7}\n\n",
        ],
        credentials: |builder| builder.bearer_token("t"),
        call: |client| {
            Box::pin(async move {
                let mut events = client.stops().watch().await?;
                let first = events.next().await.expect("there is an event")?;
                let second = events.next().await.expect("there is an event").map(|_| ()).unwrap_err();
                Ok(format!("{:?} {second}", first.data))
            })
        },
        outcome: "Address { street: \"A\" } GET /stops: item 2 of the stream at $: expected a string, got 7",
        requests: &[],
    },
];
