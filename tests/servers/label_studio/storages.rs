//! Storages on the disk of the server.

use label_studio::types::{
    ApiStoragesExportLocalfilesCreateRequest, ApiStoragesExportLocalfilesPartialUpdateRequest,
    ApiStoragesLocalfilesCreateRequest, ApiStoragesLocalfilesPartialUpdateRequest,
};

use super::{client, project};

#[tokio::test]
async fn imports_from_a_folder() {
    let client = client();
    let storages = client.import_storage_local();
    let project = project(&client, "Folder").await;
    let folder = std::env::current_dir().unwrap().join("data/files");
    std::fs::create_dir_all(&folder).unwrap();
    let body = ApiStoragesLocalfilesCreateRequest::default()
        .with_project(project)
        .with_path(folder.to_str().unwrap())
        .with_title("Files");
    let created = storages.create().body(&body).await.unwrap();
    assert_eq!((created.project, created.title.as_deref()), (project, Some("Files")));
    let change = ApiStoragesLocalfilesPartialUpdateRequest::default()
        .with_project(project)
        .with_path(folder.to_str().unwrap())
        .with_title("All files");
    storages.update(created.id).body(&change).await.unwrap();
    assert_eq!(storages.get(created.id).await.unwrap().title.as_deref(), Some("All files"));
    assert_eq!(storages.list(project).await.unwrap().len(), 1);
    storages.delete(created.id).await.unwrap();
    assert!(storages.get(created.id).await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn exports_to_a_folder() {
    let client = client();
    let storages = client.export_storage_local();
    let project = project(&client, "Target").await;
    let folder = std::env::current_dir().unwrap().join("data/target");
    std::fs::create_dir_all(&folder).unwrap();
    let body = ApiStoragesExportLocalfilesCreateRequest::default()
        .with_project(project)
        .with_path(folder.to_str().unwrap());
    let created = storages.create().body(&body).await.unwrap();
    let change = ApiStoragesExportLocalfilesPartialUpdateRequest::default()
        .with_project(project)
        .with_path(folder.to_str().unwrap())
        .with_title("Target");
    storages.update(created.id).body(&change).await.unwrap();
    assert_eq!(storages.get(created.id).await.unwrap().title.as_deref(), Some("Target"));
    assert_eq!(storages.list(project).await.unwrap().len(), 1);
    storages.delete(created.id).await.unwrap();
}
