//! [`Pages`]: the pages of a query or a scan, one after another. [`Query::all`] collects them.

use serde::de::DeserializeOwned;

use super::Table;
use super::page::Page;
use super::query::Query;
use crate::{Error, messages};

impl<'a, R, S, T> Query<'a, R, S, T> {
    /// Returns the pages of the query or scan, which are fetched one after another.
    #[must_use]
    pub fn pages(self) -> Pages<'a, R, S, T> {
        Pages::new(self)
    }
}

impl<R: Table, S, T: DeserializeOwned> Query<'_, R, S, T> {
    /// Returns the items of all pages of the query or scan, up to the [`limit`](Self::limit).
    ///
    /// # Errors
    ///
    /// Fails with the same errors as [`page`](Self::page).
    pub async fn all(self) -> Result<Vec<T>, Error> {
        let mut items = Vec::new();
        let mut pages = self.pages();
        while let Some(page) = pages.next().await? {
            items.extend(page);
        }
        Ok(items)
    }
}

/// The pages of a query or a scan, one after another.
#[cfg_attr(docsrs, doc(cfg(feature = "table")))]
pub struct Pages<'a, R, S, T> {
    query: Option<Query<'a, R, S, T>>,
    failed: bool,
}

impl<'a, R, S, T> Pages<'a, R, S, T> {
    pub(super) fn new(query: Query<'a, R, S, T>) -> Self {
        Self { query: Some(query), failed: false }
    }
}

impl<R: Table, S, T: DeserializeOwned> Pages<'_, R, S, T> {
    /// Returns the items of the next page of the query or scan; `None` after the last page. A page may be empty
    /// without being the last page.
    ///
    /// # Errors
    ///
    /// Fails with the same errors as [`Query::page`]. After an error, every further call fails with `PageFailed`, so
    /// that the error is not taken for the end. Use [`Query::page`] with a [`Cursor`](super::page::Cursor) to
    /// continue.
    pub async fn next(&mut self) -> Result<Option<Vec<T>>, Error> {
        if self.failed {
            return Err(messages::client::earlier_page_failed());
        }
        let Some(query) = self.query.take() else { return Ok(None) };
        self.failed = true;
        let (Page { items, next }, query) = query.fetch_page().await?;
        self.failed = false;
        self.query = next.filter(|_| !query.is_done()).map(|next| query.after(next));
        Ok(Some(items))
    }
}
