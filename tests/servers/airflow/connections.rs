//! Connections, whose passwords are hidden.

use airflow::types::ConnectionBody;

use super::client;

#[tokio::test]
async fn creates_reads_and_deletes_a_connection() {
    let client = client().await;
    let connections = client.connection();
    let body = ConnectionBody::new("warehouse", "postgres")
        .with_host("db.test")
        .with_port(5432)
        .with_password("hunter2")
        .with_extra("{\"sslmode\": \"require\"}");
    let created = connections.post_connection(&body).await.unwrap();
    assert_eq!((created.host.as_deref(), created.port), (Some("db.test"), Some(5432)));
    let read = connections.get_connection("warehouse").await.unwrap();
    assert_ne!(read.password.as_deref(), Some("hunter2"));
    assert_eq!(read.extra.as_deref(), Some("{\"sslmode\": \"require\"}"));

    let change = ConnectionBody::new("warehouse", "postgres").with_host("db2.test");
    let changed = connections.patch_connection("warehouse", &change).update_mask(&["host"]).await.unwrap();
    assert_eq!((changed.host.as_deref(), changed.port), (Some("db2.test"), Some(5432)));
    let result = connections.test_connection(&ConnectionBody::new("check", "none")).await;
    assert!(result.is_ok_and(|result| !result.status && !result.message.is_empty()));
    connections.delete_connection("warehouse").await.unwrap();
    assert!(connections.get_connection("warehouse").await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn creates_the_default_connections() {
    let client = client().await;
    client.connection().create_default_connections().await.unwrap();
    let total = client.connection().get_connections().await.unwrap().total_entries;
    let mut items = client.connection().get_connections().limit(10).items();
    let mut count = 0;
    while let Some(connection) = items.next().await {
        connection.unwrap();
        count += 1;
    }
    assert!(count > 10);
    assert_eq!(count, total);
}
