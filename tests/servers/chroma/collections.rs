//! Collections: created, configured, read back, listed through all pages, forked and deleted.

use std::collections::{BTreeMap, BTreeSet};

use chroma::types::{
    CollectionConfiguration, CreateCollectionPayload, ForkCollectionPayload, HashMapValue, HnswConfiguration,
    Space, UpdateCollectionPayload,
};
use tests::calls::Fault;

use super::{Database, TENANT, failed};

#[tokio::test]
async fn creates_and_reads_a_collection() {
    let database = Database::new("reading").await;
    let collections = database.client.collection();
    let metadata = BTreeMap::from([
        ("owner".to_owned(), HashMapValue::from("ada")),
        ("rank".to_owned(), HashMapValue::from(7)),
        ("weight".to_owned(), HashMapValue::from(0.5)),
        ("is_public".to_owned(), HashMapValue::from(true)),
    ]);
    let hnsw = HnswConfiguration::default().with_space(Space::Cosine).with_ef_search(64);
    let body = CreateCollectionPayload::new("books")
        .with_metadata(metadata.clone())
        .with_configuration(CollectionConfiguration::default().with_hnsw(hnsw));
    let created = collections.create_collection(TENANT, database.name, &body).await.unwrap();
    assert_eq!((&*created.name, &*created.tenant, &*created.database), ("books", TENANT, "reading"));
    assert_eq!((created.dimension, created.version), (None, 0));

    let read = collections.get_collection(TENANT, database.name, "books").await.unwrap();
    assert_eq!(read.metadata, Some(metadata));
    let hnsw = read.configuration_json.hnsw.into_option().unwrap();
    assert_eq!((hnsw.space.into_option(), hnsw.ef_search.into_option()), (Some(Space::Cosine), Some(64)));

    let id = created.id.to_string();
    let by_id = collections.get_collection_by_id(TENANT, database.name, &id).await.unwrap();
    assert_eq!(by_id.id, created.id);
}

#[tokio::test]
async fn creates_a_collection_once_if_asked() {
    let database = Database::new("once").await;
    let collections = database.client.collection();
    let body = CreateCollectionPayload::new("books");
    let created = collections.create_collection(TENANT, database.name, &body).await.unwrap();
    let error = collections.create_collection(TENANT, database.name, &body).await.unwrap_err();
    assert!(error.is_conflict(), "{error}");
    let body = body.with_get_or_create(true);
    let again = collections.create_collection(TENANT, database.name, &body).await.unwrap();
    assert_eq!(again.id, created.id);
}

#[tokio::test]
async fn renames_and_deletes_a_collection() {
    let database = Database::new("renaming").await;
    let collections = database.client.collection();
    let id = database.collection("old").await;
    let body = UpdateCollectionPayload::default().with_new_name("new");
    collections.update_collection(TENANT, database.name, &id, &body).await.unwrap();
    assert!(collections.get_collection(TENANT, database.name, "old").await.unwrap_err().is_not_found());
    let renamed = collections.get_collection(TENANT, database.name, "new").await.unwrap();
    assert_eq!(renamed.id.to_string(), id);
    collections.delete_collection(TENANT, database.name, "new").await.unwrap();
    let error = collections.get_collection(TENANT, database.name, "new").await.unwrap_err();
    assert!(error.is_not_found() && error.message().unwrap().contains("new"), "{error}");
}

#[tokio::test]
async fn lists_all_collections_page_by_page() {
    let database = Database::new("pages").await;
    let names: BTreeSet<String> = (0..7).map(|number| format!("collection-{number}")).collect();
    for name in &names {
        database.collection(name).await;
    }
    let collections = database.client.collection();
    assert_eq!(collections.count_collections(TENANT, database.name).await.unwrap(), 7);
    let page = collections.list_collections(TENANT, database.name).limit(3).await.unwrap();
    assert_eq!(page.len(), 3);
    let mut items = collections.list_collections(TENANT, database.name).limit(3).items();
    let mut found = Vec::new();
    while let Some(item) = items.next().await {
        found.push(item.unwrap().name);
    }
    assert_eq!((found.len(), found.into_iter().collect::<BTreeSet<_>>()), (7, names));
}

#[tokio::test]
async fn names_are_validated() {
    let database = Database::new("invalid").await;
    let body = CreateCollectionPayload::new("a");
    let collections = database.client.collection();
    let error = collections.create_collection(TENANT, database.name, &body).await.unwrap_err();
    assert!(error.is_bad_request(), "{error}");
    assert!(error.message().unwrap().contains("name"), "{error}");
}

/// The server on one machine has no distributed store.
#[tokio::test]
async fn features_of_the_cloud_are_errors() {
    let database = Database::new("cloud").await;
    let collections = database.client.collection();
    let id = database.collection("books").await;
    let crn = format!("{TENANT}:{}:books", database.name);
    let body = ForkCollectionPayload::new("copy");
    let error = collections.get_collection_by_crn(&crn).await.unwrap_err();
    assert!(error.is_transport(), "{error}");
    failed(&error, Fault::Server, "closes the connection without a response");
    for error in [
        collections.fork_collection(TENANT, database.name, &id, &body).await.unwrap_err(),
        collections.fork_count(TENANT, database.name, &id).await.unwrap_err(),
    ] {
        assert!(error.status().is_some(), "{error}");
        failed(&error, Fault::Server, "is not implemented by a server on one machine");
    }
}
