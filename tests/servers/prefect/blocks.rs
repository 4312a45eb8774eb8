//! Blocks: types, schemas and documents with secrets.

use prefect::types::{
    BlockDocumentCreate, BlockDocumentUpdate, BlockSchemaCreate, BlockTypeCreate, BlockTypeUpdate,
    BodyCountBlockDocuments, BodyReadBlockDocuments, BodyReadBlockSchemas, BodyReadBlockTypes,
};
use serde_json::json;

use super::client;

#[tokio::test]
async fn stores_a_document_with_a_secret() {
    let client = client();
    let (types, schemas, documents) =
        (client.block_types(), client.block_schemas(), client.block_documents());
    let ty = types.create_block_type(&BlockTypeCreate::new("Mail server", "mail-server")).await.unwrap();
    let change = BlockTypeUpdate::default().with_description("Sends mail.");
    types.update_block_type(ty.id, &change).await.unwrap();
    let read = types.read_block_type_by_slug("mail-server").await.unwrap();
    assert_eq!((read.id, read.description.as_deref()), (ty.id, Some("Sends mail.")));
    assert_eq!(types.read_block_type_by_id(ty.id).await.unwrap(), read);

    let fields = json!({
        "type": "object",
        "properties": { "host": { "type": "string" }, "password": { "type": "string", "format": "password" } },
        "secret_fields": ["password"],
        "block_schema_references": {},
    });
    let body = BlockSchemaCreate::new(ty.id)
        .with_fields(fields.as_object().unwrap().clone())
        .with_capabilities(["send"])
        .with_version("1.0");
    let schema = schemas.create_block_schema(&body).await.unwrap();
    assert_eq!(schemas.read_block_schema_by_id(schema.id).await.unwrap().checksum, schema.checksum);
    let by_checksum = schemas.read_block_schema_by_checksum(&schema.checksum).version("1.0").await.unwrap();
    assert_eq!((by_checksum.id, by_checksum.capabilities.unwrap()), (schema.id, vec!["send".to_owned()]));
    let found =
        schemas.read_block_schemas().body(&BodyReadBlockSchemas::default().with_limit(200)).await.unwrap();
    assert!(found.iter().any(|found| found.id == schema.id));
    assert!(
        client
            .block_capabilities()
            .read_available_block_capabilities()
            .await
            .unwrap()
            .contains(&"send".to_owned())
    );

    let data = json!({ "host": "mail.test", "password": "hunter2" });
    let body = BlockDocumentCreate::new(schema.id, ty.id)
        .with_name("main")
        .with_data(data.as_object().unwrap().clone());
    let document = documents.create_block_document(&body).await.unwrap();
    let read = documents.read_block_document_by_id(document.id).await.unwrap();
    let data = read.data.unwrap();
    assert_eq!(data["host"], "mail.test");
    assert_ne!(data["password"], "hunter2");
    let read = documents.read_block_document_by_id(document.id).include_secrets(true).await.unwrap();
    assert_eq!(read.data.unwrap()["password"], "hunter2");

    let change = json!({ "host": "smtp.test" });
    let change = BlockDocumentUpdate::default().with_data(change.as_object().unwrap().clone());
    documents.update_block_document_data(document.id, &change).await.unwrap();
    let by_name = types.read_block_document_by_name_for_block_type("mail-server", "main").await.unwrap();
    assert_eq!(by_name.data.unwrap()["host"], "smtp.test");
    assert_eq!(types.read_block_documents_for_block_type("mail-server").await.unwrap().len(), 1);
    let body = BodyReadBlockDocuments::default().with_limit(5);
    assert_eq!(documents.read_block_documents().body(&body).await.unwrap()[0].id, document.id);
    assert_eq!(documents.count_block_documents().body(&BodyCountBlockDocuments::default()).await.unwrap(), 1);

    documents.delete_block_document(document.id).await.unwrap();
    schemas.delete_block_schema(schema.id).await.unwrap();
    types.delete_block_type(ty.id).await.unwrap();
    assert!(types.read_block_type_by_id(ty.id).await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn installs_the_types_of_the_system() {
    let client = client();
    client.block_types().install_system_block_types().await.unwrap();
    let types = client.block_types().read_block_types().body(&BodyReadBlockTypes::default()).await.unwrap();
    let secret = types.iter().find(|ty| ty.slug == "secret").unwrap();
    assert_eq!(secret.is_protected, Some(true));
    let error = client.block_types().delete_block_type(secret.id).await.unwrap_err();
    assert!(error.is_forbidden(), "{error}");
    assert!(error.message().unwrap().contains("protected"), "{error}");
}
