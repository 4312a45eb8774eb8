//! Real processes: many killed at random moments, several at the same time.
//!
//! The processes are this test program itself, told by its environment to do nothing but write.

use std::env;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::*;

const FOLDER: &str = "XTASK_TEST_WRITE_INTO";
const ROUNDS: &str = "XTASK_TEST_ROUNDS";

/// The trees that take turns: files that stay, change, come and go.
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

/// What the processes do; nothing when it runs as a test.
#[test]
fn writes_by_turns_when_told_to() {
    let Some(folder) = env::var_os(FOLDER) else { return };
    let rounds: usize = env::var(ROUNDS).unwrap().parse().unwrap();
    let trees = trees().map(|files| tree(&files));
    for tree in trees.iter().cycle().take(rounds) {
        Target::open(Path::new(&folder)).unwrap().write(tree).unwrap_or_else(|error| panic!("{error}"));
    }
}

fn start(world: &World, rounds: usize) -> Child {
    Command::new(env::current_exe().unwrap())
        .args(["--exact", "target::tests::processes::writes_by_turns_when_told_to"])
        .env(FOLDER, world.folder())
        .env(ROUNDS, rounds.to_string())
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

fn assert_whole(world: &World, moment: &str) {
    let mut found = everything(&world.folder());
    found.retain(|path, _| !foreign().contains_key(path));
    assert!(trees().iter().any(|files| found == with_manifest(files)), "{moment}: {:#?}", found.keys());
}

#[test]
fn is_killed_at_random_moments() {
    let world = World::new();
    world.write(&trees()[0]);
    world.put(&foreign());
    let mut interrupted = 0;
    for kill in 0..60_u64 {
        let mut child = start(&world, usize::MAX);
        // No two kills at the same distance from the start of the process.
        std::thread::sleep(Duration::from_micros(20_000 + kill * 7_919 % 20_000));
        child.kill().unwrap();
        child.wait().unwrap();
        assert_whole(&world, &format!("kill {kill}"));
        interrupted += usize::from(world.hidden().exists());
    }
    assert!(interrupted > 5, "only {interrupted} kills hit a run in the middle");
    world.write(&trees()[0]);
    assert_eq!(everything(&world.folder()), union(&with_manifest(&trees()[0]), &foreign()));
    assert_eq!(world.siblings(), [""; 0]);
}

#[test]
fn takes_turns_with_others() {
    let world = World::new();
    world.put(&foreign());
    fs::write(world.folder().join(manifest::NAME), "").unwrap();
    let children = [4, 5, 6].map(|rounds| start(&world, rounds));
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    assert_whole(&world, "after all");
    let found = everything(&world.folder());
    assert!(foreign().iter().all(|(path, contents)| found.get(path) == Some(contents)), "{found:#?}");
    assert_eq!(world.siblings(), [""; 0]);
}
