//! Functions that a collection runs on new records.

use chroma::types::{AttachFunctionRequest, DetachFunctionRequest};
use tests::calls::Fault;

use super::{Database, TENANT, failed};

/// The server on one machine has no distributed store.
#[tokio::test]
async fn features_of_the_cloud_are_errors() {
    let database = Database::new("functions").await;
    let functions = database.client.function();
    let id = database.collection("books").await;
    let attach = AttachFunctionRequest::new("record_counter", "counter", "counts");
    let detach = DetachFunctionRequest::default();
    for error in [
        functions.attach_function(TENANT, database.name, &id, &attach).await.unwrap_err(),
        functions.get_attached_function(TENANT, database.name, &id, "counter").await.unwrap_err(),
        functions.detach_function(TENANT, database.name, &id, "counter", &detach).await.unwrap_err(),
    ] {
        assert!(error.status().is_some(), "{error}");
        failed(&error, Fault::Server, "is not implemented by a server on one machine");
    }
}
