//! The table with the results of all documents.

use std::fmt::Write as _;

use super::examine::{Counts, DocumentReport};

/// A column: its heading, `true` if its cells are numbers, and the lines of its cell for a document.
struct Column {
    heading: &'static str,
    is_number: bool,
    cell: fn(&DocumentReport) -> Vec<String>,
}

const COLUMNS: &[Column] = &[
    Column { heading: "document", is_number: false, cell: |report| vec![report.name.clone()] },
    Column { heading: "version", is_number: false, cell: |report| vec![report.version.clone()] },
    Column {
        heading: "operations",
        is_number: true,
        cell: |report| vec![format!("{}/{}", report.callable, report.found)],
    },
    Column { heading: "types", is_number: true, cell: |report| vec![report.types.to_string()] },
    Column { heading: "unions", is_number: false, cell: |report| lines(&report.unions) },
    Column { heading: "untyped", is_number: false, cell: |report| lines(&report.untyped) },
    Column { heading: "diagnostics", is_number: false, cell: |report| lines(&report.diagnostics) },
    Column { heading: "examples", is_number: false, cell: |report| lines(&report.examples) },
    Column {
        heading: "tests",
        is_number: true,
        cell: |report| vec![report.tests.map_or("-".to_owned(), |passed| passed.to_string())],
    },
    Column {
        heading: "features",
        is_number: true,
        cell: |report| vec![report.features.map_or("-".to_owned(), |sets| sets.to_string())],
    },
    Column { heading: "lines", is_number: true, cell: |report| vec![report.lines.to_string()] },
    Column { heading: "generate", is_number: true, cell: |report| vec![format!("{:.2} s", report.generate)] },
    Column {
        heading: "memory",
        is_number: true,
        cell: |report| vec![report.memory.map_or("-".to_owned(), megabytes)],
    },
    Column {
        heading: "per operation",
        is_number: true,
        cell: |report| {
            let operations = report.callable;
            // Not for documents without operations, and not for the sum of all documents.
            if operations == 0 || report.version.is_empty() {
                return Vec::new();
            }
            let time = format!("{:.2} ms", report.generate * 1_000.0 / operations as f64);
            let memory = report.memory.map(|bytes| format!("{} KB", bytes / 1_000 / operations));
            [time].into_iter().chain(memory).collect()
        },
    },
    Column {
        heading: "check",
        is_number: true,
        cell: |report| vec![report.check.map_or("-".to_owned(), |seconds| format!("{seconds:.1} s"))],
    },
    Column {
        heading: "",
        is_number: false,
        cell: |report| vec![if report.problems.is_empty() { "ok" } else { "FAILED" }.to_owned()],
    },
];

/// The maximum width of a cell.
const MAX_CELL_WIDTH: usize = 44;

/// Returns the table with the sum of all documents, and the problems below it.
pub(super) fn text(reports: &[DocumentReport]) -> String {
    let mut rows: Vec<Vec<Vec<String>>> =
        vec![COLUMNS.iter().map(|column| vec![column.heading.to_owned()]).collect()];
    rows.extend(reports.iter().map(|report| COLUMNS.iter().map(|column| (column.cell)(report)).collect()));
    if reports.len() > 1 {
        let all = total(reports);
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
    for report in reports {
        for problem in &report.problems {
            let _ = writeln!(text, "\n{}: {problem}", report.name);
        }
    }
    text
}

/// Adds up all documents.
fn total(reports: &[DocumentReport]) -> DocumentReport {
    let mut all =
        DocumentReport { name: format!("{} documents", reports.len()), ..DocumentReport::default() };
    let add = |all: &mut Counts, one: &Counts| {
        one.iter().for_each(|(name, count)| *all.entry(name.clone()).or_default() += count);
    };
    for report in reports {
        all.found += report.found;
        all.callable += report.callable;
        all.types += report.types;
        all.lines += report.lines;
        all.generate += report.generate;
        all.memory = all.memory.max(report.memory);
        all.tests = all.tests.map_or(report.tests, |tests| Some(tests + report.tests.unwrap_or_default()));
        all.features =
            all.features.map_or(report.features, |sets| Some(sets + report.features.unwrap_or_default()));
        all.check = match (all.check, report.check) {
            (None, check) | (check, None) => check,
            (Some(all), Some(one)) => Some(all + one),
        };
        add(&mut all.unions, &report.unions);
        add(&mut all.untyped, &report.untyped);
        add(&mut all.diagnostics, &report.diagnostics);
        add(&mut all.examples, &report.examples);
        all.problems.extend(report.problems.first().cloned());
    }
    all
}

/// Returns the lines of a cell with counts, the highest first.
fn lines(counts: &Counts) -> Vec<String> {
    let mut counts: Vec<(&String, &u64)> = counts.iter().collect();
    counts.sort_by_key(|(name, count)| (std::cmp::Reverse(**count), *name));
    let width = counts.first().map_or(0, |(_, count)| count.to_string().len());
    counts.into_iter().flat_map(|(name, count)| wrapped(name, &format!("{count:>width$} "))).collect()
}

/// Wraps a text after its number.
fn wrapped(text: &str, number: &str) -> Vec<String> {
    let mut lines = vec![number.to_owned()];
    for word in text.split_whitespace() {
        let current = lines.last().map_or(0, |line| line.chars().count());
        if current + word.chars().count() > MAX_CELL_WIDTH && current > number.len() {
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
    fn a_row_is_as_tall_as_its_tallest_cell() {
        let pets = DocumentReport {
            name: "pets".to_owned(),
            version: "3.1.0".to_owned(),
            found: 12,
            callable: 11,
            unions: counts(&[("key", 2), ("tag", 10)]),
            problems: vec!["1 of 12 operations cannot be called".to_owned()],
            ..DocumentReport::default()
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
    fn adds_up_all_documents() {
        let one = |name: &str, check, memory| DocumentReport {
            name: name.to_owned(),
            types: 3,
            untyped: counts(&[("because", 2)]),
            check,
            memory: Some(memory),
            ..DocumentReport::default()
        };
        let all = total(&[one("a", Some(1.0), 5), one("b", None, 7), one("c", Some(2.0), 6)]);
        assert_eq!((all.types, all.check, all.memory), (9, Some(3.0), Some(7)));
        assert_eq!(all.untyped, counts(&[("because", 6)]));
        assert!(text(&[one("a", None, 1), one("b", None, 1)]).contains("\n2 documents"));
    }
}
