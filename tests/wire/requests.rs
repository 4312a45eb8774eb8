//! Cases about methods, parameters, bodies and credentials.

use wire_client::resources::pets::AddPhotoForm;
use wire_client::runtime::{Credential, File, Multipart};
use wire_client::{RequestExt, types};

use crate::Case;

pub(crate) const CASES: &[Case] = &[
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
];
