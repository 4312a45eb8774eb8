//! Events and logs.

use std::collections::BTreeMap;

use prefect::types::{
    BodyCountAccountEvents, BodyReadEvents, BodyReadLogs, Countable, Event, EventFilter, EventNameFilter,
    LogCreate, LogFilter, LogFilterFlowRunId, LogFilterLevel,
};
use prefect::uuid::Uuid;
use tests::calls::Fault;

use super::{client, failed, flow_run};

#[tokio::test]
async fn writes_and_reads_logs() {
    let client = client();
    let run = flow_run(&client, "logs").await;
    let time = "2026-11-01T12:00:00.123456+02:00".parse().unwrap();
    let log = |level, message| LogCreate::new("etl", level, message, time).with_flow_run_id(run);
    client.logs().create_logs(&vec![log(20, "started"), log(40, "failed: 50 % \"done\"")]).await.unwrap();
    let of_run = LogFilterFlowRunId::default().with_any(vec![run]);
    let filter =
        LogFilter::default().with_flow_run_id(of_run).with_level(LogFilterLevel::default().with_ge(30));
    let found = client.logs().read_logs().body(&BodyReadLogs::default().with_logs(filter)).await.unwrap();
    assert_eq!((found.len(), &*found[0].message), (1, "failed: 50 % \"done\""));
    assert_eq!(found[0].timestamp, time);
    let error = client.flow_runs().download_logs(run).await.unwrap_err();
    assert!(error.is_decode(), "{error}");
    failed(&error, Fault::Document, "describes JSON; the server sends text/csv");
}

#[tokio::test]
async fn sends_and_reads_events() {
    let client = client();
    let events = client.events();
    let resource = BTreeMap::from([("prefect.resource.id".to_owned(), "test.thing.1".to_owned())]);
    let time = "2026-11-29T00:00:00Z".parse().unwrap();
    let sent: Vec<Event> = (0..3)
        .map(|number| Event::new(time, "test.happened", resource.clone(), Uuid::from_u128(100 + number)))
        .collect();
    events.create_events(&sent).await.unwrap();
    let name = EventNameFilter::default().with_name(vec!["test.happened".to_owned()]);
    let filter = EventFilter::default().with_event(name);
    let body = BodyReadEvents::default().with_filter(filter.clone()).with_limit(2);
    // Events are written in the background.
    let mut page = events.read_events().body(&body).await.unwrap();
    for _ in 0..100 {
        if page.total == 3 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        page = events.read_events().body(&body).await.unwrap();
    }
    assert_eq!((page.total, page.events.len()), (3, 2));
    assert_eq!(page.events[0].resource, resource);
    assert!(page.next_page.is_some());
    let counts =
        events.count_account_events(Countable::Event, &BodyCountAccountEvents::new(filter)).await.unwrap();
    assert_eq!((&*counts[0].value, counts[0].count), ("test.happened", 3));
}
