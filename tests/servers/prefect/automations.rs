//! Automations: unions of triggers and actions, sent and read back.

use prefect::types::{
    AutomationCreate, AutomationPartialUpdate, BodyCountAutomations, BodyReadAutomations, DoNothing,
    EventTriggerInput, EventTriggerInputPosture,
};

use super::client;

#[tokio::test]
async fn creates_reads_and_deletes_an_automation() {
    let client = client();
    let automations = client.automations();
    let trigger = EventTriggerInput::new(EventTriggerInputPosture::Reactive)
        .with_expect(["prefect.flow-run.Failed"])
        .with_threshold(3);
    let body = AutomationCreate::new("watch", trigger, vec![DoNothing::default().into()])
        .with_description("Watches runs.")
        .with_tags(["ops"]);
    let created = automations.create_automation(&body).await.unwrap();
    assert_eq!((&*created.name, created.enabled), ("watch", Some(true)));
    let trigger = created.trigger.as_event().unwrap();
    assert_eq!(
        (trigger.threshold, trigger.expect.as_deref().unwrap()),
        (Some(3), ["prefect.flow-run.Failed".to_owned()].as_slice())
    );
    assert!(created.actions[0].as_do_nothing().is_some());

    automations
        .patch_automation(created.id, &AutomationPartialUpdate::default().with_enabled(false))
        .await
        .unwrap();
    let read = automations.read_automation(created.id).await.unwrap();
    assert_eq!((read.enabled, read.description.as_deref()), (Some(false), Some("Watches runs.")));
    let found = automations.read_automations().body(&BodyReadAutomations::default()).await.unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(automations.count_automations().body(&BodyCountAutomations::default()).await.unwrap(), 1);
    let related = automations.read_automations_related_to_resource("prefect.flow.1").await.unwrap();
    assert!(related.is_empty());
    automations.delete_automations_owned_by_resource("prefect.flow.1").await.unwrap();
    automations.delete_automation(created.id).await.unwrap();
    assert!(automations.read_automation(created.id).await.unwrap_err().is_not_found());
}
