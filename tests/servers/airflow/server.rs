//! Operations about the server itself.

use airflow::Client;
use airflow::types::HttpExceptionResponse;

use super::client;

#[tokio::test]
async fn tells_its_state_and_version() {
    let client = client().await;
    assert!(client.version().get_version().await.unwrap().version.starts_with("3."));
    let health = client.monitor().get_health().await.unwrap();
    assert_eq!(health.metadatabase.status.as_deref(), Some("healthy"));
    assert_eq!(health.scheduler.latest_scheduler_heartbeat, None);
}

#[tokio::test]
async fn tells_its_configuration_as_json_and_as_text() {
    let client = client().await;
    let config = client.config().get_config_value("core", "parallelism").await.unwrap();
    let option = &config.sections[0].options[0];
    assert_eq!((&*option.key, option.value.as_string()), ("parallelism", Some("32")));
    let text = client.config().get_config_value("core", "parallelism").as_text().await.unwrap();
    assert_eq!(text.trim(), "[core]\nparallelism = 32");
    let section = client.config().get_config().section("api").await.unwrap();
    assert_eq!((section.sections.len(), &*section.sections[0].name), (1, "api"));
    let error = client.config().get_config_value("core", "none").await.unwrap_err();
    assert!(error.is_not_found());
    let body: HttpExceptionResponse = error.decode().unwrap().unwrap();
    assert!(body.detail.as_string().is_some() || body.detail.as_object().is_some());
    assert!(error.message().unwrap().contains("Option [core/none] not found."), "{error}");
}

#[tokio::test]
async fn lists_what_is_installed() {
    let client = client().await;
    let mut names = Vec::new();
    let mut providers = client.provider().get_providers().limit(2).items();
    while let Some(provider) = providers.next().await {
        names.push(provider.unwrap().package_name);
    }
    let total = client.provider().get_providers().await.unwrap().total_entries;
    assert_eq!(names.len() as i64, total);
    assert!(names.contains(&"apache-airflow-providers-standard".to_owned()), "{names:?}");
    let plugins = client.plugin().get_plugins().await.unwrap();
    assert_eq!(plugins.plugins.len() as i64, plugins.total_entries);
    assert_eq!(client.plugin().import_errors().await.unwrap().total_entries, 0);
}

#[tokio::test]
async fn lists_jobs_errors_and_warnings() {
    let client = client().await;
    assert!(client.job().get_jobs().is_alive(true).await.unwrap().jobs.is_empty());
    assert_eq!(client.import_error().get_import_errors().await.unwrap().total_entries, 0);
    assert!(client.import_error().get_import_error(1).await.unwrap_err().is_not_found());
    assert!(client.dag_warning().list_dag_warnings().await.unwrap().dag_warnings.is_empty());
}

#[tokio::test]
async fn logs_events() {
    let client = client().await;
    super::run(&client, "logged", 1).await;
    let found = client.event_log().get_event_logs().event("trigger_dag_run").limit(1).await.unwrap();
    let log = client.event_log().get_event_log(found.event_logs[0].event_log_id).await.unwrap();
    assert_eq!((&*log.event, log.dag_id.as_deref()), ("trigger_dag_run", Some("orders")));
}

#[tokio::test]
async fn requests_need_a_token() {
    let client = Client::builder().base_url(tests::calls::url()).bearer_token("wrong").build().unwrap();
    let error = client.pool().get_pools().await.unwrap_err();
    assert!(error.is_unauthorized() || error.is_forbidden(), "{error}");
    assert!(!format!("{error:?}").contains("wrong"));
}
