//! Discord: one operation with a body of three media types, several files at once, null beside absence, credentials by
//! operation (none, a bot's, a user's), errors of several types by their status.

use std::sync::LazyLock;

use discord::errors::ErrorResponseOrRatelimitedResponse;
use discord::resources::channels::CreateMessageForm;
use discord::runtime::{Credential, File, ReqwestTransport};
use discord::types::{MessageAttachmentRequest, MessageCreateRequest, RichEmbed};
use discord::{Client, ClientBuilder, RetryPolicy};
use tests::server::{Reply, Server};

static TRANSPORT: LazyLock<ReqwestTransport> = LazyLock::new(|| ReqwestTransport::new().unwrap());

fn builder(server: &Server) -> ClientBuilder {
    let builder = Client::builder().base_url(server.url()).transport(TRANSPORT.clone());
    builder.retry(RetryPolicy::none())
}

/// A client of a bot.
fn bot(server: &Server) -> Client {
    builder(server).credential("BotToken", Credential::key("Bot b0t")).build().unwrap()
}

async fn json(body: &'static str) -> Server {
    Server::with(move || Reply::json("200 OK", body)).await
}

/// A server whose answer is of no interest.
async fn refusing() -> Server {
    Server::with(|| Reply::json("403 Forbidden", r#"{"code":50013,"message":"Missing Permissions"}"#)).await
}

#[tokio::test]
async fn one_message_in_three_media_types() {
    let server = refusing().await;
    let channels = bot(&server).channels();
    let message = MessageCreateRequest::default()
        .with_content("a & b")
        .with_sticker_ids(vec!["1".to_owned(), "2".to_owned()])
        .with_tts(false);
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
async fn files_beside_what_is_said_of_them() {
    let server = refusing().await;
    let attachment = MessageAttachmentRequest::new("0").with_description("a picture");
    let form = CreateMessageForm::new()
        .embeds(&[RichEmbed::default().with_title("T"), RichEmbed::default().with_color(7)])
        .attachments(&[attachment])
        .files_0(File::new("one").with_name("a.png").with_media_type("image/png"))
        .files_1(File::new("two"));
    bot(&server).channels().create_message_multipart("7", form).await.unwrap_err();
    let parts = server.only().parts();
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

/// An edit says what is to be gone, and what is to stay as it is.
#[tokio::test]
async fn null_is_not_absence() {
    for (message, body) in [
        (MessageCreateRequest::default(), "{}"),
        (MessageCreateRequest::default().with_content(None), r#"{"content":null}"#),
        (MessageCreateRequest::default().with_embeds(vec![]), r#"{"embeds":[]}"#),
        (MessageCreateRequest::default().with_embeds(None).with_flags(4), r#"{"embeds":null,"flags":4}"#),
    ] {
        let server = refusing().await;
        bot(&server).channels().create_message("7", &message).await.unwrap_err();
        assert_eq!(server.only().body, body);
    }
}

/// What an operation is sent, by a client with these credentials.
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
async fn each_operation_has_the_credentials_that_it_asks_for() {
    type Given = fn(ClientBuilder) -> ClientBuilder;
    let none: Given = |builder| builder;
    let of_bot: Given = |builder| builder.credential("BotToken", Credential::key("Bot b"));
    let of_user: Given = |builder| builder.credential("OAuth2", Credential::bearer_token("u"));
    let both: Given = |builder| {
        let builder = builder.credential("OAuth2", Credential::bearer_token("u"));
        builder.credential("BotToken", Credential::key("Bot b"))
    };
    for (given, anybodys, a_bots_or_a_users, a_users) in [
        (none, "nothing", "nothing", "nothing"),
        (of_bot, "Bot b", "Bot b", "nothing"),
        (of_user, "nothing", "Bearer u", "Bearer u"),
        (both, "Bot b", "Bot b", "Bearer u"),
    ] {
        let gateway = authorization(given, async |client| drop(client.gateway().get_gateway().await)).await;
        let me = authorization(given, async |client| drop(client.users().get_my_user().await)).await;
        let member =
            authorization(given, async |client| drop(client.users().get_my_guild_member("1").await)).await;
        let found = [gateway, me, member].map(|sent| sent.unwrap_or("no request".to_owned()));
        assert_eq!(found, [anybodys, a_bots_or_a_users, a_users]);
    }
}

#[tokio::test]
async fn a_picture_and_a_table() {
    let picture = Server::with(|| Reply::with("200 OK", "content-type: image/png\r\n", "\u{89}PNG")).await;
    let download = bot(&picture).guilds().get_guild_widget_png("7").await.unwrap();
    assert_eq!(download.headers()["content-type"], "image/png");
    assert_eq!(&download.bytes().await.unwrap()[..], "\u{89}PNG".as_bytes());
    assert_eq!(picture.only().header("accept"), Some("image/png"));
    let table = Server::with(|| Reply::with("200 OK", "content-type: text/csv\r\n", "user_id\n7\n")).await;
    assert_eq!(bot(&table).invites().get_invite_target_users("c").await.unwrap(), "user_id\n7\n");
    assert_eq!(table.only().header("accept"), Some("text/csv"));
}

#[tokio::test]
async fn errors_have_a_type_by_their_status() {
    let error = bot(&refusing().await).channels().get_channel("7").await.unwrap_err();
    let Some(Ok(ErrorResponseOrRatelimitedResponse::ErrorResponse(said))) =
        ErrorResponseOrRatelimitedResponse::of(&error)
    else {
        panic!("{error:?}")
    };
    assert_eq!(said.code, 50013);
    assert_eq!(error.to_string(), "GET /channels/{channel_id}: 403 Forbidden: Missing Permissions");

    let server = Server::with(|| {
        let body = r#"{"code":0,"message":"slowly","retry_after":64.57,"global":false}"#;
        Reply::with("429 Too Many Requests", "content-type: application/json\r\nretry-after: 65\r\n", body)
    });
    let error = bot(&server.await).channels().get_channel("7").await.unwrap_err();
    assert!(error.is_rate_limited());
    assert_eq!(error.retry_after().map(|time| time.as_secs()), Some(65));
    let Some(Ok(ErrorResponseOrRatelimitedResponse::RatelimitedResponse(said))) =
        ErrorResponseOrRatelimitedResponse::of(&error)
    else {
        panic!("{error:?}")
    };
    assert_eq!(said.retry_after, 64.57);
}
