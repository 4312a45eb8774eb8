//! Tests of a generated client: the bytes of its requests, and the values of decoded responses.
//!
//! A case has the responses of the server in order, a call, its expected outcome, and texts that each request contains.
//! `tests/all/wire.rs` compiles this program with the client of `api.yaml`, and runs it.

mod media;

use std::future::Future;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::pin::Pin;
use std::thread;

use wire_client::resources::pets::AddPhotoForm;
use wire_client::runtime::{Credential, File, Items, Multipart};
use wire_client::{Client, ClientBuilder, Error, ErrorBody, RequestExt, RetryPolicy, types};

/// The outcome of a call as text.
type CallOutcome = Pin<Box<dyn Future<Output = Result<String, Error>>>>;

struct Case {
    name: &'static str,
    /// The responses of the server: the head with `|` for line breaks, `||`, and the body.
    responses: &'static [&'static str],
    credentials: fn(ClientBuilder) -> ClientBuilder,
    call: fn(Client) -> CallOutcome,
    outcome: &'static str,
    /// The texts that each request contains, or with a leading `!`, must not contain.
    requests: &'static [&'static [&'static str]],
}

/// A response with a null property.
const OWNER: &str =
    "200 OK|content-type: application/json||{\"name\":\"Ann\",\"title\":null,\"aliases\":[\"A\"]}";

const CASES: &[Case] = &[
    Case {
        name: "a null response",
        responses: &["200 OK|content-type: application/json||null"],
        credentials: |builder| builder.bearer_token("t"),
        call: |client| Box::pin(async move { Ok(format!("{:?}", client.notes().get("7").await?)) }),
        outcome: "None",
        requests: &[&["GET /notes/7 HTTP/1.1"]],
    },
    Case {
        name: "a response without write-only properties, and a response without a required property",
        responses: &[
            "200 OK|content-type: application/json||{\"id\":\"7\",\"made\":\"2026-01-02T03:04:05Z\",\"text\":\"hi\"}",
            "200 OK|content-type: application/json||{\"made\":\"2026-01-02T03:04:05Z\",\"text\":\"hi\"}",
        ],
        credentials: |builder| builder.bearer_token("t"),
        call: |client| {
            Box::pin(async move {
                let note = client.notes().get("7").await?.unwrap_or_default();
                let refused = client.notes().get("7").await.is_err_and(|error| error.is_decode());
                Ok(format!("{} {} {refused}", note.id, note.text))
            })
        },
        outcome: "7 hi true",
        requests: &[&["GET /notes/7 HTTP/1.1"], &["GET /notes/7 HTTP/1.1"]],
    },
    Case {
        name: "a null body, and a text response",
        responses: &["200 OK|content-type: text/plain||kept"],
        credentials: |builder| builder.bearer_token("t"),
        call: |client| Box::pin(async move { client.notes().set("7", None).await }),
        outcome: "kept",
        requests: &[&["PUT /notes/7 HTTP/1.1", "content-length: 4", "\r\n\r\nnull", "accept: */*"]],
    },
    Case {
        name: "a body without read-only properties, and a JSON string response",
        responses: &["200 OK|content-type: application/json; charset=utf-8||\"kept\""],
        credentials: |builder| builder.bearer_token("t"),
        call: |client| {
            Box::pin(async move {
                let note = types::Note::new("hi", "");
                client.notes().set("7", Some(&note)).await
            })
        },
        outcome: "kept",
        requests: &[&["PUT /notes/7 HTTP/1.1", "\r\n\r\n{\"text\":\"hi\",\"pin\":\"\"}"]],
    },
    Case {
        name: "a body that is distinguished by a boolean",
        responses: &["204 No Content||", "204 No Content||"],
        credentials: |builder| builder.bearer_token("t"),
        call: |client| {
            Box::pin(async move {
                client.notes().close("7", types::Good::default()).await?;
                client.notes().close("7", types::Bad::default()).await?;
                Ok(String::new())
            })
        },
        outcome: "",
        requests: &[&["POST /notes/7", "{\"ok\":true}"], &["POST /notes/7", "{\"ok\":false}"]],
    },
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
    Case {
        name: "a constant among the alternatives of a union",
        responses: &[
            "200 OK|content-type: application/json||{\"list\":[{\"name\":\"Rex\",\"weight\":\"light\"},{\"name\":\"Tom\",\"weight\":4.5},{\"name\":\"Kit\",\"weight\":\"heavy\"}]}",
        ],
        credentials: |builder| builder.bearer_token("t"),
        call: |client| {
            Box::pin(async move {
                let pets = client.pets().list().await?.list.unwrap_or_default();
                let weights: Vec<String> = pets.iter().map(|pet| format!("{:?}", pet.weight)).collect();
                Ok(weights.join(" "))
            })
        },
        outcome: "Some(Light) Some(Number(4.5)) Some(Unknown(String(\"heavy\")))",
        requests: &[&["GET /pets HTTP/1.1"]],
    },
    Case {
        name: "an operation without credentials",
        responses: &["200 OK|content-type: application/json|x-revision: 7||{\"name\":\"Rex\",\"age\":3}"],
        credentials: |builder| builder.bearer_token("t").credential("key", Credential::key("k")),
        call: |client| {
            Box::pin(async move {
                let (pet, response) = client.pets().get("a/b?").with_response().await?;
                let revision: Option<u32> = response.header("x-revision")?;
                Ok(format!("{} {} {revision:?}", response.status(), pet.name))
            })
        },
        outcome: "200 OK Rex Some(7)",
        requests: &[&["GET /pets/a%2Fb%3F HTTP/1.1", "!authorization", "!key=", "!cookie"]],
    },
    Case {
        name: "a documented error has its type",
        responses: &["404 Not Found|content-type: application/json||{\"title\":\"no Rex\"}"],
        credentials: |builder| builder,
        call: |client| {
            Box::pin(async move {
                let error = match client.pets().get("7").await {
                    Ok(_) => return Ok("a response".to_owned()),
                    Err(error) => error,
                };
                let Some(Ok(ErrorBody::Problem(problem))) = error.decoded() else {
                    return Ok(format!("{:?}", error.decoded()));
                };
                Ok(format!("{} {:?}", error.is_not_found(), problem.title))
            })
        },
        outcome: "true Some(\"no Rex\")",
        requests: &[&["GET /pets/7 HTTP/1.1"]],
    },
    Case {
        name: "an error body depends on the operation and the status",
        responses: &[
            "422 No|content-type: application/json||{\"detail\":[{\"loc\":[\"path\",\"id\"],\"msg\":\"too short\"}]}",
            "410 Gone|content-type: text/plain||gone",
            "500 No|content-type: application/json||{\"retry\":false}",
            "418 Teapot|content-type: application/json||{\"title\":\"tea\"}",
            "422 No|content-type: application/json||{\"detail\":\"text\"}",
            "404 Not Found|content-type: application/json||{\"title\":\"none\"}",
        ],
        credentials: |builder| builder.bearer_token("t").retry(RetryPolicy::none()),
        call: |client| {
            Box::pin(async move {
                let mut outcome = String::new();
                for _ in 0..5 {
                    let Err(error) = client.pets().get("7").await else { return Ok("a response".to_owned()) };
                    outcome += &match error.decoded() {
                        Some(Ok(ErrorBody::Problem(problem))) => format!("{:?} ", problem.title),
                        Some(Ok(ErrorBody::Invalid(invalid))) => {
                            format!("{:?} {error}, ", invalid.detail[0].msg)
                        }
                        Some(Ok(other)) => format!("{other:?} "),
                        Some(Err(error)) => format!("{error} "),
                        None => "no type ".to_owned(),
                    };
                }
                let Err(error) = client.pets().list().await else { return Ok("a response".to_owned()) };
                Ok(outcome + if error.decoded().is_none() { "undocumented" } else { "decoded" })
            })
        },
        outcome: "Some(\"too short\") GET /pets/{id}: 422 Unprocessable Entity: path.id: too short, no type \
            GetError5xx(GetError5xx { retry: Some(false), unknown_fields: {} }) Some(\"tea\") \
            $.detail: expected an array, got \"text\" undocumented",
        requests: &[
            &["GET /pets/7 HTTP/1.1"],
            &["GET /pets/7 HTTP/1.1"],
            &["GET /pets/7 HTTP/1.1"],
            &["GET /pets/7 HTTP/1.1"],
            &["GET /pets/7 HTTP/1.1"],
            &["GET /pets HTTP/1.1"],
        ],
    },
    Case {
        name: "a download in chunks",
        responses: &[
            "200 OK|content-type: image/png|transfer-encoding: chunked||3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n",
        ],
        credentials: |builder| builder.bearer_token("t"),
        call: |client| {
            Box::pin(async move {
                let mut download = client.pets().photo("7").await?;
                let mut bytes = Vec::new();
                while let Some(piece) = download.next().await {
                    bytes.extend(piece?);
                }
                Ok(String::from_utf8_lossy(&bytes).into_owned())
            })
        },
        outcome: "abcde",
        requests: &[&["GET /pets/7/photo HTTP/1.1", "accept: image/png"]],
    },
    Case {
        name: "server-sent events",
        responses: &[
            "200 OK|content-type: text/event-stream||: hello\n\nid: 1\ndata: {\"name\":\ndata: \"Rex\"}\n\nevent: left\ndata: {\"name\":\"Tom\"}\n\n",
        ],
        credentials: |builder| builder.bearer_token("t"),
        call: |client| {
            Box::pin(async move {
                let mut events = client.pets().watch().await?;
                let mut outcome = String::new();
                while let Some(event) = events.next().await {
                    let event = event?;
                    outcome += &format!("{} {} {};", event.event, event.id, event.data.name);
                }
                Ok(outcome)
            })
        },
        outcome: "message 1 Rex;left 1 Tom;",
        requests: &[&["GET /events HTTP/1.1", "accept: text/event-stream"]],
    },
    Case {
        name: "a file in a multipart body",
        responses: &["204 No Content||"],
        credentials: |builder| builder.bearer_token("t"),
        call: |client| {
            Box::pin(async move {
                let photo = File::new("PNG").with_name("re\"x.png");
                let form = AddPhotoForm::new(photo).caption("Rex & Tom");
                client.pets().add_photo("7", form).await.map(|()| "sent".to_owned())
            })
        },
        outcome: "sent",
        requests: &[&[
            "POST /pets/7/photo HTTP/1.1",
            "content-type: multipart/form-data; boundary=",
            "content-disposition: form-data; name=\"photo\"; filename=\"re%22x.png\"",
            "content-type: image/png\r\n\r\nPNG\r\n",
            "content-disposition: form-data; name=\"caption\"\r\n\r\nRex & Tom\r\n",
        ]],
    },
    Case {
        name: "a multipart body without the form type, and a file for a string property",
        responses: &["204 No Content||", "204 No Content||"],
        credentials: |builder| builder.bearer_token("t"),
        call: |client| {
            Box::pin(async move {
                client.pets().add_photo("7", Multipart::new().file("photo", "PNG")).await?;
                let caption = File::new("Rex").with_name("rex.txt");
                let form = AddPhotoForm::new(File::new("PNG")).caption(caption);
                client.pets().add_photo("7", form).await.map(|()| "sent".to_owned())
            })
        },
        outcome: "sent",
        requests: &[
            &["content-disposition: form-data; name=\"photo\"; filename=\"photo\""],
            &["content-disposition: form-data; name=\"caption\"; filename=\"rex.txt\""],
        ],
    },
    Case {
        name: "the method QUERY, and reserved characters in a path",
        responses: &["200 OK|content-type: application/json||[\"Rex\"]"],
        credentials: |builder| builder.bearer_token("t"),
        call: |client| {
            Box::pin(async move {
                let search = types::Search::default().with_text("cat");
                Ok(client.searches().run("a,b:c/d", &search).await?.join(" "))
            })
        },
        outcome: "Rex",
        requests: &[&["QUERY /searches/a,b:c%2Fd HTTP/1.1", "\r\n\r\n{\"text\":\"cat\"}"]],
    },
    Case {
        name: "a method of the document, and a cookie that is not encoded",
        responses: &["204 No Content||"],
        credentials: |builder| builder.bearer_token("t"),
        call: |client| {
            Box::pin(async move {
                client.searches().purge("all").theme("a/b=%20").await.map(|()| "purged".to_owned())
            })
        },
        outcome: "purged",
        requests: &[&["PURGE /searches/all HTTP/1.1", "cookie: theme=a/b=%20\r\n"]],
    },
    Case {
        name: "a cookie that would be two",
        responses: &[],
        credentials: |builder| builder.bearer_token("t"),
        call: |client| {
            Box::pin(async move {
                client.searches().purge("all").theme("a; sid=b").await.map(|()| "purged".to_owned())
            })
        },
        outcome: "error: PURGE /searches/{scope}: cookie `theme` contains a character that is not allowed; percent-encode it",
        requests: &[],
    },
    Case {
        name: "query strings: a form, JSON, and text",
        responses: &["204 No Content||", "204 No Content||", "204 No Content||", "204 No Content||"],
        credentials: |builder| builder.bearer_token("t"),
        call: |client| {
            Box::pin(async move {
                let search = types::Search::default().with_text("a&b").with_tags(["c", "d"]);
                client.filters().by_form().filter(&search).await?;
                client.filters().by_form().await?;
                client.filters().by_json(&search).await?;
                client.filters().by_path("$.a[1]").await.map(|()| "sent".to_owned())
            })
        },
        outcome: "sent",
        requests: &[
            &["GET /filters?text=a%26b&tags=c&tags=d HTTP/1.1"],
            &["GET /filters HTTP/1.1"],
            &[
                "DELETE /filters?%7B%22text%22%3A%22a%26b%22%2C%22tags%22%3A%5B%22c%22%2C%22d%22%5D%7D HTTP/1.1",
            ],
            &["HEAD /filters?%24.a%5B1%5D HTTP/1.1"],
        ],
    },
    Case {
        name: "a form, and two credentials",
        responses: &["204 No Content||"],
        credentials: |builder| builder.bearer_token("t").credential("key", Credential::key("k&")),
        call: |client| {
            Box::pin(async move {
                let visit = types::Visit::new("Rex & Tom").with_reasons(["bite", "fur"]);
                let visit = visit.with_fee(types::VisitFee::Empty);
                client.visits().add(&visit).await.map(|()| "sent".to_owned())
            })
        },
        outcome: "sent",
        requests: &[&[
            "POST /visits?key=k%26 HTTP/1.1",
            "authorization: Bearer t",
            "content-type: application/x-www-form-urlencoded",
            "\r\n\r\npet=Rex%20%26%20Tom&reasons=bite&reasons=fur&fee=",
        ]],
    },
    Case {
        name: "cookies, and the first of two security requirements",
        responses: &["204 No Content||"],
        credentials: |builder| builder.bearer_token("t").credential("session", Credential::key("s")),
        call: |client| {
            Box::pin(async move { client.visits().list().seen(&[1, 2]).await.map(|()| "sent".to_owned()) })
        },
        outcome: "sent",
        requests: &[&["GET /visits HTTP/1.1", "cookie: seen=1,2; sid=s", "!authorization", "!key="]],
    },
    Case {
        name: "the second of two security requirements",
        responses: &["204 No Content||"],
        credentials: |builder| builder.credential("key", Credential::key("k")),
        call: |client| Box::pin(async move { client.visits().list().await.map(|()| "sent".to_owned()) }),
        outcome: "sent",
        requests: &[&["GET /visits?key=k HTTP/1.1", "!cookie"]],
    },
    Case {
        name: "null, absent and set properties of a body",
        responses: &[OWNER, OWNER, OWNER],
        credentials: |builder| builder,
        call: |client| {
            Box::pin(async move {
                let owner = types::Owner::new("Ann");
                client.owners().change("7", &owner).await?;
                let null = owner.clone().with_title_null().with_aliases_null().with_since_null();
                client.owners().change("7", &null).await?;
                let set = owner.with_title("Dr").with_aliases(["A", "B"]).with_labels([("a", "b")]);
                client.owners().change("7", &set).await.map(|_| "sent".to_owned())
            })
        },
        outcome: "sent",
        requests: &[
            &["\r\n\r\n{\"name\":\"Ann\"}"],
            &["\r\n\r\n{\"name\":\"Ann\",\"title\":null,\"aliases\":null,\"since\":null}"],
            &[
                "\r\n\r\n{\"name\":\"Ann\",\"title\":\"Dr\",\"aliases\":[\"A\",\"B\"],\"labels\":{\"a\":\"b\"}}",
            ],
        ],
    },
    Case {
        name: "a received null is sent back, and reads as none",
        responses: &[OWNER, OWNER],
        credentials: |builder| builder,
        call: |client| {
            Box::pin(async move {
                let owner = client.owners().get("7").await?;
                client.owners().change("7", &owner).await?;
                let title = owner.title.as_deref().unwrap_or("-");
                Ok(format!("{title} {:?} {}", owner.aliases.as_deref(), owner.since.is_absent()))
            })
        },
        outcome: "- Some([\"A\"]) true",
        requests: &[&["GET /owners/7 "], &["\r\n\r\n{\"name\":\"Ann\",\"title\":null,\"aliases\":[\"A\"]}"]],
    },
    Case {
        name: "setters accept arrays, slices, iterators and what a union or any value can hold",
        responses: &[OWNER, OWNER],
        credentials: |builder| builder,
        call: |client| {
            Box::pin(async move {
                let pets = [types::Pet::new("Rex")];
                let owner = types::Owner::new(&"Ann".to_owned()).with_aliases(&["A".to_owned()]);
                let owner = owner.with_pets(&pets).with_contact(["a", "b"]).with_extra(1);
                client.owners().change("7", &owner).await?;
                let names = ["Rex", "Tom"];
                let owner = types::Owner::new("Ann").with_aliases("A B".split(' '));
                let owner = owner.with_pets(names.into_iter().map(types::Pet::new)).with_contact("a");
                let owner = owner.with_settings([("on", true)]).with_extra("b");
                client.owners().change("7", &owner).await.map(|_| "sent".to_owned())
            })
        },
        outcome: "sent",
        requests: &[
            &[
                "{\"name\":\"Ann\",\"aliases\":[\"A\"],\"pets\":[{\"name\":\"Rex\"}],\"contact\":[\"a\",\"b\"],\"extra\":1}",
            ],
            &[
                "\"aliases\":[\"A\",\"B\"],\"pets\":[{\"name\":\"Rex\"},{\"name\":\"Tom\"}],\"settings\":{\"on\":true}",
                "\"contact\":\"a\",\"extra\":\"b\"}",
            ],
        ],
    },
    Case {
        name: "parameters accept arrays, slices, iterators and what a union can hold",
        responses: &[OWNER, OWNER],
        credentials: |builder| builder,
        call: |client| {
            Box::pin(async move {
                let (tags, ages) = (vec!["a".to_owned()], types::GetAge::from("old"));
                client.owners().get("7").tag(["a", "b"]).filter([("k", "v")]).age(4).await?;
                client.owners().get("7").tag(&tags).age(&ages).await.map(|_| "sent".to_owned())
            })
        },
        outcome: "sent",
        requests: &[
            &["GET /owners/7?tag=a&tag=b&filter%5Bk%5D=v&age=4 HTTP/1.1"],
            &["GET /owners/7?tag=a&age=old HTTP/1.1"],
        ],
    },
    Case {
        name: "bodies that are lists, text or any value",
        responses: &["204 No Content||"; 8],
        credentials: |builder| builder,
        call: |client| {
            Box::pin(async move {
                let (pets, names) = (vec![types::Pet::new("Rex")], vec!["a".to_owned()]);
                client.owners().set_pets("7", &[types::Pet::new("Tom")]).await?;
                client.owners().set_pets("7", &pets).await?;
                client.owners().tag("7", &["a", "b"]).await?;
                client.owners().tag("7", &names).await?;
                client.owners().note("7", "text").await?;
                client.owners().note("7", &names).await?;
                client.owners().rename("Ann").await?;
                client.owners().see().body(&[]).await.map(|()| "sent".to_owned())
            })
        },
        outcome: "sent",
        requests: &[
            &["\r\n\r\n[{\"name\":\"Tom\"}]"],
            &["\r\n\r\n[{\"name\":\"Rex\"}]"],
            &["\r\n\r\n[\"a\",\"b\"]"],
            &["\r\n\r\n[\"a\"]"],
            &["\r\n\r\n\"text\""],
            &["\r\n\r\n[\"a\"]"],
            &["\r\n\r\n\"Ann\""],
            &["POST /owners HTTP/1.1", "\r\n\r\n[]"],
        ],
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

fn main() {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().expect("the runtime starts");
    let mut wrong = Vec::new();
    for case in CASES.iter().chain(media::CASES) {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let url = format!("http://{}", listener.local_addr().expect("the listener has an address"));
        let server =
            thread::spawn(move || case.responses.iter().map(|response| serve(&listener, response)).collect());
        let client =
            (case.credentials)(Client::builder().base_url(url)).build().expect("the settings are valid");
        let outcome = runtime.block_on((case.call)(client)).unwrap_or_else(|error| format!("error: {error}"));
        if outcome != case.outcome {
            wrong.push(format!("{}: got {outcome:?} instead of {:?}", case.name, case.outcome));
            continue;
        }
        let requests: Vec<String> = server.join().expect("the server does not panic");
        for (request, texts) in requests.iter().zip(case.requests) {
            let is_wrong = |text: &&&str| match text.strip_prefix('!') {
                Some(text) => request.contains(text),
                None => !request.contains(**text),
            };
            let missing = texts.iter().filter(is_wrong);
            wrong.extend(missing.map(|text| format!("{}: {text:?} does not match\n{request}", case.name)));
        }
    }
    for problem in &wrong {
        eprintln!("{problem}\n");
    }
    assert!(wrong.is_empty(), "{} problems in {} cases", wrong.len(), CASES.len() + media::CASES.len());
}

/// Accepts a connection, reads a request, and sends the response.
fn serve(listener: &TcpListener, response: &str) -> String {
    let (mut stream, _) = listener.accept().expect("the client connects");
    let request = read(&mut stream);
    let (head, body) = response.split_once("||").expect("the head ends with `||`");
    let body: Vec<u8> = match head.contains("iso-8859-1") {
        true => body.chars().filter_map(|c| u8::try_from(c).ok()).collect(),
        false => body.into(),
    };
    let length = match head.contains("transfer-encoding") {
        true => String::new(),
        false => format!("content-length: {}\r\n", body.len()),
    };
    let head = head.replace('|', "\r\n");
    write!(stream, "HTTP/1.1 {head}\r\nconnection: close\r\n{length}\r\n")
        .and_then(|()| stream.write_all(&body))
        .expect("the client reads the response");
    request
}

/// Reads a request up to its content length or its last chunk.
fn read(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
            let is_whole = match head.contains("transfer-encoding") {
                true => body.ends_with("0\r\n\r\n"),
                false => body.len() >= length.unwrap_or(0),
            };
            if is_whole {
                return text;
            }
        }
        match stream.read(&mut buffer).expect("the client sends a request") {
            0 => return text,
            count => bytes.extend(&buffer[..count]),
        }
    }
}
