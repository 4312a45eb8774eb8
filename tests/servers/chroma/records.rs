//! Records: added, updated, read back, counted, searched by vectors and by filters, and deleted.

use std::collections::BTreeMap;

use chroma::types::{
    AddCollectionRecordsPayload, DeleteCollectionRecordsPayload, ErrorResponse, GetRequestPayload,
    HashMapValue, Include, QueryRequestPayload, ReadLevel, SearchPayload, SearchPayloadLimit,
    SearchPayloadSelect, SearchRequestPayload, UpdateCollectionRecordsPayload,
    UpsertCollectionRecordsPayload,
};
use serde_json::json;
use tests::calls::Fault;

use super::{Database, TENANT, failed};

fn pages(number: i64) -> Option<BTreeMap<String, HashMapValue>> {
    Some(BTreeMap::from([("pages".to_owned(), HashMapValue::from(number))]))
}

/// A database with a collection of three records.
async fn books(name: &'static str) -> (Database, String) {
    let database = Database::new(name).await;
    let id = database.collection("books").await;
    let embeddings = vec![vec![1.0, 0.0], vec![0.0, 1.0], vec![0.5, 0.5]];
    let body = AddCollectionRecordsPayload::new(embeddings, ["a", "b", "c"])
        .with_documents(vec![Some("about apples".to_owned()), Some("about bees".to_owned()), None])
        .with_metadatas(vec![pages(100), pages(200), None]);
    database.client.record().collection_add(TENANT, database.name, &id, &body).await.unwrap();
    (database, id)
}

#[tokio::test]
async fn adds_and_reads_records() {
    let (database, id) = books("adding").await;
    let records = database.client.record();
    assert_eq!(records.collection_count(TENANT, database.name, &id).await.unwrap(), 3);
    let count = records.collection_count(TENANT, database.name, &id).read_level(ReadLevel::IndexAndWal);
    assert_eq!(count.await.unwrap(), 3);
    let include = vec![Include::Documents, Include::Embeddings, Include::Metadatas];
    let body =
        GetRequestPayload::default().with_ids(vec!["a".to_owned(), "c".to_owned()]).with_include(include);
    let read = records.collection_get(TENANT, database.name, &id, &body).await.unwrap();
    assert_eq!(read.ids, ["a", "c"]);
    assert_eq!(read.documents.unwrap(), [Some("about apples".to_owned()), None]);
    assert_eq!(read.embeddings.unwrap(), [[1.0, 0.0], [0.5, 0.5]]);
    assert_eq!(read.metadatas.unwrap(), [pages(100), None]);
    assert_eq!(read.uris, None);
}

#[tokio::test]
async fn reads_records_in_parts() {
    let (database, id) = books("parts").await;
    let records = database.client.record();
    let mut ids = Vec::new();
    for offset in [0, 2] {
        let body = GetRequestPayload::default().with_limit(2).with_offset(offset);
        ids.extend(records.collection_get(TENANT, database.name, &id, &body).await.unwrap().ids);
    }
    ids.sort_unstable();
    assert_eq!(ids, ["a", "b", "c"]);
}

#[tokio::test]
async fn filters_records() {
    let (database, id) = books("filters").await;
    let body = GetRequestPayload::default().with_where(json!({ "pages": { "$gt": 100 } }));
    let records = database.client.record();
    assert_eq!(records.collection_get(TENANT, database.name, &id, &body).await.unwrap().ids, ["b"]);
    let body = GetRequestPayload::default().with_where_document(json!({ "$contains": "apples" }));
    assert_eq!(records.collection_get(TENANT, database.name, &id, &body).await.unwrap().ids, ["a"]);
}

#[tokio::test]
async fn finds_the_nearest_records() {
    let (database, id) = books("nearest").await;
    let body = QueryRequestPayload::new(vec![vec![0.9, 0.1], vec![0.0, 1.0]])
        .with_n_results(2)
        .with_include(vec![Include::Distances, Include::Metadatas]);
    let found = database.client.record().collection_query(TENANT, database.name, &id, &body).await.unwrap();
    assert_eq!(found.ids, [["a", "c"], ["b", "c"]]);
    let distances = found.distances.unwrap();
    assert_eq!(distances[1][0], Some(0.0));
    assert!(distances[0][0] < distances[0][1]);
    assert_eq!(found.metadatas.unwrap()[0], [pages(100), None]);
    assert_eq!((found.documents, found.embeddings), (None, None));
    assert_eq!(found.include, [Include::Distances, Include::Metadatas]);
}

#[tokio::test]
async fn updates_and_upserts_records() {
    let (database, id) = books("updating").await;
    let records = database.client.record();
    let body = UpdateCollectionRecordsPayload::new(["a"])
        .with_documents(vec![Some("about pears".to_owned())])
        .with_metadatas(vec![pages(101)]);
    records.collection_update(TENANT, database.name, &id, &body).await.unwrap();
    let body = UpsertCollectionRecordsPayload::new(vec![vec![0.0, 0.5], vec![1.0, 1.0]], ["b", "d"])
        .with_documents(vec![Some("about wasps".to_owned()), Some("about dogs".to_owned())]);
    records.collection_upsert(TENANT, database.name, &id, &body).await.unwrap();
    let read =
        records.collection_get(TENANT, database.name, &id, &GetRequestPayload::default()).await.unwrap();
    assert_eq!(read.ids, ["a", "b", "c", "d"]);
    let documents = read.documents.unwrap();
    let documents: Vec<Option<&str>> = documents.iter().map(Option::as_deref).collect();
    assert_eq!(documents, [Some("about pears"), Some("about wasps"), None, Some("about dogs")]);
    assert_eq!(read.metadatas.unwrap()[..2], [pages(101), pages(200)]);
}

#[tokio::test]
async fn deletes_records() {
    let (database, id) = books("deleting").await;
    let records = database.client.record();
    let body = DeleteCollectionRecordsPayload::default().with_ids(vec!["a".to_owned()]);
    let deleted = records.collection_delete(TENANT, database.name, &id, &body).await.unwrap();
    assert_eq!(deleted.deleted, Some(1));
    let body = DeleteCollectionRecordsPayload::default().with_where(json!({ "pages": 200 }));
    records.collection_delete(TENANT, database.name, &id, &body).await.unwrap();
    assert_eq!(records.collection_count(TENANT, database.name, &id).await.unwrap(), 1);
}

#[tokio::test]
async fn vectors_of_another_dimension_are_errors() {
    let (database, id) = books("dimensions").await;
    let records = database.client.record();
    let body = AddCollectionRecordsPayload::new(vec![vec![1.0]], ["d"]);
    let error = records.collection_add(TENANT, database.name, &id, &body).await.unwrap_err();
    assert!(error.is_bad_request(), "{error}");
    let body: ErrorResponse = error.decode().unwrap().unwrap();
    assert_eq!(body.error, "InvalidArgumentError");
    assert!(error.message().unwrap().contains("dimension"), "{error}");
    let body = GetRequestPayload::default();
    let unknown = "00000000-0000-4000-8000-000000000001";
    let error = records.collection_get(TENANT, database.name, unknown, &body).await.unwrap_err();
    assert!(error.is_not_found(), "{error}");
}

/// The server on one machine has no distributed store.
#[tokio::test]
async fn features_of_the_cloud_are_errors() {
    let (database, id) = books("cloud-records").await;
    let search = SearchPayload::default()
        .with_limit(SearchPayloadLimit::default().with_limit(2))
        .with_select(SearchPayloadSelect::default().with_keys(vec!["#document".to_owned()]));
    let body = SearchRequestPayload::new(vec![search]);
    let records = database.client.record();
    for error in [
        records.collection_search(TENANT, database.name, &id, &body).await.unwrap_err(),
        records.indexing_status(TENANT, database.name, &id).await.unwrap_err(),
    ] {
        assert!(error.status().is_some(), "{error}");
        failed(&error, Fault::Server, "is not implemented by a server on one machine");
    }
}
