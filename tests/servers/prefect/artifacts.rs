//! Artifacts: versions of a result by key; and saved searches.

use std::collections::BTreeMap;

use prefect::types::{
    ArtifactCollectionFilter, ArtifactCollectionFilterKey, ArtifactCreate, ArtifactCreateData, ArtifactData,
    ArtifactFilter, ArtifactFilterKey, ArtifactUpdate, BodyCountArtifacts, BodyCountLatestArtifacts,
    BodyReadArtifacts, BodyReadLatestArtifacts, BodyReadSavedSearches, SavedSearchCreate,
};

use super::{client, flow_run};

#[tokio::test]
async fn an_artifact_has_versions() {
    let client = client();
    let artifacts = client.artifacts();
    let run = flow_run(&client, "artifacts").await;
    let metadata = BTreeMap::from([("rows".to_owned(), "12".to_owned())]);
    let body = ArtifactCreate::default()
        .with_key("report")
        .with_type("markdown")
        .with_data(ArtifactCreateData::AnyValue("# First".into()))
        .with_metadata(metadata.clone())
        .with_flow_run_id(run);
    let first = artifacts.create_artifact(&body).await.unwrap();
    let second = artifacts
        .create_artifact(&body.with_data(ArtifactCreateData::AnyValue("# Second".into())))
        .await
        .unwrap();
    let (first, second) = (first.id.unwrap(), second.id.unwrap());
    let read = artifacts.read_artifact(first).await.unwrap();
    assert_eq!((read.metadata, read.flow_run_id), (Some(metadata), Some(run)));
    assert_eq!(read.data, Some(ArtifactData::AnyValue("# First".into())));
    assert_eq!(artifacts.read_latest_artifact("report").await.unwrap().key.as_deref(), Some("report"));

    artifacts
        .update_artifact(first, &ArtifactUpdate::default().with_description("The first."))
        .await
        .unwrap();
    assert_eq!(artifacts.read_artifact(first).await.unwrap().description.as_deref(), Some("The first."));

    let key = ArtifactFilterKey::default().with_any(vec!["report".to_owned()]);
    let filter = ArtifactFilter::default().with_key(key);
    let found = artifacts
        .read_artifacts()
        .body(&BodyReadArtifacts::default().with_artifacts(filter.clone()))
        .await
        .unwrap();
    assert_eq!(found.len(), 2);
    assert_eq!(
        artifacts
            .count_artifacts()
            .body(&BodyCountArtifacts::default().with_artifacts(filter))
            .await
            .unwrap(),
        2
    );
    let key = ArtifactCollectionFilterKey::default().with_any(vec!["report".to_owned()]);
    let filter = ArtifactCollectionFilter::default().with_key(key);
    let body = BodyReadLatestArtifacts::default().with_artifacts(filter.clone());
    let latest = artifacts.read_latest_artifacts().body(&body).await.unwrap();
    assert_eq!((latest.len(), latest[0].latest_id), (1, second));
    let body = BodyCountLatestArtifacts::default().with_artifacts(filter);
    assert_eq!(artifacts.count_latest_artifacts().body(&body).await.unwrap(), 1);

    artifacts.delete_artifact(second).await.unwrap();
    let error = artifacts.read_artifact(second).await.unwrap_err();
    assert_eq!((error.is_not_found(), error.message()), (true, Some("Artifact not found.")));
}

#[tokio::test]
async fn saves_a_search() {
    let client = client();
    let searches = client.saved_searches();
    let created = searches.create_saved_search(&SavedSearchCreate::new("failed runs")).await.unwrap();
    assert_eq!(searches.read_saved_search(created.id).await.unwrap().name, "failed runs");
    let found =
        searches.read_saved_searches().body(&BodyReadSavedSearches::default().with_limit(5)).await.unwrap();
    assert_eq!(found.len(), 1);
    searches.delete_saved_search(created.id).await.unwrap();
    assert!(searches.read_saved_search(created.id).await.unwrap_err().is_not_found());
}
