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
#[derive(Debug, Default)]
pub(super) struct PageContent {
    /// The hashes of the items, or of their ids if all items have different ids. Other properties can change with each
    /// response, such as a time.
    items: Vec<u64>,
    /// The hashes of the items with all of their properties, if `items` has ids.
    whole: Option<Vec<u64>>,
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
            true => Self { items: ids, whole: Some(items) },
            false => Self { items, whole: None },
        }
    }

    pub(super) fn len(&self) -> usize {
        self.items.len()
    }

    /// Returns true if every item has an id of its own.
    pub(super) fn have_ids(&self) -> bool {
        self.whole.is_some()
    }

    fn whole(&self) -> &[u64] {
        self.whole.as_deref().unwrap_or(&self.items)
    }

    /// Returns true if another page has the same items in the same order, even if properties other than ids differ.
    pub(super) fn has_same_items(&self, other: &Self) -> bool {
        self.items == other.items
    }

    /// Returns true if another page has the same items in the same order, with all properties.
    pub(super) fn is_equal(&self, other: &Self) -> bool {
        self.whole() == other.whole()
    }

    /// Returns a hash of all items, or of their ids.
    pub(super) fn hash(&self) -> u64 {
        hash(&self.items)
    }

    /// Returns a hash of all items with all properties.
    pub(super) fn whole_hash(&self) -> u64 {
        hash(self.whole())
    }

    /// Returns true if no item is on the page twice.
    pub(super) fn is_distinct(&self) -> bool {
        are_distinct(&self.items)
    }

    /// Returns the number of items that are also on another page, or 0 if the items of one page can be equal.
    pub(super) fn shared(&self, other: &Self) -> usize {
        if !self.is_distinct() || !other.is_distinct() {
            return 0;
        }
        let (items, others) = match self.have_ids() && other.have_ids() {
            true => (&*self.items, &*other.items),
            false => (self.whole(), other.whole()),
        };
        let others: HashSet<u64> = others.iter().copied().collect();
        items.iter().filter(|item| others.contains(item)).count()
    }

    /// Returns the number of items at the start of this page that are also the end of another page.
    pub(super) fn overlap(&self, previous: &Self) -> usize {
        overlap(&previous.items, &self.items)
    }

    /// Returns the number of items at the start of this page that are also the end of another page, with all properties.
    pub(super) fn whole_overlap(&self, previous: &Self) -> usize {
        overlap(previous.whole(), self.whole())
    }
}

/// Returns the number of hashes at the start of `page` that are also the end of `previous`.
fn overlap(previous: &[u64], page: &[u64]) -> usize {
    // The algorithm of Knuth, Morris and Pratt, which takes linear time: for each prefix of the page, the length of its
    // longest proper prefix that is also its suffix.
    let mut borders = vec![0; page.len()];
    let advance = |borders: &[usize], mut length: usize, item: u64| loop {
        match (page.get(length) == Some(&item), length) {
            (true, _) => break length + 1,
            (false, 0) => break 0,
            (false, _) => length = borders[length - 1],
        }
    };
    for index in 1..page.len() {
        borders[index] = advance(&borders, borders[index - 1], page[index]);
    }
    let end = &previous[previous.len().saturating_sub(page.len())..];
    end.iter().fold(0, |length, item| advance(&borders, length, *item))
}

fn are_distinct(hashes: &[u64]) -> bool {
    let mut sorted = hashes.to_vec();
    sorted.sort_unstable();
    sorted.windows(2).all(|pair| pair[0] != pair[1])
}

pub(super) fn hash(value: &(impl Hash + ?Sized)) -> u64 {
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

    #[track_caller]
    fn check_equal(one: &str, other: &str, expected: bool) {
        assert_eq!(page(one).has_same_items(&page(other)), expected, "{one} and {other}");
    }

    #[test]
    fn pages_are_equal_whatever_the_order_of_properties() {
        check_equal(r#"[{"a":1,"b":[2.5,"x"]},null]"#, r#"[{"b":[2.5,"x"],"a":1}, null]"#, true);
        check_equal(r#"[{"a":1,"b":2}]"#, r#"[{"a":2,"b":1}]"#, false);
        check_equal("[[1],2]", "[[1,2]]", false);
        check_equal("[true]", "[false]", false);
        // Numbers that no type can hold.
        check_equal("[1e400]", "[1e400]", true);
        check_equal("[1e400]", "[1e500]", false);
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
            assert!(items(1).has_same_items(&items(2)), "{id}");
            assert_eq!((items(1).overlap(&items(2)), items(1).whole_overlap(&items(2))), (2, 0), "{id}");
            assert!(items(1).is_equal(&items(1)) && !items(1).is_equal(&items(2)), "{id}");
        }
        check_equal(r#"[{"key":"a","t":1}]"#, r#"[{"key":"a","t":2}]"#, false);
        check_equal(r#"[{"id":1,"v":1},{"id":1,"v":2}]"#, r#"[{"id":1,"v":3},{"id":1,"v":4}]"#, false);
        assert_eq!(page(r#"[{"id":1},{"id":2},{"id":3}]"#).shared(&page(r#"[{"id":3},{"id":1}]"#)), 2);
        assert_eq!(page("[1,2,3]").shared(&page("[3,1]")), 2);
        assert_eq!(page("[1,2,2]").shared(&page("[2,1]")), 0);
        assert_eq!(page(r#"[{"id":1}]"#).shared(&page("[1]")), 0);
        // Only one of the pages has ids.
        assert_eq!(page(r#"[{"id":1}]"#).shared(&page(r#"[{"id":1},{}]"#)), 1);
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
