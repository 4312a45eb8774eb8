//! Several changes in one call: unions of actions.

use airflow::types::{
    BulkBodyConnectionBody, BulkBodyPoolBody, BulkBodyVariableBody, BulkCreateActionConnectionBody,
    BulkCreateActionPoolBody, BulkCreateActionVariableBody, ConnectionBody, PoolBody, VariableBody,
};
use serde_json::json;

use super::client;

#[tokio::test]
async fn creates_several_pools() {
    let client = client().await;
    let create = BulkCreateActionPoolBody::new(vec![PoolBody::new("bulk-1", 1), PoolBody::new("bulk-2", 2)]);
    let response = client.pool().bulk_pools(&BulkBodyPoolBody::new(vec![create.into()])).await.unwrap();
    assert_eq!(response.create.unwrap().success.unwrap(), ["bulk-1", "bulk-2"]);
    assert_eq!(client.pool().get_pool("bulk-2").await.unwrap().slots, 2);
}

#[tokio::test]
async fn creates_several_variables() {
    let client = client().await;
    let create = BulkCreateActionVariableBody::new(vec![VariableBody::new("bulk_1", json!(1))]);
    let body = BulkBodyVariableBody::new(vec![create.into()]);
    let response = client.variable().bulk_variables(&body).await.unwrap();
    assert_eq!(response.create.unwrap().success.unwrap(), ["bulk_1"]);
    // The second time, the variable exists.
    let response = client.variable().bulk_variables(&body).await.unwrap();
    let errors = response.create.unwrap().errors.unwrap();
    assert_eq!((errors.len(), &errors[0]["status_code"]), (1, &json!(409)));
}

#[tokio::test]
async fn creates_several_connections() {
    let client = client().await;
    let create = BulkCreateActionConnectionBody::new(vec![ConnectionBody::new("bulk", "http")]);
    let body = BulkBodyConnectionBody::new(vec![create.into()]);
    let response = client.connection().bulk_connections(&body).await.unwrap();
    assert_eq!(response.create.unwrap().success.unwrap(), ["bulk"]);
}
