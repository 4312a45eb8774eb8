//! Discord: a body with three media types, several files in a request, null and absent properties, credentials that
//! depend on the operation (none, a bot's, a user's), and error types that depend on the status.

use std::sync::LazyLock;

use discord::resources::channels::CreateMessageForm;
use discord::runtime::{Credential, File, ReqwestTransport};
use discord::types::{MessageAttachmentRequest, MessageCreateRequest, RichEmbed};
use discord::{Client, ClientBuilder, ErrorBody, RetryPolicy};
use tests::server::{Reply, Server};

static TRANSPORT: LazyLock<ReqwestTransport> = LazyLock::new(|| ReqwestTransport::new().unwrap());

fn builder(server: &Server) -> ClientBuilder {
    let builder = Client::builder().base_url(server.url()).transport(TRANSPORT.clone());
    builder.retry(RetryPolicy::none())
}

/// Returns a client with the token of a bot.
fn bot(server: &Server) -> Client {
    builder(server).credential("BotToken", Credential::key("Bot b0t")).build().unwrap()
}

async fn json(body: &'static str) -> Server {
    Server::with(move || Reply::json("200 OK", body)).await
}

/// Returns a server that responds with an error, for tests of requests.
async fn error_server() -> Server {
    Server::with(|| Reply::json("403 Forbidden", r#"{"code":50013,"message":"Missing Permissions"}"#)).await
}

#[tokio::test]
async fn one_message_in_three_media_types() {
    let server = error_server().await;
    let channels = bot(&server).channels();
    let message =
        MessageCreateRequest::default().with_content("a & b").with_sticker_ids(["1", "2"]).with_tts(false);
    channels.create_message("7", &message).await.unwrap_err();
    channels.create_message_form("7", &message).await.unwrap_err();
    let form = CreateMessageForm::new().content("a & b").sticker_ids(&["1", "2"]).tts(false);
    channels.create_message_multipart("7", form).await.unwrap_err();
    let [as_json, as_form, as_parts] = &server.received()[..] else { panic!("{:?}", server.received()) };
    for request in [as_json, as_form, as_parts] {
        assert_eq!(request.line, "POST /channels/7/messages");
        assert_eq!(request.header("authorization"), Some("Bot b0t"));
    }
    assert_eq!(as_json.header("content-type"), Some("application/json"));
    assert_eq!(as_json.body, r#"{"content":"a & b","sticker_ids":["1","2"],"tts":false}"#);
    assert_eq!(as_form.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(as_form.body, "content=a%20%26%20b&sticker_ids=1&sticker_ids=2&tts=false");
    let part = |name: &str, content: &str| {
        (vec![format!("content-disposition: form-data; name=\"{name}\"")], content.to_owned())
    };
    let expected =
        [part("content", "a & b"), part("sticker_ids", "1"), part("sticker_ids", "2"), part("tts", "false")];
    assert_eq!(as_parts.parts(), expected);
}

#[tokio::test]
async fn uploads_files_with_attachments() {
    let server = error_server().await;
    let attachment = MessageAttachmentRequest::new("0").with_description("a picture");
    let form = CreateMessageForm::new()
        .embeds(&[RichEmbed::default().with_title("T"), RichEmbed::default().with_color(7)])
        .attachments(&[attachment])
        .files_0(File::new("one").with_name("a.png").with_media_type("image/png"))
        .files_1(File::new("two"));
    bot(&server).channels().create_message_multipart("7", form).await.unwrap_err();
    let parts = server.only_request().parts();
    let told: Vec<(String, &str)> = parts
        .iter()
        .map(|(head, content)| (head.join("; ").replace("content-disposition: form-data; ", ""), &**content))
        .collect();
    let json = "content-type: application/json";
    let expected = [
        (format!("name=\"embeds\"; {json}"), r#"{"title":"T"}"#),
        (format!("name=\"embeds\"; {json}"), r#"{"color":7}"#),
        (format!("name=\"attachments\"; {json}"), r#"{"id":"0","description":"a picture"}"#),
        ("name=\"files[0]\"; filename=\"a.png\"; content-type: image/png".to_owned(), "one"),
        (
            "name=\"files[1]\"; filename=\"files[1]\"; content-type: application/octet-stream".to_owned(),
            "two",
        ),
    ];
    assert_eq!(told, expected);
}

/// In an edit, null removes a value, and an absent property keeps it.
#[tokio::test]
async fn distinguishes_null_from_absence() {
    for (message, body) in [
        (MessageCreateRequest::default(), "{}"),
        (MessageCreateRequest::default().with_content_null(), r#"{"content":null}"#),
        (MessageCreateRequest::default().with_embeds(Vec::<RichEmbed>::new()), r#"{"embeds":[]}"#),
        (MessageCreateRequest::default().with_embeds_null().with_flags(4), r#"{"embeds":null,"flags":4}"#),
    ] {
        let server = error_server().await;
        bot(&server).channels().create_message("7", &message).await.unwrap_err();
        assert_eq!(server.only_request().body, body);
    }
}

/// Returns the `authorization` header of a call with these credentials, or `None` if no request is sent.
async fn authorization(
    credentials: fn(ClientBuilder) -> ClientBuilder,
    call: impl AsyncFnOnce(Client),
) -> Option<String> {
    let server = json("{}").await;
    call(credentials(builder(&server)).build().unwrap()).await;
    let requests = server.received();
    requests.first().map(|request| request.header("authorization").unwrap_or("nothing").to_owned())
}

#[tokio::test]
async fn sends_the_credentials_that_each_operation_requires() {
    type SetCredentials = fn(ClientBuilder) -> ClientBuilder;
    let none: SetCredentials = |builder| builder;
    let bot_token: SetCredentials = |builder| builder.credential("BotToken", Credential::key("Bot b"));
    let user_token: SetCredentials = |builder| builder.credential("OAuth2", Credential::bearer_token("u"));
    let both: SetCredentials = |builder| {
        let builder = builder.credential("OAuth2", Credential::bearer_token("u"));
        builder.credential("BotToken", Credential::key("Bot b"))
    };
    for (set_credentials, gateway_header, user_header, member_header) in [
        (none, "nothing", "nothing", "nothing"),
        (bot_token, "Bot b", "Bot b", "nothing"),
        (user_token, "nothing", "Bearer u", "Bearer u"),
        (both, "Bot b", "Bot b", "Bearer u"),
    ] {
        let gateway =
            authorization(set_credentials, async |client| drop(client.gateway().get_gateway().await)).await;
        let me =
            authorization(set_credentials, async |client| drop(client.users().get_my_user().await)).await;
        let member = authorization(set_credentials, async |client| {
            drop(client.users().get_my_guild_member("1").await)
        })
        .await;
        let found = [gateway, me, member].map(|sent| sent.unwrap_or("no request".to_owned()));
        assert_eq!(found, [gateway_header, user_header, member_header]);
    }
}

#[tokio::test]
async fn downloads_a_picture_and_a_table() {
    let picture = Server::with(|| Reply::with("200 OK", "content-type: image/png\r\n", "\u{89}PNG")).await;
    let download = bot(&picture).guilds().get_guild_widget_png("7").await.unwrap();
    assert_eq!(download.headers()["content-type"], "image/png");
    assert_eq!(&download.bytes().await.unwrap()[..], "\u{89}PNG".as_bytes());
    assert_eq!(picture.only_request().header("accept"), Some("image/png"));
    let table = Server::with(|| Reply::with("200 OK", "content-type: text/csv\r\n", "user_id\n7\n")).await;
    assert_eq!(bot(&table).invites().get_invite_target_users("c").await.unwrap(), "user_id\n7\n");
    assert_eq!(table.only_request().header("accept"), Some("text/csv"));
}

#[tokio::test]
async fn decodes_errors_by_status() {
    let error = bot(&error_server().await).channels().get_channel("7").await.unwrap_err();
    let Some(Ok(ErrorBody::ErrorResponse(decoded))) = error.decoded() else { panic!("{error:?}") };
    assert_eq!(decoded.code, 50013);
    assert_eq!(error.to_string(), "GET /channels/{channel_id}: 403 Forbidden: Missing Permissions");

    let server = Server::with(|| {
        let body = r#"{"code":0,"message":"slowly","retry_after":64.57,"global":false}"#;
        Reply::with("429 Too Many Requests", "content-type: application/json\r\nretry-after: 65\r\n", body)
    });
    let error = bot(&server.await).channels().get_channel("7").await.unwrap_err();
    assert!(error.is_rate_limited());
    assert_eq!(error.retry_after().map(|time| time.as_secs()), Some(65));
    let Some(Ok(ErrorBody::RatelimitedResponse(decoded))) = error.decoded() else { panic!("{error:?}") };
    assert_eq!(decoded.retry_after, 64.57);
}
