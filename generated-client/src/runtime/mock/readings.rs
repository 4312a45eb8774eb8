// @generated from the OpenAPI document. Change the document, and generate again.

//! The ways to read the text of a parameter or a field.
//!
//! Clients encode values differently, and a delimiter can be a part of a value. So a text can have several readings, each
//! of which is a list of texts, and a value is only refused if it is invalid in all of them.

use percent_encoding::percent_decode_str;

use super::form::decoded;

/// The texts of a parameter or a field, in one way to read it.
pub(super) type Reading = Vec<String>;

/// Reads the values of a name in a query or a URL-encoded form. With a delimiter, each value is a list.
pub(super) fn in_query(query: &str, name: &str, delimiter: Option<char>) -> Vec<Reading> {
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let values: Vec<&str> = pairs.filter(|(key, _)| decoded(key) == name).map(|(_, value)| value).collect();
    let Some(delimiter) = delimiter else { return with_plus_signs(&values, |value| vec![value.to_owned()]) };
    // A comma in an item is encoded, but some clients encode all commas. The other delimiters are always encoded.
    let plain = |value: &str| match delimiter {
        ',' => with_commas(value),
        '|' => value.replace("%7C", "|").replace("%7c", "|"),
        _ => value.replace("%20", " ").replace('+', " "),
    };
    let split = |value: &str| value.split(delimiter).map(str::to_owned).collect::<Vec<_>>();
    let mut readings = with_plus_signs(&values, |value| split(&plain(value)));
    if delimiter == ',' {
        readings.extend(with_plus_signs(&values, split));
    }
    distinct(readings)
}

/// Returns a list with the delimiters of a client that encodes all commas.
fn with_commas(value: &str) -> String {
    if value.contains(',') { value.to_owned() } else { value.replace("%2C", ",").replace("%2c", ",") }
}

/// Decodes the items of values. A plus sign is a space in a form, but not in a URL.
fn with_plus_signs(values: &[&str], items: impl Fn(&str) -> Vec<String>) -> Vec<Reading> {
    let items: Vec<String> = values.iter().flat_map(|value| items(value)).collect();
    let read = |decode: fn(&str) -> String| items.iter().map(|item| decode(item)).collect();
    distinct(vec![read(decoded), read(percent_decoded)])
}

/// Reads a parameter that is a whole segment of a path, which is percent-encoded. Returns no reading if the text does not
/// have the form of the parameter.
pub(super) fn in_path(
    segment: &str,
    name: &str,
    prefix: Option<&str>,
    delimiter: Option<char>,
) -> Vec<Reading> {
    let texts: Option<Vec<&str>> = match prefix {
        Some("label") => segment.strip_prefix('.').map(|text| vec![text]),
        Some(_) => segment.strip_prefix(';').and_then(|pairs| {
            let pairs = pairs.split(';').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
            pairs.map(|(key, value)| (percent_decoded(key) == name).then_some(value)).collect()
        }),
        None => Some(vec![segment]),
    };
    let Some(texts) = texts else { return Vec::new() };
    let read = |plain: fn(&str) -> String| -> Reading {
        let items = texts.iter().flat_map(|text| split(&plain(text), delimiter));
        items.map(|item| percent_decoded(&item)).collect()
    };
    // Without a delimiter, both are the same.
    distinct(vec![read(with_commas), read(str::to_owned)])
}

/// Reads the values of a header. With a delimiter, they are one list.
pub(super) fn in_header(values: &[&str], delimiter: Option<char>) -> Vec<Reading> {
    let mut readings: Vec<Reading> = Vec::new();
    match delimiter.filter(|_| !values.is_empty()) {
        None => readings.push(values.iter().map(|value| (*value).to_owned()).collect()),
        Some(delimiter) => {
            let text = values.join(",");
            let items = trimmed(split(&text, Some(delimiter)));
            // An empty item can be none (RFC 9110, section 5.6.1).
            if items.len() > 1 && items.iter().any(String::is_empty) {
                return Vec::new();
            }
            readings.push(items);
            readings.push(trimmed(split_unquoted(&text, delimiter)).iter().map(|it| unquoted(it)).collect());
        }
    }
    let encoded = readings.iter().map(|reading| reading.iter().map(|text| percent_decoded(text)).collect());
    let encoded: Vec<Reading> = encoded.collect();
    readings.extend(encoded);
    distinct(readings)
}

/// Reads the values of a cookie. Each value is a reading of its own, unless `is_list`. Returns no reading if the value is not
/// certain.
pub(super) fn in_cookies(values: &[&str], delimiter: Option<char>, is_list: bool) -> Vec<Reading> {
    // A quoted semicolon.
    if values.iter().any(|value| value.starts_with('"') && (value.len() == 1 || !value.ends_with('"'))) {
        return Vec::new();
    }
    let decoders: [fn(&str) -> String; 3] = [percent_decoded, str::to_owned, decoded];
    let mut readings = Vec::new();
    let groups = if is_list { vec![values] } else { values.chunks(1).collect() };
    for group in groups.into_iter().filter(|group| !group.is_empty()) {
        for decode in decoders {
            let read =
                |items: &dyn Fn(&str) -> Vec<String>| group.iter().flat_map(|value| items(value)).collect();
            readings.extend([
                read(&|value| split(value, delimiter).iter().map(|it| decode(it)).collect()),
                read(&|value| split(&decode(value), delimiter)),
                read(&|value| split(&unquoted(&decode(value)), delimiter)),
                read(&|value| {
                    split_unquoted(value, delimiter.unwrap_or(','))
                        .iter()
                        .map(|it| unquoted(&decode(it)))
                        .collect()
                }),
            ]);
        }
    }
    distinct(readings)
}

fn percent_decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn split(text: &str, delimiter: Option<char>) -> Vec<String> {
    match delimiter {
        Some(delimiter) => text.split(delimiter).map(str::to_owned).collect(),
        None => vec![text.to_owned()],
    }
}

/// Splits a text at the delimiters outside of quotes.
fn split_unquoted(text: &str, delimiter: char) -> Vec<String> {
    let mut is_quoted = false;
    let items = text.split(|c| {
        is_quoted ^= c == '"';
        c == delimiter && !is_quoted
    });
    items.map(str::to_owned).collect()
}

fn trimmed(items: Vec<String>) -> Vec<String> {
    items.iter().map(|item| item.trim().to_owned()).collect()
}

/// Removes the quotes around a text.
fn unquoted(text: &str) -> String {
    text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text).to_owned()
}

fn distinct(readings: Vec<Reading>) -> Vec<Reading> {
    let mut distinct: Vec<Reading> = Vec::new();
    for reading in readings {
        if !distinct.contains(&reading) {
            distinct.push(reading);
        }
    }
    distinct
}

#[cfg(test)]
mod tests {
    use super::{in_cookies, in_header, in_path, in_query};

    #[track_caller]
    fn check(found: &[Vec<String>], expected: &[&[&str]]) {
        assert_eq!(found, expected);
    }

    #[test]
    fn values_of_a_query_are_split_at_the_delimiter_only() {
        let query = "a=1%2C2,3&b=x%7Cy|z&c=p%20q+r&a=4&%61=5";
        check(&in_query(query, "a", None), &[&["1,2,3", "4", "5"]]);
        check(&in_query(query, "a", Some(',')), &[&["1,2", "3", "4", "5"]]);
        check(&in_query(query, "b", Some('|')), &[&["x", "y", "z"]]);
        check(&in_query(query, "c", Some(' ')), &[&["p", "q", "r"]]);
        // A client that encodes all commas, or an item with a comma.
        check(&in_query("d=1%2C2", "d", Some(',')), &[&["1", "2"], &["1,2"]]);
        check(&in_query("d", "d", None), &[&[]]);
        check(&in_query("d=%2B1+2", "d", None), &[&["+1 2"], &["+1+2"]]);
    }

    #[test]
    fn segments_of_a_path_have_prefixes() {
        check(&in_path("a,b%2Cc", "x", None, Some(',')), &[&["a", "b,c"]]);
        check(&in_path("a%2Cb", "x", None, Some(',')), &[&["a", "b"], &["a,b"]]);
        check(&in_path(".a.b", "x", Some("label"), None), &[&["a.b"]]);
        check(&in_path(".a,b", "x", Some("label"), Some(',')), &[&["a", "b"]]);
        check(&in_path(";x=a%3Bb;x", "x", Some("matrix"), None), &[&["a;b", ""]]);
        check(&in_path(";x=a,b", "x", Some("matrix"), Some(',')), &[&["a", "b"]]);
        // Not the form of the parameter.
        check(&in_path("a", "x", Some("label"), None), &[]);
        check(&in_path(";y=a", "x", Some("matrix"), None), &[]);
    }

    #[test]
    fn items_of_a_header_can_be_quoted() {
        check(&in_header(&["a,b"], None), &[&["a,b"]]);
        check(&in_header(&["a%20b"], None), &[&["a%20b"], &["a b"]]);
        check(&in_header(&["a, b", "c"], Some(',')), &[&["a", "b", "c"]]);
        check(&in_header(&["\"a,b\",c"], Some(',')), &[&["\"a", "b\"", "c"], &["a,b", "c"]]);
        check(&in_header(&["a%2Cb"], Some(',')), &[&["a%2Cb"], &["a,b"]]);
        check(&in_header(&["a,,b"], Some(',')), &[]);
        check(&in_header(&[""], Some(',')), &[&[""]]);
        check(&in_header(&[], Some(',')), &[&[]]);
    }

    #[test]
    fn cookies_can_be_quoted_and_encoded() {
        check(&in_cookies(&["a"], None, false), &[&["a"]]);
        check(&in_cookies(&["a", "b"], None, false), &[&["a"], &["b"]]);
        check(&in_cookies(&["a", "b"], None, true), &[&["a", "b"]]);
        check(&in_cookies(&["a%20b"], None, false), &[&["a b"], &["a%20b"]]);
        check(&in_cookies(&["\"a\""], None, false), &[&["\"a\""], &["a"]]);
        let readings = in_cookies(&["\"a,b\""], Some(','), true);
        check(&readings, &[&["\"a", "b\""], &["a", "b"], &["a,b"]]);
        check(&in_cookies(&["\"a"], None, false), &[]);
        check(&in_cookies(&[], None, true), &[]);
    }
}
