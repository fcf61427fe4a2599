//! [`Listing`]: a list of the objects of a bucket, in pages of up to a thousand objects.

use std::marker::PhantomData;

use super::Bucket;
use super::list_page::{ListPage, ObjectSummary, fetch_page};
use super::store::Store;
use crate::Error;

/// A list of the objects of a bucket: all at once with [`all`](Self::all), or page by page with [`next`](Self::next).
#[cfg_attr(docsrs, doc(cfg(feature = "bucket")))]
#[must_use = "nothing is requested before `all` or `next`"]
pub struct Listing<'a, R> {
    store: &'a Store,
    prefix: String,
    /// The continuation token of S3, which says where the next page begins. `None` before the first page and after
    /// the last.
    token: Option<String>,
    done: bool,
    marker: PhantomData<fn() -> R>,
}

impl<'a, R: Bucket> Listing<'a, R> {
    pub(super) fn new(store: &'a Store, prefix: &str) -> Self {
        let prefix = format!("{}{prefix}", R::PREFIX);
        Self { store, prefix, token: None, done: false, marker: PhantomData }
    }

    /// Returns the next page of the list, with up to 1,000 objects; `None` after the last page.
    ///
    /// # Errors
    ///
    /// Fails with the error of S3, by S3's code.
    pub async fn next(&mut self) -> Result<Option<Vec<ObjectSummary>>, Error> {
        if self.done {
            return Ok(None);
        }
        let ListPage { mut objects, next } =
            fetch_page::<R>(self.store, &self.prefix, self.token.as_deref()).await?;
        self.done = next.is_none();
        self.token = next;
        if !R::PREFIX.is_empty() {
            remove_prefix(&mut objects, R::PREFIX);
        }
        Ok(Some(objects))
    }

    /// Returns all objects of the list. Mind the memory: a bucket may have millions of objects.
    ///
    /// # Errors
    ///
    /// Fails with the same errors as [`next`](Self::next).
    pub async fn all(mut self) -> Result<Vec<ObjectSummary>, Error> {
        let mut objects = Vec::new();
        while let Some(page) = self.next().await? {
            objects.extend(page);
        }
        Ok(objects)
    }
}

/// Takes the prefix of a view off the keys of its objects. An object whose key is the prefix alone, which consoles make to
/// show a folder, has no key in the view.
fn remove_prefix(objects: &mut Vec<ObjectSummary>, prefix: &str) {
    objects.retain_mut(|object| match object.key.strip_prefix(prefix) {
        Some(key) if !key.is_empty() => {
            object.key = key.to_owned();
            true
        }
        _ => false,
    });
}
