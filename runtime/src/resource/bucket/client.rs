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

use super::Bucket;
use super::keys;
use super::list::Listing;
use super::list_page::has_object;
use super::put_options::PutOptions;
use super::store::Store;
use super::store_error::{hides_missing_objects, is_missing, map_store_error};
use super::upload::Upload;
use crate::Error;
use crate::invocation::BoxFuture;
use crate::resource::access::{Access, CanRead, CanWrite};
use crate::resource::calls;
use crate::resource::kinds::{FromConnection, Resource};

/// The typed client of a bucket. [`Reader`](crate::Reader), [`Writer`](crate::Writer) and
/// [`ReadWriter`](crate::ReadWriter) of a bucket dereference to it, and so do [`DownloadSigner`](crate::DownloadSigner)
/// and [`UploadSigner`](crate::UploadSigner).
///
/// | method | capability | what it does |
/// | --- | --- | --- |
/// | [`get`](Self::get) | reading | returns the content of an object |
/// | [`get_range`](Self::get_range) | reading | returns a range of the content |
/// | [`get_range_if`](Self::get_range_if) | reading | returns a range if the object still has an entity tag |
/// | [`head`](Self::head) | reading | returns the metadata of an object |
/// | [`list`](Self::list) | reading | lists the objects whose keys have a prefix |
/// | [`put`](Self::put), [`put_with`](Self::put_with) | writing | writes an object in one request |
/// | [`upload`](Self::upload), [`upload_with`](Self::upload_with) | writing | writes an object piece by piece |
/// | [`delete`](Self::delete) | writing | deletes an object |
/// | [`download_url`](Self::download_url) | reading, [`DownloadSigner`](crate::DownloadSigner) | signs a URL for a download by others |
/// | [`upload_url`](Self::upload_url), [`upload_form`](Self::upload_form) | writing, [`UploadSigner`](crate::UploadSigner) | sign a URL or a form for an upload by others |
/// | [`name`](Self::name) | any | returns the name of the bucket |
#[cfg_attr(
    feature = "bucket-sdk",
    doc = "| [`client`](Self::client) | any | returns the client of the AWS SDK |"
)]
///
/// Mirrors "Working with objects in Amazon S3" of the Amazon S3 User Guide.
///
/// The client of a view, `bucket(of = Uploads, prefix = "in/")`, adds the prefix to the keys that it gets, and takes it off
/// the keys of a list.
///
/// See also [its page](crate::guide::bucket) in the guide.
///
/// ```no_run
/// use skylift::resource::PutOptions;
/// use skylift::{Error, Reader, Writer, function, resource};
///
/// #[resource(bucket)]
/// struct Uploads;
///
/// #[resource(bucket)]
/// struct Reports;
///
/// #[function(schedule = "rate(1 day)")]
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
/// Every method fails with the error of S3, by S3's code (`NoSuchBucket`), and with `UnsupportedKey` for keys
/// that cannot be used: those that begin with `/`, and those with a part that is `.` or `..` or has a control
/// character. A list shows every key as it is, also such keys. `put` and `upload` fail with `TriggersItself` for keys
/// that a trigger of the same function on the same bucket matches, unless the function has `recursive_loop`. A request
/// that may succeed the next time is tried three
/// times.
#[cfg_attr(docsrs, doc(cfg(feature = "bucket")))]
pub struct BucketClient<R, A> {
    pub(super) store: Store,
    marker: PhantomData<fn() -> (R, A)>,
}

/// The metadata of an object of a bucket, which [`head`](BucketClient::head) returns.
#[cfg_attr(docsrs, doc(cfg(feature = "bucket")))]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ObjectMetadata {
    /// The size of the content, in bytes.
    pub size: u64,
    /// The entity tag of the object, with its quotes. Different contents have different tags.
    pub etag: Option<String>,
    /// When the object was written.
    pub modified: SystemTime,
    /// The media type of the object (`Content-Type`); `None` if none was set.
    pub content_type: Option<String>,
    /// How long the object may be cached (`Cache-Control`); `None` if that was not set.
    pub cache_control: Option<String>,
    /// The user-defined metadata of the object, by name.
    pub user_metadata: HashMap<String, String>,
}

// The bounds are on the methods, and the methods return a future on the heap: a bound that does not hold is then one
// error of the compiler, with the text of its trait. For an `async fn`, the compiler reports it three times.
impl<R: Bucket, A: Access> BucketClient<R, A> {
    /// Returns the content of the object with this key; `None` if the bucket has no object with this key.
    #[must_use]
    pub fn get<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Option<Bytes>, Error>>
    where
        A: CanRead<calls::Get>,
    {
        Box::pin(self.read_content(key, GetOptions::default()))
    }

    /// Returns a range of the content of the object with this key, in bytes from 0; `None` if the bucket has no
    /// object with this key.
    ///
    /// If the range ends after the content, the result ends with the content. If the range begins at or after the end
    /// of the content, the error is `InvalidRange`.
    #[must_use]
    pub fn get_range<'a>(
        &'a self,
        key: &'a str,
        range: Range<u64>,
    ) -> BoxFuture<'a, Result<Option<Bytes>, Error>>
    where
        A: CanRead<calls::Get>,
    {
        let options = GetOptions { range: Some(range.into()), ..GetOptions::default() };
        Box::pin(self.read_content(key, options))
    }

    /// Returns a range of the content of an object as [`get_range`](Self::get_range) does, if the object still has
    /// the entity tag `etag`. If the object was overwritten and has another tag, the error is `PreconditionFailed`.
    ///
    /// Use this method for an object that is read in pieces. The tag comes from an [`ObjectMetadata`] or from an
    /// event of the bucket, with or without quotes.
    #[must_use]
    pub fn get_range_if<'a>(
        &'a self,
        key: &'a str,
        range: Range<u64>,
        etag: &str,
    ) -> BoxFuture<'a, Result<Option<Bytes>, Error>>
    where
        A: CanRead<calls::Get>,
    {
        let etag = format!("\"{}\"", etag.trim_matches('"'));
        let options =
            GetOptions { range: Some(range.into()), if_match: Some(etag), ..GetOptions::default() };
        Box::pin(self.read_content(key, options))
    }

    /// Returns the metadata of the object with this key; `None` if there is no object with this key.
    ///
    /// `None` may also mean that the whole bucket does not exist: the answer of S3 to this request does not say which
    /// is missing.
    #[must_use]
    pub fn head<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Option<ObjectMetadata>, Error>>
    where
        A: CanRead<calls::Get>,
    {
        let options = GetOptions { head: true, ..GetOptions::default() };
        Box::pin(async move {
            let found = self.find_object(key, options, "`HeadObject`").await?;
            Ok(found.map(|found| ObjectMetadata::from_result(&found)))
        })
    }

    /// Lists the objects of the bucket whose keys begin with `prefix`, in the order of their keys. The prefix `""`
    /// lists all objects.
    pub fn list(&self, prefix: &str) -> Listing<'_, R>
    where
        A: CanRead<calls::List>,
    {
        Listing::new(&self.store, prefix)
    }

    async fn read_content(&self, key: &str, options: GetOptions) -> Result<Option<Bytes>, Error> {
        const OPERATION: &str = "`GetObject`";
        match self.find_object(key, options, OPERATION).await? {
            Some(found) => found.bytes().await.map(Some).map_err(map_store_error::<R>(OPERATION)),
            None => Ok(None),
        }
    }

    /// Sends `GetObject` or `HeadObject` for a key. Returns `None` if the object does not exist.
    async fn find_object(
        &self,
        key: &str,
        options: GetOptions,
        operation: &str,
    ) -> Result<Option<GetResult>, Error> {
        let key = keys::add_prefix::<R>(key)?;
        match self.store.s3.get_opts(&keys::parse_key(&key)?, options).await {
            Ok(found) => Ok(Some(found)),
            Err(error) if is_missing(&error) => Ok(None),
            Err(error) => {
                let is_hidden = A::LISTS && hides_missing_objects::<R>(&error);
                let error = map_store_error::<R>(operation)(error);
                if is_hidden && !has_object::<R>(&self.store, &key).await? {
                    Ok(None)
                } else {
                    Err(error)
                }
            }
        }
    }

    /// Writes an object of up to 5 GB in one request. If the bucket has an object with the same key, replaces that
    /// object.
    pub fn put<'a>(
        &'a self,
        key: &'a str,
        content: impl Into<Bytes>,
    ) -> BoxFuture<'a, Result<(), Error>>
    where
        A: CanWrite<calls::Put>,
    {
        self.put_with(key, content, PutOptions::new())
    }

    /// Writes an object as [`put`](Self::put) does, with a media type and other metadata.
    pub fn put_with<'a>(
        &'a self,
        key: &'a str,
        content: impl Into<Bytes>,
        options: PutOptions,
    ) -> BoxFuture<'a, Result<(), Error>>
    where
        A: CanWrite<calls::Put>,
    {
        let content = PutPayload::from_bytes(content.into());
        Box::pin(async move {
            let key = keys::add_prefix::<R>(key)?;
            self.store.check_put::<R>(&key)?;
            let options = StorePutOptions { attributes: options.0, ..StorePutOptions::default() };
            let put = self.store.s3.put_opts(&keys::parse_key(&key)?, content, options).await;
            put.map(drop).map_err(map_store_error::<R>("`PutObject`"))
        })
    }

    /// Begins an object that is written piece by piece. Use this method for content that is large or not yet
    /// complete.
    #[must_use]
    pub fn upload<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Upload<R>, Error>>
    where
        A: CanWrite<calls::Put>,
    {
        self.upload_with(key, PutOptions::new())
    }

    /// Begins an object as [`upload`](Self::upload) does, with a media type and other metadata.
    #[must_use]
    pub fn upload_with<'a>(
        &'a self,
        key: &'a str,
        options: PutOptions,
    ) -> BoxFuture<'a, Result<Upload<R>, Error>>
    where
        A: CanWrite<calls::Put>,
    {
        Box::pin(async move {
            let key = keys::add_prefix::<R>(key)?;
            self.store.check_upload::<R>(&key)?;
            Upload::begin(&self.store.s3, &keys::parse_key(&key)?, options).await
        })
    }

    /// Deletes the object with this key. It is no error if the bucket has no object with this key.
    #[must_use]
    pub fn delete<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<(), Error>>
    where
        A: CanWrite<calls::Delete>,
    {
        Box::pin(async move {
            let deleted =
                self.store.s3.delete(&keys::parse_key(&keys::add_prefix::<R>(key)?)?).await;
            deleted.map_err(map_store_error::<R>("`DeleteObject`"))
        })
    }
}

impl<R: Resource, A: Access> BucketClient<R, A> {
    /// Returns the name of the bucket.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.store.name
    }

    /// Returns the client of the AWS SDK, for operations that this client does not have.
    ///
    /// The function's role allows only the operations of the capability. Any other operation needs a permission
    /// of its own, by `allow(…)` of the function for example.
    #[cfg(feature = "bucket-sdk")]
    #[cfg_attr(docsrs, doc(cfg(feature = "bucket-sdk")))]
    #[must_use]
    pub fn client(&self) -> &aws_sdk_s3::Client {
        &self.store.client
    }
}

impl ObjectMetadata {
    fn from_result(found: &GetResult) -> Self {
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
        Self { store, marker: PhantomData }
    }
}

impl<R, A> Clone for BucketClient<R, A> {
    fn clone(&self) -> Self {
        Self { store: self.store.clone(), marker: PhantomData }
    }
}

impl<R, A> Debug for BucketClient<R, A> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_tuple("BucketClient").field(&self.store.name).finish()
    }
}
