use ::fuzz::Seeds;
use serde_json::json;

use super::super::campaign::{self, Campaign, Limit, Results};
use super::*;

/// A worker that ends or does not answer for some documents.
const SCRIPT: &str = r#"
while read -r line; do
    case $line in
        *abort*) echo "thread 'x' has overflowed its stack" >&2; kill -ABRT $$ ;;
        *exit*) exit 3 ;;
        *wait*) exec sleep 100 ;;
        *) echo '{"generated":true}' ;;
    esac
done
"#;

fn workers() -> Workers {
    let mut workers = Workers::new("/bin/sh".into(), &["-c", SCRIPT]);
    workers.patience = Duration::from_secs(1);
    workers
}

fn cause(workers: &mut Workers, title: &str) -> String {
    let case = Case { document: json!({ "title": title }), choices: 0 };
    match workers.check(&case).expect("the worker starts") {
        Ok(passed) => format!("{passed:?}"),
        Err(failure) => failure.cause,
    }
}

#[test]
fn a_worker_that_ends_is_replaced() {
    let workers = &mut workers();
    let causes = ["fine", "abort", "fine", "wait", "exit", "fine"].map(|title| cause(workers, title));
    let expected = [
        "Generated",
        "stack overflow",
        "Generated",
        "the generator does not end",
        "the process ends with exit status: 3",
        "Generated",
    ];
    assert_eq!(causes, expected);
}

#[test]
fn an_abort_is_reported_with_its_document() {
    let mut seeds = Seeds::default();
    for title in ["fine", "good", "abort", "well"] {
        seeds.add(title, json!({ "openapi": "3.1.0", "info": { "title": title }, "paths": {} }));
    }
    let aborts: Vec<u64> =
        (0..60).filter(|&index| Case::new(&seeds, 6, index).line().contains("abort")).collect();
    assert!(aborts.len() > 5 && aborts[0] > 0, "{aborts:?}");
    for (jobs, first) in [(1, 0), (3, 0), (3, 20)] {
        let campaign = Campaign {
            seeds: &seeds,
            seed: 6,
            first,
            limit: Limit::Documents(60 - first),
            jobs,
            workers: &workers,
        };
        let mut shown = 0;
        let aborts: Vec<u64> = aborts.iter().copied().filter(|&index| index >= first).collect();
        let results = campaign::run(&campaign, &mut |_, failure| shown += u64::from(failure.is_some()));
        let Results { generated, failed, findings, .. } = results.expect("the workers start");
        assert_eq!((generated, failed), (60 - first - aborts.len() as u64, aborts.len() as u64));
        let finding = findings.values().next().expect("a finding");
        assert_eq!((findings.len(), finding.index, finding.count, shown), (1, aborts[0], failed, 1));
        assert_eq!(finding.failure.cause, "stack overflow");
    }
}
