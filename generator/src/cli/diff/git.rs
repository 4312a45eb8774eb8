//! Reads files of a commit with the program `git`. Nothing is checked out, and nothing is written.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use crate::diagnostics::Unreadable;

use crate::cli::failure::Failure;
use crate::cli::inputs::{NamedPath, utf8};
use crate::disk::read_once::ReadOnce;
use crate::disk::real_path::absolute;

/// The length of a hash in messages.
const SHORT_HASH: usize = 12;

/// The variables that git sets for hooks.
const HOOK_VARIABLES: [&str; 6] =
    ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY"];

/// A commit of a repository.
#[derive(Clone, Debug)]
pub(crate) struct Commit {
    /// The folder of the repository.
    root: PathBuf,
    /// The commit in messages: `git:HEAD`.
    pub(crate) name: String,
    /// The hash of the commit.
    pub(crate) hash: String,
}

impl Commit {
    /// Finds a commit in the repository that contains a path.
    pub(crate) fn find(revision: &str, path: &NamedPath) -> Result<Self, Failure> {
        let root = root_of(path)?;
        let name = format!("git:{revision}");
        let commit = format!("{revision}^{{commit}}");
        let found = output(&root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])?;
        let hash = found.filter(|_| !revision.is_empty()).map(|bytes| text_of(&bytes));
        let Some(hash) = hash else {
            let error = format!("`{name}` is not a commit of the repository `{}`", root.display());
            return Err(Failure::wrong_use(error).with_help(
                "correct the revision; in a shallow clone, fetch it first (actions/checkout: `fetch-depth: 0`)",
            ));
        };
        Ok(Self { root, name, hash })
    }

    /// Returns the commit from which the current branch was made, if `origin/HEAD` says which branch is the default.
    /// Otherwise, returns `HEAD`.
    pub(crate) fn base(path: &NamedPath) -> Result<Self, Failure> {
        let root = root_of(path)?;
        let default = ["rev-parse", "--verify", "--quiet", "refs/remotes/origin/HEAD^{commit}"];
        if output(&root, &default)?.is_none() {
            return Self::find("HEAD", path);
        }
        match output(&root, &["merge-base", "HEAD", "refs/remotes/origin/HEAD"])? {
            Some(hash) => {
                let hash = text_of(&hash);
                Self::find(hash.get(..SHORT_HASH).unwrap_or(&hash), path)
            }
            None => {
                let error = "`HEAD` and `origin/HEAD` have no common commit".to_owned();
                Err(Failure::wrong_use(error).with_help(
                    "pass the revision, as in `--require-bump=git:v1.0.0`; in a shallow clone, fetch the history first",
                ))
            }
        }
    }

    /// Returns the text of a file, or `None` if the commit does not have it.
    pub(crate) fn text(&self, path: &NamedPath) -> Result<Option<String>, Failure> {
        let relative = self.relative(path)?;
        let mut found = self.blobs(&relative, &|found| found == relative)?;
        let Some(bytes) = found.remove(&relative) else { return Ok(None) };
        utf8(&self.name_of(&relative), bytes).map(Some)
    }

    /// Returns the texts of the files in a folder, by their paths in it.
    pub(crate) fn folder(
        &self,
        path: &NamedPath,
        is_wanted: &dyn Fn(&str) -> bool,
    ) -> Result<BTreeMap<String, String>, Failure> {
        let prefix = match self.relative(path)? {
            root if root.is_empty() => root,
            folder => format!("{folder}/"),
        };
        let inside = |found: &str| found.strip_prefix(&prefix).is_some_and(is_wanted);
        let blobs = self.blobs(&prefix, &inside)?;
        let text = |(path, bytes): (String, Vec<u8>)| {
            let text = utf8(&self.name_of(&path), bytes)?;
            Ok((path[prefix.len()..].to_owned(), text))
        };
        blobs.into_iter().map(text).collect()
    }

    /// Returns the files in the folder of a document.
    pub(crate) fn files_beside(&self, document: &NamedPath) -> Result<ReadOnce, Failure> {
        let relative = self.relative(document)?;
        let folder = relative.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        let commit = self.clone();
        Ok(ReadOnce::new(move |path| {
            let path = format!("{folder}{path}");
            let because = |failure: Failure| Unreadable::Because {
                cause: format!("cannot be read: {}", failure.errors.join("; ")),
                help: failure.help.join("; "),
            };
            let mut found = commit.blobs(&path, &|found| found == path).map_err(because)?;
            found.remove(&path).ok_or(Unreadable::Missing)
        }))
    }

    /// Returns the name of a file of the commit in messages, as git writes it: `git:HEAD:spec/openapi.yaml`.
    pub(crate) fn name_of(&self, relative: &str) -> String {
        // Without a folder, `./` separates the name of the file from the name of the commit.
        let here = if relative.contains('/') { "" } else { "./" };
        format!("{}:{here}{relative}", self.name)
    }

    /// Returns true if a path is in the folder of the repository.
    pub(crate) fn contains(&self, path: &NamedPath) -> bool {
        absolute(&path.path).starts_with(&self.root)
    }

    /// Returns a path relative to the folder of the repository, with `/` between its segments.
    pub(crate) fn relative(&self, path: &NamedPath) -> Result<String, Failure> {
        let absolute = absolute(&path.path);
        let relative = absolute.strip_prefix(&self.root).map_err(|_| {
            let root = self.root.display();
            let error = format!("`{}` is outside of the repository `{root}`", path.name);
            Failure::wrong_use(error)
                .with_help("pass a path in the repository, or the old document as a file")
        })?;
        let segments: Vec<_> = relative.iter().map(|segment| segment.to_string_lossy()).collect();
        Ok(segments.join("/"))
    }

    /// Returns the contents of regular files below a path.
    fn blobs(
        &self,
        below: &str,
        is_wanted: &dyn Fn(&str) -> bool,
    ) -> Result<BTreeMap<String, Vec<u8>>, Failure> {
        let mut arguments = vec!["ls-tree", "-r", "-z", "--full-tree", &self.hash];
        if !below.is_empty() {
            arguments.extend(["--", below]);
        }
        let list = output(&self.root, &arguments)?.unwrap_or_default();
        let list = String::from_utf8_lossy(&list);
        let regular = |line: &str| {
            let (entry, path) = line.split_once('\t')?;
            let (mode, hash) = (entry.split(' ').next()?, entry.split(' ').nth(2)?);
            (mode.starts_with("100") && is_wanted(path)).then(|| (path.to_owned(), hash.to_owned()))
        };
        let (paths, hashes): (Vec<String>, Vec<String>) = list.split('\0').filter_map(regular).unzip();
        if paths.is_empty() {
            return Ok(BTreeMap::new());
        }
        let contents = contents_of(&self.root, &hashes)?;
        Ok(paths.into_iter().zip(contents).collect())
    }
}

/// Returns the folder of the repository that contains a path. The path itself does not have to exist.
fn root_of(path: &NamedPath) -> Result<PathBuf, Failure> {
    let absolute = absolute(&path.path);
    let existing = absolute.ancestors().skip(1).find(|folder| folder.is_dir()).unwrap_or(Path::new("/"));
    let Some(root) = output(existing, &["rev-parse", "--show-toplevel"])? else {
        let error = format!("`{}` is not in a git repository", path.name);
        return Err(Failure::wrong_use(error)
            .with_help("run `git init` and commit the document, or pass the old document as a file"));
    };
    let root = PathBuf::from(text_of(&root));
    Ok(root.canonicalize().unwrap_or(root))
}

/// Runs git. Returns `None` if it fails.
fn output(folder: &Path, arguments: &[&str]) -> Result<Option<Vec<u8>>, Failure> {
    let output = git(folder, arguments).stdin(Stdio::null()).output().map_err(not_run)?;
    if output.status.success() {
        return Ok(Some(output.stdout));
    }
    let message = text_of(&output.stderr);
    // Git refuses the repositories of other users, which is common in containers.
    if message.contains("dubious ownership") || message.contains("safe.directory") {
        let line = message.lines().next().unwrap_or_default();
        let error = format!("git: {}", line.strip_prefix("fatal: ").unwrap_or(line));
        return Err(Failure::wrong_use(error).with_help(
            "if you trust the repository, run `git config --global --add safe.directory` with its folder",
        ));
    }
    Ok(None)
}

fn git(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(without_verbatim_prefix(&folder.to_string_lossy()).map_or(folder, Path::new));
    command.args(arguments);
    // A hook sets variables that describe its own repository.
    HOOK_VARIABLES.iter().for_each(|name| {
        command.env_remove(name);
    });
    command.env("GIT_LITERAL_PATHSPECS", "1").env("GIT_OPTIONAL_LOCKS", "0");
    command
}

/// Returns a path without the prefix `\\?\`, which paths have on Windows after links are resolved, and which git does not
/// accept.
fn without_verbatim_prefix(path: &str) -> Option<&str> {
    path.strip_prefix(r"\\?\").filter(|rest| rest.as_bytes().get(1) == Some(&b':'))
}

fn not_run(error: io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::NotFound => Failure::wrong_use("the program `git` is not installed")
            .with_help("install git, or pass the old document as a file"),
        _ => Failure::wrong_use(format!("cannot run `git`: {error}")),
    }
}

fn text_of(output: &[u8]) -> String {
    String::from_utf8_lossy(output).trim_end_matches(['\n', '\r']).to_owned()
}

/// Returns the contents of objects, in order.
fn contents_of(root: &Path, hashes: &[String]) -> Result<Vec<Vec<u8>>, Failure> {
    let unreadable = || {
        Failure::wrong_use(format!("git cannot read the files of the repository `{}`", root.display()))
            .with_help("check the repository with `git fsck`")
    };
    let mut command = git(root, &["cat-file", "--batch"]);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(not_run)?;
    let mut input = child.stdin.take().ok_or_else(unreadable)?;
    let request = format!("{}\n", hashes.join("\n"));
    // Git blocks when nobody reads its output, so its input is written by another thread.
    let output = thread::scope(|scope| {
        scope.spawn(move || input.write_all(request.as_bytes()));
        child.wait_with_output()
    });
    let output = output.map_err(|_| unreadable())?.stdout;
    split_batch(&output, hashes.len()).ok_or_else(unreadable)
}

/// Splits the output of `git cat-file --batch`: a line with the hash, the type and the size, the contents, and a line feed.
fn split_batch(mut output: &[u8], length: usize) -> Option<Vec<Vec<u8>>> {
    let mut contents = Vec::with_capacity(length);
    while contents.len() < length {
        let end = output.iter().position(|byte| *byte == b'\n')?;
        let header = std::str::from_utf8(&output[..end]).ok()?;
        let size: usize = header.rsplit(' ').next()?.parse().ok()?;
        let rest = &output[end + 1..];
        contents.push(rest.get(..size)?.to_vec());
        output = rest.get(size + 1..)?;
    }
    Some(contents)
}

/// Returns true if a path exists and is a folder.
pub(super) fn is_folder(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| metadata.is_dir())
}

#[cfg(test)]
mod tests {
    use super::without_verbatim_prefix;

    #[test]
    fn git_gets_plain_paths_of_windows() {
        assert_eq!(without_verbatim_prefix(r"\\?\C:\repository"), Some(r"C:\repository"));
        assert_eq!(without_verbatim_prefix(r"\\?\UNC\server\share"), None);
        assert_eq!(without_verbatim_prefix("/home/repository"), None);
    }
}
