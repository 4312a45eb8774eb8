// @generated from the OpenAPI document. Change the document, and generate again.

//! [`PageContent`], by which repeated pages and items are recognized. The content is a list of hashes, without the items.

use std::collections::HashSet;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::super::wire::{JsonNode, number};
use super::lookup::node_at;

/// The names of properties that identify an item, the best first. Names such as `key` and `name` are left out, because
/// items of different owners can have the same.
const IDS: [&str; 5] = ["id", "_id", "uuid", "guid", "gid"];

/// The items of a page.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct PageContent {
    /// A hash of each item, or of its id if all items have different ids. Other properties can change with each
    /// response, such as a time.
    items: Vec<u64>,
    have_ids: bool,
}

impl PageContent {
    /// Returns the items at a JSON pointer. Without a list there are no items.
    pub(super) fn read(json: &JsonNode<'_>, pointer: &str) -> Self {
        let list = node_at(json, pointer);
        let (mut items, mut ids) = (Vec::new(), Vec::new());
        for element in list.iter().flat_map(JsonNode::items) {
            let mut id = None;
            let mut input = serde_json::Deserializer::from_str(element);
            // A value that cannot be decoded is compared by its text.
            let item = HashOf { id: Some(&mut id) }.deserialize(&mut input).unwrap_or_else(|_| hash(element));
            items.push(item);
            ids.extend(id.map(|id| hash(&("id", id))));
        }
        match !ids.is_empty() && ids.len() == items.len() && are_distinct(&ids) {
            true => Self { items: ids, have_ids: true },
            false => Self { items, have_ids: false },
        }
    }

    pub(super) fn len(&self) -> usize {
        self.items.len()
    }

    /// Returns true if every item has an id of its own.
    pub(super) fn have_ids(&self) -> bool {
        self.have_ids
    }

    /// Returns a hash of all items.
    pub(super) fn hash(&self) -> u64 {
        hash(&self.items)
    }

    /// Returns a hash of all items and a text.
    pub(super) fn hash_with(&self, text: &str) -> u64 {
        hash(&(&self.items, text))
    }

    /// Returns true if no item is on the page twice.
    pub(super) fn is_distinct(&self) -> bool {
        are_distinct(&self.items)
    }

    /// Returns the number of items that are also on another page, if the items of both have ids.
    pub(super) fn shared_ids(&self, other: &Self) -> usize {
        if !self.have_ids || !other.have_ids {
            return 0;
        }
        let others: HashSet<u64> = other.items.iter().copied().collect();
        self.items.iter().filter(|item| others.contains(item)).count()
    }

    /// Returns the number of items at the start of this page that are also the end of another page.
    pub(super) fn overlap(&self, previous: &Self) -> usize {
        let start = &self.items;
        // The algorithm of Knuth, Morris and Pratt, which takes linear time: for each prefix of the page, the length
        // of its longest proper prefix that is also its suffix.
        let mut borders = vec![0; start.len()];
        let advance = |borders: &[usize], mut length: usize, item: u64| loop {
            match (start.get(length) == Some(&item), length) {
                (true, _) => break length + 1,
                (false, 0) => break 0,
                (false, _) => length = borders[length - 1],
            }
        };
        for index in 1..start.len() {
            borders[index] = advance(&borders, borders[index - 1], start[index]);
        }
        let end = &previous.items[previous.len().saturating_sub(start.len())..];
        end.iter().fold(0, |length, item| advance(&borders, length, *item))
    }
}

fn are_distinct(hashes: &[u64]) -> bool {
    let mut sorted = hashes.to_vec();
    sorted.sort_unstable();
    sorted.windows(2).all(|pair| pair[0] != pair[1])
}

fn hash(value: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Computes the hash of a JSON value. The order of properties has no effect, because some servers change it.
///
/// serde_json limits the depth of the value.
struct HashOf<'a> {
    /// Set to the hash of the id if the value is an object that has one.
    id: Option<&'a mut Option<u64>>,
}

impl<'de> DeserializeSeed<'de> for HashOf<'_> {
    type Value = u64;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<u64, D::Error> {
        number::deserialize_any(input, self)
    }
}

impl<'de> Visitor<'de> for HashOf<'_> {
    type Value = u64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<u64, E> {
        Ok(hash(&()))
    }

    fn visit_bool<E: de::Error>(self, truth: bool) -> Result<u64, E> {
        Ok(hash(&truth))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<u64, E> {
        Ok(hash(&("i", number)))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<u64, E> {
        Ok(hash(&("u", number)))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<u64, E> {
        Ok(hash(&("f", number.to_bits())))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<u64, E> {
        Ok(hash(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<u64, A::Error> {
        let mut hasher = DefaultHasher::new();
        while let Some(element) = list.next_element_seed(HashOf { id: None })? {
            hasher.write_u64(element);
        }
        Ok(hasher.finish())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<u64, A::Error> {
        let mut sum = hash("object");
        let mut best_id = None;
        while let Some(name) = object.next_key::<String>()? {
            let value = object.next_value_seed(HashOf { id: None })?;
            // Null is not an id.
            let rank = IDS.iter().position(|id| name.eq_ignore_ascii_case(id)).filter(|_| value != hash(&()));
            if let Some(rank) = rank.filter(|rank| best_id.is_none_or(|(best, _)| *rank < best)) {
                best_id = Some((rank, value));
            }
            sum = sum.wrapping_add(hash(&(name, value)));
        }
        if let Some(found) = self.id {
            *found = best_id.map(|(_, id)| id);
        }
        Ok(sum)
    }
}

#[cfg(test)]
mod tests {
    use super::{JsonNode, PageContent};

    fn page(json: &str) -> PageContent {
        PageContent::read(&JsonNode::new(json), "")
    }

    #[track_caller]
    fn check_overlap(previous: &str, page_json: &str, expected: usize) {
        assert_eq!(page(page_json).overlap(&page(previous)), expected, "{previous} and {page_json}");
    }

    #[test]
    fn pages_are_equal_whatever_the_order_of_properties() {
        assert_eq!(page(r#"[{"a":1,"b":[2.5,"x"]},null]"#), page(r#"[{"b":[2.5,"x"],"a":1}, null]"#));
        assert_ne!(page(r#"[{"a":1,"b":2}]"#), page(r#"[{"a":2,"b":1}]"#));
        assert_ne!(page("[[1],2]"), page("[[1,2]]"));
        assert_ne!(page("[true]"), page("[false]"));
        // Numbers that no type can hold.
        assert_eq!(page("[1e400]"), page("[1e400]"));
        assert_ne!(page("[1e400]"), page("[1e500]"));
    }

    #[test]
    fn items_can_be_distinct_and_have_ids() {
        assert!(page(r#"["a","b"]"#).is_distinct());
        assert!(!page(r#"["a","b","a"]"#).is_distinct());
        assert!(page(r#"[{"id":1},{"id":2,"x":[{}]}]"#).have_ids());
        // Ids of something else, such as the owner.
        assert!(!page(r#"[{"id":1,"v":1},{"id":1,"v":2}]"#).have_ids());
        assert!(!page(r#"[{"id":null}]"#).have_ids());
        assert!(!page(r#"[{"id":1},{"x":{"id":2}}]"#).have_ids());
        assert!(!page("[]").have_ids());
    }

    #[test]
    fn items_with_ids_are_compared_by_them() {
        for id in ["id", "ID", "_id", "uuid", "guid", "gid"] {
            let items = |time| page(&format!(r#"[{{"{id}":"a","t":{time}}},{{"t":{time},"{id}":"b"}}]"#));
            assert_eq!(items(1), items(2), "{id}");
        }
        assert_ne!(page(r#"[{"key":"a","t":1}]"#), page(r#"[{"key":"a","t":2}]"#));
        assert_ne!(page(r#"[{"id":1,"v":1},{"id":1,"v":2}]"#), page(r#"[{"id":1,"v":3},{"id":1,"v":4}]"#));
        assert_eq!(page(r#"[{"id":1},{"id":2},{"id":3}]"#).shared_ids(&page(r#"[{"id":3},{"id":1}]"#)), 2);
        assert_eq!(page("[1,2,3]").shared_ids(&page("[3,1]")), 0);
    }

    #[test]
    fn counts_the_items_that_the_previous_page_ends_with() {
        check_overlap("[1,2,3]", "[3,4,5]", 1);
        check_overlap("[1,2,3]", "[2,3,4]", 2);
        check_overlap("[1,2,3]", "[4,5,6]", 0);
        check_overlap("[1,2]", "[1,2]", 2);
        check_overlap("[7,1,1,2]", "[1,1,2,1,1,3]", 3);
        check_overlap("[1,1,2,1,1,2]", "[1,1,2,1,1,3]", 3);
        check_overlap("[1,1,1]", "[1]", 1);
        check_overlap("[]", "[1]", 0);
        check_overlap("[1]", "[]", 0);
    }
}
