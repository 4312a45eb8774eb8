//! Tests with real processes: many that are killed at random moments, and several at the same time.
//!
//! A child process is this test program, with environment variables that make it write trees.

use std::env;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::*;

const FOLDER: &str = "XTASK_TEST_WRITE_INTO";
const ROUNDS: &str = "XTASK_TEST_ROUNDS";

/// Two trees that are written in turns. Files are unchanged, changed, added and removed.
fn trees() -> [Files; 2] {
    [0, 1].map(|turn| {
        (0..60)
            .filter(|number| number % 3 != 2 || number % 2 == turn)
            .map(|number| {
                let text =
                    if number % 3 == 0 { "same".to_owned() } else { format!("turn {turn}\n").repeat(50) };
                (format!("src/{}/{number}.rs", number % 7), text)
            })
            .collect()
    })
}

fn foreign() -> Files {
    files([
        ("Cargo.lock", "locked"),
        ("src/3/mine.rs", "mine"),
        ("src/mine/too.rs", "mine"),
        ("target/x", "built"),
    ])
}

/// Runs in the child processes. Does nothing as a test.
#[test]
fn child_process() {
    let Some(folder) = env::var_os(FOLDER) else { return };
    let rounds: usize = env::var(ROUNDS).unwrap().parse().unwrap();
    let trees = trees().map(|files| tree(&files));
    for tree in trees.iter().cycle().take(rounds) {
        OutputFolder::open(Path::new(&folder)).unwrap().write(tree).unwrap_or_else(|error| panic!("{error}"));
    }
}

fn start(sandbox: &Sandbox, rounds: usize) -> Child {
    Command::new(env::current_exe().unwrap())
        .args(["--exact", "disk::output_folder::tests::processes::child_process"])
        .env(FOLDER, sandbox.folder())
        .env(ROUNDS, rounds.to_string())
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

fn assert_whole(sandbox: &Sandbox, moment: &str) {
    let mut found = everything(&sandbox.folder());
    found.retain(|path, _| !foreign().contains_key(path));
    assert!(trees().iter().any(|files| found == with_manifest(files)), "{moment}: {:#?}", found.keys());
}

#[test]
fn survives_random_kills() {
    let sandbox = Sandbox::new();
    sandbox.write(&trees()[0]);
    sandbox.put(&foreign());
    let mut interrupted = 0;
    for kill in 0..60_u64 {
        let mut child = start(&sandbox, usize::MAX);
        // Each kill at a different time after the start of the process.
        std::thread::sleep(Duration::from_micros(20_000 + kill * 7_919 % 20_000));
        child.kill().unwrap();
        child.wait().unwrap();
        assert_whole(&sandbox, &format!("kill {kill}"));
        interrupted += usize::from(sandbox.hidden().exists());
    }
    assert!(interrupted > 5, "only {interrupted} kills interrupted a run");
    sandbox.write(&trees()[0]);
    assert_eq!(everything(&sandbox.folder()), union(&with_manifest(&trees()[0]), &foreign()));
    assert_eq!(sandbox.siblings(), [""; 0]);
}

#[test]
fn concurrent_runs_wait_for_each_other() {
    let sandbox = Sandbox::new();
    sandbox.put(&foreign());
    fs::write(sandbox.folder().join(manifest::NAME), "").unwrap();
    let children = [4, 5, 6].map(|rounds| start(&sandbox, rounds));
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    assert_whole(&sandbox, "after all");
    let found = everything(&sandbox.folder());
    assert!(foreign().iter().all(|(path, contents)| found.get(path) == Some(contents)), "{found:#?}");
    assert_eq!(sandbox.siblings(), [""; 0]);
}
