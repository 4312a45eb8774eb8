//! What came of the documents, as a table to read.

use std::fmt::Write as _;

use super::examine::{Counts, Examined};

/// One column: its heading, whether its cells are numbers, and a cell of several lines for each document.
struct Column {
    heading: &'static str,
    is_number: bool,
    cell: fn(&Examined) -> Vec<String>,
}

const COLUMNS: &[Column] = &[
    Column { heading: "document", is_number: false, cell: |one| vec![one.name.clone()] },
    Column { heading: "version", is_number: false, cell: |one| vec![one.version.clone()] },
    Column {
        heading: "operations",
        is_number: true,
        cell: |one| vec![format!("{}/{}", one.callable, one.found)],
    },
    Column { heading: "types", is_number: true, cell: |one| vec![one.types.to_string()] },
    Column { heading: "unions", is_number: false, cell: |one| lines(&one.unions) },
    Column { heading: "untyped", is_number: false, cell: |one| lines(&one.untyped) },
    Column { heading: "diagnostics", is_number: false, cell: |one| lines(&one.diagnostics) },
    Column { heading: "examples", is_number: false, cell: |one| lines(&one.examples) },
    Column {
        heading: "tests",
        is_number: true,
        cell: |one| vec![one.tests.map_or("-".to_owned(), |passed| passed.to_string())],
    },
    Column {
        heading: "features",
        is_number: true,
        cell: |one| vec![one.features.map_or("-".to_owned(), |sets| sets.to_string())],
    },
    Column { heading: "lines", is_number: true, cell: |one| vec![one.lines.to_string()] },
    Column { heading: "generate", is_number: true, cell: |one| vec![format!("{:.2} s", one.generate)] },
    Column {
        heading: "memory",
        is_number: true,
        cell: |one| vec![one.memory.map_or("-".to_owned(), megabytes)],
    },
    Column {
        heading: "a/op",
        is_number: true,
        cell: |one| {
            let operations = one.callable;
            // Neither without operations nor for all documents together.
            if operations == 0 || one.version.is_empty() {
                return Vec::new();
            }
            let time = format!("{:.2} ms", one.generate * 1_000.0 / operations as f64);
            let memory = one.memory.map(|bytes| format!("{} KB", bytes / 1_000 / operations));
            [time].into_iter().chain(memory).collect()
        },
    },
    Column {
        heading: "check",
        is_number: true,
        cell: |one| vec![one.check.map_or("-".to_owned(), |seconds| format!("{seconds:.1} s"))],
    },
    Column {
        heading: "",
        is_number: false,
        cell: |one| vec![if one.problems.is_empty() { "well" } else { "FAILED" }.to_owned()],
    },
];

/// How wide a cell may be.
const WIDTH: usize = 44;

/// The table, what all documents come to, and below it what is wrong.
pub(super) fn text(examined: &[Examined]) -> String {
    let mut rows: Vec<Vec<Vec<String>>> =
        vec![COLUMNS.iter().map(|column| vec![column.heading.to_owned()]).collect()];
    rows.extend(examined.iter().map(|one| COLUMNS.iter().map(|column| (column.cell)(one)).collect()));
    if examined.len() > 1 {
        let all = total(examined);
        rows.push(COLUMNS.iter().map(|column| (column.cell)(&all)).collect());
    }
    let width = |index: usize| -> usize {
        rows.iter().flat_map(|row| &row[index]).map(|line| line.chars().count()).max().unwrap_or_default()
    };
    let widths: Vec<usize> = (0..COLUMNS.len()).map(width).collect();
    let rule: String = widths.iter().map(|width| "-".repeat(*width)).collect::<Vec<_>>().join("  ");

    let mut text = String::new();
    for (index, row) in rows.iter().enumerate() {
        if index > 0 {
            let _ = writeln!(text, "{rule}");
        }
        for line in 0..row.iter().map(Vec::len).max().unwrap_or_default() {
            let cells = row.iter().zip(&widths).zip(COLUMNS).map(|((cell, width), column)| {
                let cell = cell.get(line).map(String::as_str).unwrap_or_default();
                if column.is_number { format!("{cell:>width$}") } else { format!("{cell:width$}") }
            });
            let _ = writeln!(text, "{}", cells.collect::<Vec<_>>().join("  ").trim_end());
        }
    }
    for one in examined {
        for problem in &one.problems {
            let _ = writeln!(text, "\n{}: {problem}", one.name);
        }
    }
    text
}

/// All documents as if they were one.
fn total(examined: &[Examined]) -> Examined {
    let mut all = Examined { name: format!("{} documents", examined.len()), ..Examined::default() };
    let add = |all: &mut Counts, one: &Counts| {
        one.iter().for_each(|(name, count)| *all.entry(name.clone()).or_default() += count);
    };
    for one in examined {
        all.found += one.found;
        all.callable += one.callable;
        all.types += one.types;
        all.lines += one.lines;
        all.generate += one.generate;
        all.memory = all.memory.max(one.memory);
        all.tests = all.tests.map_or(one.tests, |tests| Some(tests + one.tests.unwrap_or_default()));
        all.features =
            all.features.map_or(one.features, |sets| Some(sets + one.features.unwrap_or_default()));
        all.check = match (all.check, one.check) {
            (None, check) | (check, None) => check,
            (Some(all), Some(one)) => Some(all + one),
        };
        add(&mut all.unions, &one.unions);
        add(&mut all.untyped, &one.untyped);
        add(&mut all.diagnostics, &one.diagnostics);
        add(&mut all.examples, &one.examples);
        all.problems.extend(one.problems.first().cloned());
    }
    all
}

/// The most frequent first.
fn lines(counts: &Counts) -> Vec<String> {
    let mut counts: Vec<(&String, &u64)> = counts.iter().collect();
    counts.sort_by_key(|(name, count)| (std::cmp::Reverse(**count), *name));
    let width = counts.first().map_or(0, |(_, count)| count.to_string().len());
    counts.into_iter().flat_map(|(name, count)| wrapped(name, &format!("{count:>width$} "))).collect()
}

/// A text after its number, on as many lines as it needs.
fn wrapped(text: &str, number: &str) -> Vec<String> {
    let mut lines = vec![number.to_owned()];
    for word in text.split_whitespace() {
        let current = lines.last().map_or(0, |line| line.chars().count());
        if current + word.chars().count() > WIDTH && current > number.len() {
            lines.push(" ".repeat(number.len()));
        }
        if let Some(line) = lines.last_mut() {
            if line.len() > number.len() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

fn megabytes(bytes: u64) -> String {
    format!("{} MB", bytes / 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(counts: &[(&str, u64)]) -> Counts {
        counts.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect()
    }

    #[test]
    fn a_row_is_as_high_as_its_highest_cell() {
        let pets = Examined {
            name: "pets".to_owned(),
            version: "3.1.0".to_owned(),
            found: 12,
            callable: 11,
            unions: counts(&[("key", 2), ("tag", 10)]),
            problems: vec!["1 of 12 operations cannot be called".to_owned()],
            ..Examined::default()
        };
        let text = text(&[pets]);
        let shown: Vec<Vec<&str>> = text.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(shown[0][..5], ["document", "version", "operations", "types", "unions"]);
        assert_eq!(shown[2][..6], ["pets", "3.1.0", "11/12", "0", "10", "tag"]);
        assert_eq!(shown[2].last(), Some(&"FAILED"));
        assert_eq!(shown[3], ["2", "key"]);
        assert_eq!(text.lines().last(), Some("pets: 1 of 12 operations cannot be called"));
    }

    #[test]
    fn all_documents_come_to_a_sum() {
        let one = |name: &str, check, memory| Examined {
            name: name.to_owned(),
            types: 3,
            untyped: counts(&[("because", 2)]),
            check,
            memory: Some(memory),
            ..Examined::default()
        };
        let all = total(&[one("a", Some(1.0), 5), one("b", None, 7), one("c", Some(2.0), 6)]);
        assert_eq!((all.types, all.check, all.memory), (9, Some(3.0), Some(7)));
        assert_eq!(all.untyped, counts(&[("because", 6)]));
        assert!(text(&[one("a", None, 1), one("b", None, 1)]).contains("\n2 documents"));
    }
}
