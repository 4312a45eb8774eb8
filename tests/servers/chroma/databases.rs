//! Tenants and databases.

use chroma::types::{CreateDatabasePayload, CreateTenantPayload, ErrorResponse, UpdateTenantPayload};
use tests::calls::{Fault, record_failure};

use super::{TENANT, client, failed};

#[tokio::test]
async fn creates_and_reads_a_tenant() {
    let client = client();
    let tenants = client.tenant();
    tenants.create_tenant(&CreateTenantPayload::new("acme")).await.unwrap();
    let tenant = tenants.get_tenant("acme").await.unwrap();
    assert_eq!((&*tenant.name, tenant.resource_name), ("acme", None));
    tenants.update_tenant("acme", &UpdateTenantPayload::new("acme-corp")).await.unwrap();
    let tenant = tenants.get_tenant("acme").await.unwrap();
    assert_eq!(tenant.resource_name, None);
    let reason = "responds with success, but a server on one machine does not store the name";
    record_failure(Fault::Server, "PATCH", "/api/v2/tenants/{tenant_name}", reason);
}

/// The name is one segment of the path.
#[tokio::test]
async fn a_tenant_has_any_name() {
    let client = client();
    let name = "50% of a/b? ä#";
    client.tenant().create_tenant(&CreateTenantPayload::new(name)).await.unwrap();
    assert_eq!(client.tenant().get_tenant(name).await.unwrap().name, name);
}

#[tokio::test]
async fn unknown_tenants_are_documented_errors() {
    let error = client().tenant().get_tenant("nobody").await.unwrap_err();
    assert!(error.is_not_found());
    let body: ErrorResponse = error.decode().unwrap().unwrap();
    assert_eq!(body.error, "NotFoundError");
    assert_eq!(error.message(), Some(&*body.message));
    assert!(error.to_string().starts_with("GET /api/v2/tenants/{tenant_name}: 404 Not Found: "), "{error}");
}

#[tokio::test]
async fn creates_reads_and_deletes_a_database() {
    let client = client();
    let databases = client.database();
    let name = "a.b-c_1";
    databases.create_database(TENANT, &CreateDatabasePayload::new(name)).await.unwrap();
    let database = databases.get_database(TENANT, name).await.unwrap();
    assert_eq!((&*database.name, &*database.tenant), (name, TENANT));
    databases.delete_database(TENANT, name).await.unwrap();
    assert!(databases.get_database(TENANT, name).await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn names_of_databases_are_unique() {
    let client = client();
    let body = CreateDatabasePayload::new("twice");
    client.database().create_database(TENANT, &body).await.unwrap();
    let error = client.database().create_database(TENANT, &body).await.unwrap_err();
    assert!(error.is_conflict(), "{error}");
    assert!(error.message().unwrap().contains("twice"), "{error}");
}

#[tokio::test]
async fn databases_are_documented_as_collections() {
    let error = client().database().list_databases(TENANT).await.unwrap_err();
    assert!(error.is_decode(), "{error}");
    assert_eq!(error.json_path(), Some("$[0].configuration_json"));
    failed(&error, Fault::Document, "refers to the list of collections; the server sends databases");
}
