//! Cases about the values that setters, parameters and bodies accept, null included.

use wire_client::types;

use crate::Case;

/// A response with a null property.
const OWNER: &str =
    "200 OK|content-type: application/json||{\"name\":\"Ann\",\"title\":null,\"aliases\":[\"A\"]}";

pub(crate) const CASES: &[Case] = &[
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
