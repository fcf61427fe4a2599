//! [`Listing`]: a list of the objects of a bucket, in pages of up to a thousand objects.

use std::marker::PhantomData;
use std::time::SystemTime;

use object_store::aws::AmazonS3;
use object_store::list::{PaginatedListOptions, PaginatedListStore as _};

use super::Bucket;
use super::keys;
use super::store_error::map_store_error;
use crate::Error;

/// An object in a list of the objects of a bucket.
#[cfg_attr(docsrs, doc(cfg(feature = "bucket")))]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ObjectSummary {
    /// The key of the object.
    pub key: String,
    /// The size of the content, in bytes.
    pub size: u64,
    /// The entity tag of the object, with its quotes. Different contents have different tags.
    pub etag: Option<String>,
    /// When the object was written.
    pub modified: SystemTime,
}

/// A list of the objects of a bucket: all at once with [`all`](Self::all), or page by page with [`next`](Self::next).
#[cfg_attr(docsrs, doc(cfg(feature = "bucket")))]
#[must_use = "nothing is requested before `all` or `next`"]
pub struct Listing<'a, R> {
    s3: &'a AmazonS3,
    prefix: String,
    /// The continuation token of S3, which says where the next page begins. `None` before the first page and after
    /// the last.
    token: Option<String>,
    done: bool,
    marker: PhantomData<fn() -> R>,
}

impl<'a, R: Bucket> Listing<'a, R> {
    pub(super) fn new(s3: &'a AmazonS3, prefix: &str) -> Self {
        Self { s3, prefix: prefix.to_owned(), token: None, done: false, marker: PhantomData }
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
        let options = PaginatedListOptions { page_token: self.token.clone(), ..Default::default() };
        let prefix = Some(self.prefix.as_str()).filter(|prefix| !prefix.is_empty());
        let page = self.s3.list_paginated(prefix, options).await;
        let page = page.map_err(map_store_error::<R>("`ListObjectsV2`"))?;
        self.token = page.page_token;
        self.done = self.token.is_none();
        let objects = page.result.objects.into_iter().map(|it| ObjectSummary {
            key: keys::unescape_key(&it.location),
            size: it.size,
            etag: it.e_tag,
            modified: it.last_modified.into(),
        });
        Ok(Some(objects.collect()))
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
