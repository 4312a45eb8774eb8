//! Cases about decoded responses and errors.

use wire_client::{ErrorBody, RetryPolicy};

use crate::Case;

pub(crate) const CASES: &[Case] = &[
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
];
