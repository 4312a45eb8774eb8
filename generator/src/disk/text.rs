//! Reads files as text in UTF-8. The error says what a file is instead, and what to do about it.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The beginnings of files in other formats: the bytes, what such a file is, and the remedy.
const FORMATS: [(&[u8], &str, &str); 7] = [
    (&[0xff, 0xfe, 0, 0], "is text in UTF-32, not in UTF-8", SAVE_AS_UTF_8),
    (&[0, 0, 0xfe, 0xff], "is text in UTF-32, not in UTF-8", SAVE_AS_UTF_8),
    (&[0xff, 0xfe], LITTLE_ENDIAN, SAVE_AS_UTF_8),
    (&[0xfe, 0xff], BIG_ENDIAN, SAVE_AS_UTF_8),
    (&[0x1f, 0x8b], "is compressed with gzip", "decompress it first"),
    (b"PK\x03\x04", "is a zip archive", "extract it first"),
    (b"%PDF-", "is a PDF file", RIGHT_FILE),
];

const LITTLE_ENDIAN: &str = "is text in UTF-16 (little endian), not in UTF-8";
const BIG_ENDIAN: &str = "is text in UTF-16 (big endian), not in UTF-8";
const SAVE_AS_UTF_8: &str = "save it as UTF-8";
const RIGHT_FILE: &str = "check that it is the right file";

/// The reason why a file is not text in UTF-8.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NotText {
    /// The second half of a sentence about the file.
    pub(crate) cause: String,
    /// The remedy, an imperative.
    pub(crate) help: &'static str,
}

/// The reason why a file cannot be read. `Display` shows the second half of a sentence about the file, such as `is a folder`.
#[derive(Debug)]
pub(crate) enum ReadError {
    /// Nothing exists at the path.
    Missing,
    /// The path is a symbolic link to a path at which nothing exists.
    DanglingLink(PathBuf),
    /// The path is a folder.
    Folder,
    /// The file is not text.
    NotText(NotText),
    /// The file system refused to read the file.
    Io(io::Error),
}

/// Reads a file as text.
pub(crate) fn read(path: &Path) -> Result<String, ReadError> {
    let bytes = fs::read(path).map_err(|error| ReadError::of(path, error))?;
    decode(bytes).map_err(ReadError::NotText)
}

/// Reads a file as text if something exists at its path.
pub(crate) fn read_if_any(path: &Path) -> Result<Option<String>, ReadError> {
    match read(path) {
        Ok(text) => Ok(Some(text)),
        Err(ReadError::Missing) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Returns the target of a symbolic link if nothing exists there.
pub(crate) fn dangling_link(path: &Path) -> Option<PathBuf> {
    fs::read_link(path).ok().filter(|_| !path.exists())
}

/// Returns bytes as text.
pub(crate) fn decode(bytes: Vec<u8>) -> Result<String, NotText> {
    if let Some((_, cause, help)) = FORMATS.iter().find(|(start, ..)| bytes.starts_with(start)) {
        return Err(NotText { cause: (*cause).to_owned(), help });
    }
    // The first characters of a document, of settings and of a changelog are ASCII.
    let utf_16 = match bytes.as_slice() {
        [1..=0xff, 0, 1..=0xff, 0, ..] => Some(LITTLE_ENDIAN),
        [0, 1..=0xff, 0, 1..=0xff, ..] => Some(BIG_ENDIAN),
        _ => None,
    };
    if let Some(cause) = utf_16 {
        return Err(NotText { cause: cause.to_owned(), help: SAVE_AS_UTF_8 });
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let (before, after) = error.as_bytes().split_at(valid);
        if error.as_bytes().contains(&0) {
            return NotText { cause: "is a binary file, not text in UTF-8".to_owned(), help: RIGHT_FILE };
        }
        let before = String::from_utf8_lossy(before);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let byte = after.first().copied().unwrap_or_default();
        let cause = format!(
            "is not text in UTF-8: the byte 0x{byte:02X} at {line}:{column} is from another encoding, such as Latin-1"
        );
        NotText { cause, help: SAVE_AS_UTF_8 }
    })
}

impl ReadError {
    fn of(path: &Path, error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => dangling_link(path).map_or(Self::Missing, Self::DanglingLink),
            _ if path.is_dir() => Self::Folder,
            _ => Self::Io(error),
        }
    }

    /// Returns the remedy, or `None` if it depends on the use of the file.
    pub(crate) fn help(&self) -> Option<&'static str> {
        match self {
            Self::Missing | Self::Folder => None,
            Self::DanglingLink(_) => Some("correct the link, or replace it by a file"),
            Self::NotText(NotText { help, .. }) => Some(help),
            Self::Io(_) => Some("check the permissions of the file"),
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("does not exist"),
            Self::DanglingLink(target) => {
                write!(f, "is a symbolic link to `{}`, which does not exist", target.display())
            }
            Self::Folder => f.write_str("is a folder"),
            Self::NotText(NotText { cause, .. }) => f.write_str(cause),
            Self::Io(error) => write!(f, "cannot be read: {error}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expected: Result<&str, (&str, &str)>) {
        let decoded = decode(bytes.to_vec());
        let decoded = decoded.as_deref().map_err(|NotText { cause, help }| (cause.as_str(), *help));
        assert_eq!(decoded, expected, "{bytes:?}");
    }

    fn utf_16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to_bytes).collect()
    }

    #[test]
    fn the_encoding_of_bytes_is_recognized() {
        check(b"", Ok(""));
        check(b"a: \xc3\xa9", Ok("a: é"));
        check(b"\xef\xbb\xbfa: 1", Ok("\u{feff}a: 1"));
        let latin = "is not text in UTF-8: the byte 0xE9 at 2:4 is from another encoding, such as Latin-1";
        check(b"a: \xc3\xa9\nb\xc3\xa9:\xe9\n", Err((latin, SAVE_AS_UTF_8)));
        let cut = "is not text in UTF-8: the byte 0xC3 at 1:3 is from another encoding, such as Latin-1";
        check(b"a:\xc3", Err((cut, SAVE_AS_UTF_8)));
        check(&[0x7f, b'E', b'L', b'F', 0xff, 0], Err(("is a binary file, not text in UTF-8", RIGHT_FILE)));
        // A control character in UTF-8 is reported with its position by the parser.
        check(b"a: \0", Ok("a: \0"));
    }

    #[test]
    fn utf_16_is_recognized_with_and_without_a_byte_order_mark() {
        for text in ["openapi: 3.1.0\n# é 苹\n", "{\"openapi\": \"3.1.0\"}"] {
            for start in ["", "\u{feff}"] {
                let text = format!("{start}{text}");
                check(&utf_16(&text, u16::to_le_bytes), Err((LITTLE_ENDIAN, SAVE_AS_UTF_8)));
                check(&utf_16(&text, u16::to_be_bytes), Err((BIG_ENDIAN, SAVE_AS_UTF_8)));
            }
        }
        check(b"\xff\xfe\0\0a\0\0\0", Err(("is text in UTF-32, not in UTF-8", SAVE_AS_UTF_8)));
    }

    #[test]
    fn other_formats_are_recognized() {
        check(b"\x1f\x8b\x08", Err(("is compressed with gzip", "decompress it first")));
        check(b"PK\x03\x04\x14", Err(("is a zip archive", "extract it first")));
        check(b"%PDF-1.7\n\xe2", Err(("is a PDF file", RIGHT_FILE)));
    }

    #[test]
    fn a_path_without_a_file_is_described() {
        let root = tempfile::tempdir().expect("a folder");
        let at = |path: &str| root.path().join(path);
        let why = |path: &str| read(&at(path)).expect_err("it is not a file").to_string();
        assert_eq!(why("none"), "does not exist");
        assert_eq!(why("."), "is a folder");
        assert!(matches!(read_if_any(&at("none")), Ok(None)));
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("none", at("link")).expect("a link");
            assert_eq!(why("link"), "is a symbolic link to `none`, which does not exist");
            assert!(read_if_any(&at("link")).is_err());
        }
    }
}
