//! [`BucketClient`]: the typed client of a bucket.

use std::collections::HashMap;
use std::fmt::{self, Debug, Formatter};
use std::marker::PhantomData;
use std::ops::Range;
use std::time::SystemTime;

use bytes::Bytes;
use object_store::{
    Attribute, GetOptions, GetResult, ObjectStore as _, ObjectStoreExt as _,
    PutOptions as StorePutOptions, PutPayload,
};

use super::declared::Bucket;
use super::keys;
use super::list::Listing;
use super::put_options::PutOptions;
use super::store::Store;
use super::store_error::{is_missing, map_store_error};
use super::upload::Upload;
use crate::Error;
use crate::resource::access::{Access, CanRead, CanWrite};
use crate::resource::kinds::{FromConnection, Resource};

/// The typed client of a bucket: what [`Reader`](crate::Reader), [`Writer`](crate::Writer) and
/// [`ReadWriter`](crate::ReadWriter) of a bucket lead to.
///
/// Mirrors "Working with objects in Amazon S3" of the Amazon S3 User Guide.
///
/// ```no_run
/// use skylift::resource::PutOptions;
/// use skylift::{Error, Reader, Writer};
/// # use skylift::resource::{Bucket, Resource, kind};
/// # struct Uploads;
/// # impl Resource for Uploads {
/// #     const ID: &'static str = "Uploads";
/// #     const VARIABLE: &'static str = "UPLOADS_BUCKET_NAME";
/// #     type Kind = kind::Bucket;
/// # }
/// # impl Bucket for Uploads {}
/// # struct Reports;
/// # impl Resource for Reports {
/// #     const ID: &'static str = "Reports";
/// #     const VARIABLE: &'static str = "REPORTS_BUCKET_NAME";
/// #     type Kind = kind::Bucket;
/// # }
/// # impl Bucket for Reports {}
///
/// async fn count(
///     uploads: Reader<Uploads>,
///     reports: Writer<Reports>,
/// ) -> Result<(), Error> {
///     let mut lines = 0;
///     for object in uploads.list("2026/").all().await? {
///         if let Some(content) = uploads.get(&object.key).await? {
///             lines += content.split(|byte| *byte == b'\n').count();
///         }
///     }
///     let html = format!("<p>{lines} lines</p>");
///     reports.put_with("index.html", html, PutOptions::new().content_type("text/html")).await
/// }
/// ```
///
/// # Errors
///
/// Every method fails with what S3 refused, by S3's own code (`NoSuchBucket`), and with
/// `UnsupportedKey` for the few keys that cannot be used: those that begin with `/`, and those with a
/// part that is `.` or `..` or holds a control character. A list shows them all the same. Requests
/// that may succeed the next time are tried three times.
pub struct BucketClient<R, A> {
    store: Store,
    of: PhantomData<fn() -> (R, A)>,
}

/// What S3 says of an object.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ObjectMetadata {
    /// Its size in bytes.
    pub size: u64,
    /// Its entity tag, which is another one for other contents, with its quotes.
    pub etag: Option<String>,
    /// When it was written.
    pub modified: SystemTime,
    /// Its media type, where one was set.
    pub content_type: Option<String>,
    /// For how long it may be cached, where that was set.
    pub cache_control: Option<String>,
    /// The user-defined metadata, by name.
    pub user_metadata: HashMap<String, String>,
}

#[expect(clippy::missing_errors_doc, reason = "the type says what every method fails with")]
impl<R: Bucket, A: CanRead> BucketClient<R, A> {
    /// The content of an object, if there is one of that key.
    pub async fn get(&self, key: &str) -> Result<Option<Bytes>, Error> {
        self.content(key, GetOptions::default()).await
    }

    /// A part of the content, in bytes from 0, if there is an object of that key. A range that ends
    /// behind the object gives what there is; one that begins there is an error, `InvalidRange`.
    pub async fn get_range(&self, key: &str, range: Range<u64>) -> Result<Option<Bytes>, Error> {
        let options = GetOptions { range: Some(range.into()), ..GetOptions::default() };
        self.content(key, options).await
    }

    /// A part of the content, as [`get_range`](Self::get_range) gives it, of the object with this entity
    /// tag alone: one that was written over since is an error, `PreconditionFailed`. For an object that is
    /// read in pieces. The tag is that of a [`ObjectMetadata`] or of an event of the bucket, with quotes or without.
    pub async fn get_range_if(
        &self,
        key: &str,
        range: Range<u64>,
        etag: &str,
    ) -> Result<Option<Bytes>, Error> {
        let etag = format!("\"{}\"", etag.trim_matches('"'));
        let options =
            GetOptions { range: Some(range.into()), if_match: Some(etag), ..GetOptions::default() };
        self.content(key, options).await
    }

    /// What S3 says of an object, without its content, if there is one of that key. S3 does not say
    /// here whether it is the object or the whole bucket that is missing.
    pub async fn head(&self, key: &str) -> Result<Option<ObjectMetadata>, Error> {
        let options = GetOptions { head: true, ..GetOptions::default() };
        let found = self.found(key, options, "`HeadObject`").await?;
        Ok(found.map(|found| ObjectMetadata::of(&found)))
    }

    /// The objects whose keys begin with this, in the order of their keys; all with `""`.
    pub fn list(&self, prefix: &str) -> Listing<'_, R> {
        Listing::new(&self.store.s3, prefix)
    }

    async fn content(&self, key: &str, options: GetOptions) -> Result<Option<Bytes>, Error> {
        const OPERATION: &str = "`GetObject`";
        match self.found(key, options, OPERATION).await? {
            Some(found) => found.bytes().await.map(Some).map_err(map_store_error::<R>(OPERATION)),
            None => Ok(None),
        }
    }

    async fn found(
        &self,
        key: &str,
        options: GetOptions,
        operation: &str,
    ) -> Result<Option<GetResult>, Error> {
        match self.store.s3.get_opts(&keys::path(key)?, options).await {
            Ok(found) => Ok(Some(found)),
            Err(error) if is_missing(&error) => Ok(None),
            Err(error) => Err(map_store_error::<R>(operation)(error)),
        }
    }
}

#[expect(clippy::missing_errors_doc, reason = "the type says what every method fails with")]
impl<R: Bucket, A: CanWrite> BucketClient<R, A> {
    /// Puts an object, in place of one of the same key: up to 5 GB, in one request.
    pub async fn put(&self, key: &str, content: impl Into<Bytes>) -> Result<(), Error> {
        self.put_with(key, content, PutOptions::new()).await
    }

    /// Puts an object and says something of it.
    pub async fn put_with(
        &self,
        key: &str,
        content: impl Into<Bytes>,
        options: PutOptions,
    ) -> Result<(), Error> {
        let content = PutPayload::from_bytes(content.into());
        let options = StorePutOptions { attributes: options.0, ..StorePutOptions::default() };
        let put = self.store.s3.put_opts(&keys::path(key)?, content, options).await;
        put.map(drop).map_err(map_store_error::<R>("`PutObject`"))
    }

    /// Begins an object that is written piece by piece, for what is large or made on the way.
    pub async fn upload(&self, key: &str) -> Result<Upload<R>, Error> {
        self.upload_with(key, PutOptions::new()).await
    }

    /// Begins an object that is written piece by piece, and says something of it.
    pub async fn upload_with(&self, key: &str, options: PutOptions) -> Result<Upload<R>, Error> {
        Upload::begin(&self.store.s3, &keys::path(key)?, options).await
    }

    /// Deletes an object. That there is none is no error.
    pub async fn delete(&self, key: &str) -> Result<(), Error> {
        let deleted = self.store.s3.delete(&keys::path(key)?).await;
        deleted.map_err(map_store_error::<R>("`DeleteObject`"))
    }
}

impl<R: Resource, A: Access> BucketClient<R, A> {
    /// The bucket's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.store.name
    }

    /// The client of AWS's SDK, for what this one does not do. It is allowed what this one does:
    /// what else a call needs, the function has to be granted.
    #[cfg(feature = "bucket-sdk")]
    #[must_use]
    pub fn client(&self) -> &aws_sdk_s3::Client {
        &self.store.client
    }
}

impl ObjectMetadata {
    fn of(found: &GetResult) -> Self {
        let text = |attribute| found.attributes.get(&attribute).map(|value| value.to_string());
        let user_metadata =
            found.attributes.iter().filter_map(|(attribute, value)| match attribute {
                Attribute::Metadata(name) => Some((name.to_string(), value.to_string())),
                _ => None,
            });
        Self {
            size: found.meta.size,
            etag: found.meta.e_tag.clone(),
            modified: found.meta.last_modified.into(),
            content_type: text(Attribute::ContentType),
            cache_control: text(Attribute::CacheControl),
            user_metadata: user_metadata.collect(),
        }
    }
}

impl<R: Resource, A: Access> FromConnection<Store> for BucketClient<R, A> {
    fn from_connection(store: Store) -> Self {
        Self { store, of: PhantomData }
    }
}

impl<R, A> Clone for BucketClient<R, A> {
    fn clone(&self) -> Self {
        Self { store: self.store.clone(), of: PhantomData }
    }
}

impl<R, A> Debug for BucketClient<R, A> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_tuple("BucketClient").field(&self.store.name).finish()
    }
}
