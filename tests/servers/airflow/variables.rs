//! Variables hold any JSON, and are read as text.

use airflow::types::VariableBody;
use serde_json::json;

use super::client;

#[tokio::test]
async fn creates_reads_and_deletes_a_variable() {
    let client = client().await;
    let variables = client.variable();
    let body = VariableBody::new("limits/daily", json!({ "rows": 12 })).with_description("Limits.");
    let created = variables.post_variable(&body).await.unwrap();
    assert_eq!((&*created.key, created.description.as_deref()), ("limits/daily", Some("Limits.")));
    let read = variables.get_variable("limits/daily").await.unwrap();
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(read.value.as_deref().unwrap()).unwrap(),
        json!({ "rows": 12 })
    );
    assert!(variables.post_variable(&body).await.unwrap_err().is_conflict());

    let change = VariableBody::new("limits/daily", json!("none"));
    let changed = variables.patch_variable("limits/daily", &change).update_mask(&["value"]).await.unwrap();
    assert_eq!((changed.value.as_deref(), changed.description.as_deref()), (Some("none"), Some("Limits.")));
    variables.delete_variable("limits/daily").await.unwrap();
    assert!(variables.get_variable("limits/daily").await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn lists_all_variables_page_by_page() {
    let client = client().await;
    let variables = client.variable();
    for number in 0..7 {
        variables.post_variable(&VariableBody::new(&format!("page_{number}"), json!(number))).await.unwrap();
    }
    let mut items =
        variables.get_variables().limit(3).variable_key_pattern("page_").order_by(&["key"]).items();
    let mut values = Vec::new();
    while let Some(variable) = items.next().await {
        values.push(variable.unwrap().value.unwrap());
    }
    assert_eq!(values, ["0", "1", "2", "3", "4", "5", "6"]);
}
