// @generated from the OpenAPI document: change that, and generate again.

//! Where a listing has been: whether it comes to the same place twice.

/// The places that a listing comes through. It remembers two of them, however many there are.
///
/// A server that leads in circles is found out after three times the pages of the way and the circle at the latest
/// (R. P. Brent, An improved Monte Carlo factorization algorithm, 1980); one that repeats the last place, at once.
#[derive(Debug, Default)]
pub(super) struct Trail {
    /// Whether tokens have led the way.
    pub(super) has_tokens: bool,
    last: Option<String>,
    mark: Option<String>,
    /// How many places the mark stays, and how many of them are left.
    stay: u64,
    left: u64,
}

impl Trail {
    /// Comes to a place. Whether it has been there.
    pub(super) fn comes_again(&mut self, place: String) -> bool {
        let place = Some(place);
        if place == self.last || place == self.mark {
            return true;
        }
        if self.left == 0 {
            self.stay = self.stay.saturating_mul(2).max(1);
            self.left = self.stay;
            self.mark.clone_from(&place);
        }
        self.left -= 1;
        self.last = place;
        false
    }
}

#[cfg(test)]
mod tests {
    use super::Trail;

    /// At which place, from 1, a way that ends in a circle is found out.
    fn found_out(way: usize, circle: usize) -> Option<usize> {
        let mut trail = Trail::default();
        let place = |step: usize| if step < way { step } else { way + (step - way) % circle };
        (0..10_000).find(|step| trail.comes_again(place(*step).to_string())).map(|step| step + 1)
    }

    #[test]
    fn a_circle_is_found_out() {
        assert_eq!(found_out(0, 1), Some(2));
        assert_eq!(found_out(5, 1), Some(7));
        for (way, circle) in [(0, 2), (1, 2), (3, 7), (100, 3), (0, 500)] {
            let found = found_out(way, circle).unwrap_or(usize::MAX);
            assert!(found <= 3 * (way + circle) + 1, "{way} and {circle}: {found}");
        }
    }

    #[test]
    fn a_way_without_one_goes_on() {
        assert_eq!(found_out(10_000, 1), None);
    }
}
