//! The pages of a query or a scan, one after another or all together.

use serde::de::DeserializeOwned;

use super::declared::Table;
use super::page::Page;
use super::query::Query;
use crate::Error;

impl<'a, R, S, T> Query<'a, R, S, T> {
    /// The pages, one after another.
    #[must_use]
    pub fn pages(self) -> Pages<'a, R, S, T> {
        Pages::of(self)
    }
}

impl<R: Table, S, T: DeserializeOwned> Query<'_, R, S, T> {
    /// All pages together, up to the [`limit`](Self::limit).
    ///
    /// # Errors
    ///
    /// As of [`page`](Self::page).
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
pub struct Pages<'a, R, S, T> {
    query: Option<Query<'a, R, S, T>>,
    failed: bool,
}

impl<'a, R, S, T> Pages<'a, R, S, T> {
    pub(super) fn of(query: Query<'a, R, S, T>) -> Self {
        Self { query: Some(query), failed: false }
    }
}

impl<R: Table, S, T: DeserializeOwned> Pages<'_, R, S, T> {
    /// The items of the next page; `None` after the last. A page can be empty and not the last.
    ///
    /// # Errors
    ///
    /// As of [`Query::page`]. What comes after a page that failed is an error too, `PageFailed`, so that
    /// nobody takes it for the end: [`Query::page`] with a [`Cursor`](super::page::Cursor) can go on.
    pub async fn next(&mut self) -> Result<Option<Vec<T>>, Error> {
        if self.failed {
            return Err(Error::new("PageFailed", "a page before this one could not be read"));
        }
        let Some(query) = self.query.take() else { return Ok(None) };
        self.failed = true;
        let (Page { items, next }, query) = query.turn().await?;
        self.failed = false;
        self.query = next.filter(|_| !query.is_done()).map(|next| query.after(next));
        Ok(Some(items))
    }
}
