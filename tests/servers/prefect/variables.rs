//! Variables hold any JSON.

use prefect::types::{
    BodyCountVariables, BodyReadVariables, VariableCreate, VariableCreateValue, VariableFilter,
    VariableFilterName, VariableUpdate, VariableUpdateValue,
};
use serde_json::json;

use super::client;

#[tokio::test]
async fn creates_reads_and_deletes_a_variable() {
    let client = client();
    let variables = client.variables();
    let body = VariableCreate::new("limit").with_value(7).with_tags(["numbers"]);
    let created = variables.create_variable(&body).await.unwrap();
    assert_eq!(created.value.as_ref().unwrap().as_integer(), Some(7));
    assert_eq!(variables.read_variable(created.id).await.unwrap(), created);
    variables
        .update_variable(
            created.id,
            &VariableUpdate::default().with_value(VariableUpdateValue::from("seven")),
        )
        .await
        .unwrap();
    let read = variables.read_variable_by_name("limit").await.unwrap();
    assert_eq!(read.value.unwrap().as_string(), Some("seven"));
    variables.update_variable_by_name("limit", &VariableUpdate::default().with_name("max")).await.unwrap();
    variables.delete_variable_by_name("max").await.unwrap();
    let error = variables.read_variable_by_name("max").await.unwrap_err();
    assert_eq!((error.is_not_found(), error.message()), (true, Some("Variable not found.")));
}

#[tokio::test]
async fn values_of_every_type_are_read_back() {
    let client = client();
    let variables = client.variables();
    let object = json!({ "list": [1, { "a": null }], "big": 9007199254740993_i64 });
    let create = VariableCreate::new("any");
    for (name, body) in [
        ("bool", create.clone().with_value(true)),
        ("float", create.clone().with_value(0.25)),
        ("list", create.clone().with_value(vec![json!(1), json!("a")])),
        (
            "object",
            create.clone().with_value(VariableCreateValue::Object(object.as_object().unwrap().clone())),
        ),
    ] {
        let name = format!("any_{name}");
        let created = variables.create_variable(&body.with_name(&name)).await.unwrap();
        let read = variables.read_variable_by_name(&name).await.unwrap();
        assert_eq!(read, created);
    }
    let read = variables.read_variable_by_name("any_object").await.unwrap();
    assert_eq!(read.value.unwrap().as_object(), object.as_object());
    let filter = VariableFilter::default().with_name(VariableFilterName::default().with_like("any_"));
    let count = BodyCountVariables::default().with_variables(filter.clone());
    assert_eq!(variables.count_variables().body(&count).await.unwrap(), 4);
    let body = BodyReadVariables::default().with_variables(filter).with_limit(3);
    let found = variables.read_variables().body(&body).await.unwrap();
    assert_eq!(found.len(), 3);
    variables.delete_variable(found[0].id).await.unwrap();
}

#[tokio::test]
async fn names_are_unique_and_validated() {
    let client = client();
    let variables = client.variables();
    let body = VariableCreate::new("once").with_value(1);
    variables.create_variable(&body).await.unwrap();
    let error = variables.create_variable(&body).await.unwrap_err();
    assert!(error.is_conflict(), "{error}");
    let error = variables.create_variable(&body.with_name("NOT valid!")).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 422);
    assert!(
        error
            .message()
            .unwrap()
            .contains("body.name: Value error, Variable name must only contain lowercase"),
        "{error}"
    );
}
