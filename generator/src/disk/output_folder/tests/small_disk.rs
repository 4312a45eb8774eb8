//! Writes on real file systems that are full or read-only. The tests need the right to mount one; without it, they say so and
//! check nothing, and [`failures`](super::failures) covers the same failures by simulation.

#![cfg(target_os = "linux")]

use std::process::Command;

use super::interruptions::{assert_done, foreign, generated, new, old};
use super::*;

/// A sandbox on a file system of its own, which is unmounted at the end.
struct Mounted {
    sandbox: Sandbox,
    /// The paths that are mounted below the sandbox, in this order.
    mounts: Vec<PathBuf>,
}

impl Mounted {
    /// Mounts a file system in memory. Returns `None` if that is not possible.
    fn new() -> Option<Self> {
        let sandbox = Sandbox::new();
        let root = sandbox.root.path().to_owned();
        let is_mounted = mount(&["-t", "tmpfs", "-o", "size=4m", "tmpfs"], &root);
        if !is_mounted {
            eprintln!("skipped: this user cannot mount a file system");
        }
        is_mounted.then(|| Self { sandbox, mounts: vec![root] })
    }

    /// Sets the size of the file system, in pages of 4 KiB.
    fn resize(&self, pages: usize) {
        let size = format!("remount,size={}k", pages * 4);
        assert!(mount(&["-o", &size], self.sandbox.root.path()));
    }

    /// Returns the number of pages that are used.
    fn used(&self) -> usize {
        let statistics = rustix::fs::statvfs(self.sandbox.root.path()).unwrap();
        usize::try_from(statistics.f_blocks - statistics.f_bfree).unwrap()
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        for path in self.mounts.iter().rev() {
            let _ = Command::new("umount").arg("--lazy").arg(path).status();
        }
    }
}

fn mount(arguments: &[&str], at: &Path) -> bool {
    let output = Command::new("mount").args(arguments).arg(at).output();
    output.is_ok_and(|output| output.status.success())
}

/// Makes each file a few pages long, so that the disk can be full at any of them.
fn long(files: &Files) -> Files {
    let lengthen = |(path, text): (&String, &String)| (path.clone(), text.repeat(9_000 / text.len()));
    files.iter().map(lengthen).collect()
}

#[test]
fn a_full_disk() {
    let (old, new) = (long(&old()), long(&new()));
    let (mut failed, mut written) = (0, 0);
    for free in 0..40 {
        let Some(mounted) = Mounted::new() else { return };
        let sandbox = &mounted.sandbox;
        sandbox.write(&old);
        sandbox.put(&foreign());
        let used = mounted.used();
        mounted.resize(used + free);
        let result = sandbox.target().write(&tree(&new));
        let moment = format!("{free} pages free: {:?}", result.as_ref().err().map(ToString::to_string));
        let found = everything(&sandbox.folder());
        assert!(foreign().iter().all(|(path, text)| found.get(path) == Some(text)), "{moment}: {found:#?}");
        assert_eq!(sandbox.siblings(), [""; 0], "{moment}");
        match result {
            Ok(_) => {
                written += 1;
                assert_done(sandbox, &new, &moment);
            }
            Err(_) => {
                failed += 1;
                assert_eq!(generated(sandbox), with_manifest(&old), "{moment}");
                assert_eq!(mounted.used(), used, "{moment}");
                mounted.resize(1_024);
                sandbox.write(&new);
                assert_done(sandbox, &new, &moment);
            }
        }
    }
    assert!(failed > 5 && written > 5, "{failed} failed, {written} were written");
}

#[test]
fn a_full_disk_in_the_first_run() {
    for free in 0..16 {
        let Some(mounted) = Mounted::new() else { return };
        mounted.resize(mounted.used() + 1 + free);
        let result = mounted.sandbox.target().write(&tree(&long(&new())));
        if result.is_err() {
            assert_eq!(everything(&mounted.sandbox.folder()), Files::new());
            assert_eq!(mounted.sandbox.siblings(), [""; 0], "{free} pages free");
        }
    }
}

#[test]
fn a_read_only_subfolder() {
    let Some(mut mounted) = Mounted::new() else { return };
    mounted.sandbox.write(&old());
    mounted.sandbox.put(&foreign());
    let subfolder = mounted.sandbox.folder().join("src");
    assert!(mount(&["--bind", &subfolder.display().to_string()], &subfolder));
    mounted.mounts.push(subfolder.clone());
    assert!(mount(&["-o", "remount,bind,ro"], &subfolder));
    let error = mounted.sandbox.target().write(&tree(&new())).unwrap_err().to_string();
    assert_eq!(
        error,
        format!("cannot write in `{}`: Read-only file system (os error 30)", subfolder.display())
    );
    assert_eq!(generated(&mounted.sandbox), with_manifest(&old()));
    assert_eq!(mounted.sandbox.siblings(), [""; 0]);
}
