//! The pages that a test sets for an operation.

use super::super::wire::Codec;
use super::operation::MockOperation;
use super::response_body::{Json, ResponseBody};

impl<T, C: Codec<T>> MockOperation<'_, Json<T, C>> {
    /// Responds with these pages of a paginated operation, of which the last is the last page of the listing. Replaces
    /// the responses set before.
    ///
    /// The request for the page after a sent page gets that page, and any other request gets the first. The server adds
    /// the page token, link or total that refers to the next page, unless the pages have it. If the operation has only an
    /// offset or a page number, each page but the last needs as many items as the request or the document says.
    ///
    /// If the operation is not paginated, each request gets the next of the values, and the last is repeated.
    ///
    /// # Panics
    ///
    /// If the document forbids a page.
    #[track_caller]
    pub fn respond_pages(self, pages: &[T]) -> Self {
        self.state.reset(self.id);
        let bodies: Option<Vec<Vec<u8>>> =
            pages.iter().map(|page| Json::<T, C>::encode(page).ok().flatten()).collect();
        match bodies.and_then(|bodies| self.pages(&bodies)) {
            Some(sequence) => {
                // Checks the pages.
                pages.iter().for_each(|page| drop(self.stub(page)));
                self.state.set(self.id, sequence);
            }
            None => pages.iter().for_each(|page| self.state.add(self.id, self.stub(page))),
        }
        self
    }
}
