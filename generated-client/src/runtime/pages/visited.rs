// @generated from the OpenAPI document. Change the document, and generate again.

//! [`VisitedPages`], which detects cycles in pagination. Pages are hashes.

/// The pages that were visited, of which only two are in memory, as hashes.
///
/// Detects cycles with Brent's algorithm (R. P. Brent, An improved Monte Carlo factorization algorithm, 1980). A
/// cycle of `c` pages after `t` other pages is detected after at most `3 * (t + c) + 1` pages, and a page that
/// refers to itself immediately.
#[derive(Debug, Default)]
pub(super) struct VisitedPages {
    last: Option<u64>,
    /// The page that later pages are compared with.
    saved: Option<u64>,
    /// The number of pages after which `saved` is replaced. Doubles each time.
    interval: u64,
    /// The number of pages until `saved` is replaced.
    remaining: u64,
}

impl VisitedPages {
    /// Records a page. Returns true if it is known to be a repeat.
    pub(super) fn is_repeat(&mut self, page: u64) -> bool {
        let page = Some(page);
        if page == self.last || page == self.saved {
            return true;
        }
        if self.remaining == 0 {
            self.interval = self.interval.saturating_mul(2).max(1);
            self.remaining = self.interval;
            self.saved = page;
        }
        self.remaining -= 1;
        self.last = page;
        false
    }
}

#[cfg(test)]
mod tests {
    use super::VisitedPages;

    /// Returns the number of pages after which a cycle is detected that starts after `tail_len` pages.
    fn detected_at(tail_len: usize, cycle_len: usize) -> Option<usize> {
        let mut visited = VisitedPages::default();
        let page =
            |index: usize| if index < tail_len { index } else { tail_len + (index - tail_len) % cycle_len };
        (0..10_000).find(|index| visited.is_repeat(page(*index) as u64)).map(|index| index + 1)
    }

    #[test]
    fn detects_cycles() {
        assert_eq!(detected_at(0, 1), Some(2));
        assert_eq!(detected_at(5, 1), Some(7));
        for (tail_len, cycle_len) in [(0, 2), (1, 2), (3, 7), (100, 3), (0, 500)] {
            let found = detected_at(tail_len, cycle_len).unwrap_or(usize::MAX);
            assert!(found <= 3 * (tail_len + cycle_len) + 1, "{tail_len} and {cycle_len}: {found}");
        }
    }

    #[test]
    fn accepts_pages_without_a_cycle() {
        assert_eq!(detected_at(10_000, 1), None);
    }
}
