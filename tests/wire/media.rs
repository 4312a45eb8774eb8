//! Cases about media types, charsets, numbers, and responses without content.

use wire_client::resources::reports::UploadForm;
use wire_client::types;

use crate::Case;

pub(crate) const CASES: &[Case] = &[
    Case {
        name: "a response without content, although the document describes some",
        responses: &[
            "204 No Content||",
            "204 No Content||",
            "200 OK|content-type: application/json||{\"name\":\"Rex\"}",
        ],
        credentials: |builder| builder.bearer_token("t"),
        call: |client| {
            Box::pin(async move {
                client.tasks().remove("7").await?;
                let pets = (client.tasks().run("7").await?, client.tasks().run("7").await?);
                Ok(format!("{} {}", pets.0.is_none(), pets.1.unwrap_or_default().name))
            })
        },
        outcome: "true Rex",
        requests: &[&["DELETE /tasks/7 HTTP/1.1"], &["POST /tasks/7 HTTP/1.1"]],
    },
    Case {
        name: "a response without content in a range of statuses, and for any value",
        responses: &[
            "204 No Content||",
            "205 Reset Content||",
            "204 No Content||",
            "205 Reset Content||",
            "204 No Content||",
        ],
        credentials: |builder| builder.bearer_token("t"),
        call: |client| {
            Box::pin(async move {
                let set = (client.tasks().set("7").await?, client.tasks().set("7").await?);
                let change = (client.tasks().change("7").await?, client.tasks().change("7").await?);
                let got = client.tasks().get("7").await?;
                Ok(format!("{} {} {change:?} {got}", set.0.is_none(), set.1.is_none()))
            })
        },
        outcome: "true true (NoContent, NoContent) null",
        requests: &[],
    },
    Case {
        name: "media types that differ by parameters",
        responses: &[
            "200 OK|content-type: application/json||{\"name\":\"Rex\"}",
            "200 OK|content-type: application/json||{\"number\":1}",
            "204 No Content||",
            "204 No Content||",
        ],
        credentials: |builder| builder.bearer_token("t"),
        call: |client| {
            Box::pin(async move {
                let pet = client.reports().get().await?;
                let count = client.reports().get().as_json_version_2().await?;
                client.reports().add(&pet).await?;
                client.reports().add_json_v2(&count).await?;
                Ok(format!("{} {}", pet.name, count.number))
            })
        },
        outcome: "Rex 1",
        requests: &[
            &["accept: application/json;version=1\r\n"],
            &["accept: application/json;version=2\r\n"],
            &["content-type: application/json;v=1\r\n"],
            &["content-type: application/json;v=2\r\n"],
        ],
    },
    Case {
        name: "integers with a zero fraction or an exponent, and more than 64 bits",
        responses: &[
            "200 OK|content-type: application/json||\u{feff}[{\"number\":1.0,\"huge\":340282366920938463463374607431768211455,\"size\":2.0},{\"number\":1e3}]",
        ],
        credentials: |builder| builder.bearer_token("t"),
        call: |client| {
            Box::pin(async move {
                let counts = client.counts().list().await?;
                let numbers: Vec<i64> = counts.iter().map(|count| count.number).collect();
                Ok(format!("{numbers:?} {:?} {:?}", counts[0].huge, counts[0].size))
            })
        },
        outcome: "[1, 1000] Some(340282366920938463463374607431768211455) Some(Integer(2))",
        requests: &[&["GET /counts HTTP/1.1"]],
    },
    Case {
        name: "the path of an error in a list",
        responses: &[
            "200 OK|content-type: application/json||[{\"number\":1},{\"number\":1.5}]",
            "200 OK|content-type: application/json||[{\"number\":1e300}]",
        ],
        credentials: |builder| builder.bearer_token("t"),
        call: |client| {
            Box::pin(async move {
                let fraction = client.counts().list().await.err();
                let large = client.counts().list().await.err();
                let path = |error: &wire_client::Error| error.json_path().map(str::to_owned);
                Ok(format!("{:?} {:?}", fraction.as_ref().and_then(path), large.as_ref().and_then(path)))
            })
        },
        outcome: "Some(\"$[1].number\") Some(\"$[0].number\")",
        requests: &[],
    },
    Case {
        name: "numbers that no server can read",
        responses: &[],
        credentials: |builder| builder.bearer_token("t"),
        call: |client| {
            Box::pin(async move {
                let error = client.counts().list().above(f64::NAN).await.err().map(|error| error.to_string());
                Ok(error.unwrap_or_default())
            })
        },
        outcome: "GET /counts: cannot encode query parameter `above`: JSON cannot represent NaN",
        requests: &[],
    },
    Case {
        name: "a body that the document does not describe, and a server of an operation",
        responses: &["204 No Content||", "204 No Content||"],
        credentials: |builder| builder.bearer_token("t"),
        call: |client| {
            Box::pin(async move {
                client.counts().add("text/csv", "1,2").await?;
                client.counts().shift().await?;
                Ok(String::new())
            })
        },
        outcome: "",
        requests: &[
            &["POST /counts HTTP/1.1", "content-type: text/csv", "\r\n\r\n1,2"],
            &["PUT /v2/counts HTTP/1.1"],
        ],
    },
    Case {
        name: "text in another charset, with a byte order mark, and as a JSON string",
        responses: &[
            "200 OK|content-type: text/plain; charset=iso-8859-1||caf\u{e9}",
            "200 OK|content-type: text/plain||\u{feff}caf\u{e9}",
            "200 OK|content-type: application/json||\"caf\\u00e9\"",
            "200 OK|content-type: application/json||{\"a\":1}",
            "200 OK|content-type: text/plain; charset=klingon||",
        ],
        credentials: |builder| builder.bearer_token("t"),
        call: |client| {
            Box::pin(async move {
                let mut texts = Vec::new();
                for _ in 0..4 {
                    texts.push(client.texts().get().await?);
                }
                let unknown = client.texts().get().await.err().map(|error| error.to_string());
                Ok(format!("{texts:?} {}", unknown.unwrap_or_default()))
            })
        },
        outcome: "[\"caf\u{e9}\", \"caf\u{e9}\", \"caf\u{e9}\", \"{\\\"a\\\":1}\"] GET /text: the charset \"klingon\" of the response body is unknown",
        requests: &[&["accept: text/plain\r\n"]],
    },
    Case {
        name: "a multipart body other than a form, with the media types of its parts",
        responses: &["204 No Content||"],
        credentials: |builder| builder.bearer_token("t"),
        call: |client| {
            Box::pin(async move {
                let form = UploadForm::new(&types::Count::new(3), "PNG").table("a,b").data("{\"x\":1}");
                client.reports().upload(form).await.map(|()| String::new())
            })
        },
        outcome: "",
        requests: &[&[
            "content-type: multipart/related; boundary=",
            "; type=\"application/json\"\r\n",
            "name=\"about\"\r\ncontent-type: application/json\r\n\r\n{\"number\":3}\r\n",
            "name=\"image\"; filename=\"image\"\r\ncontent-type: image/png\r\n\r\nPNG\r\n",
            "name=\"table\"\r\ncontent-type: text/csv\r\n\r\na,b\r\n",
            "name=\"data\"\r\ncontent-type: application/json\r\n\r\n{\"x\":1}\r\n",
        ]],
    },
];
