//! [`Upload`]: an object that is written in parts, several at a time. S3 keeps and bills the parts of an upload
//! that is neither completed nor aborted, so an upload that fails is aborted.

use std::marker::PhantomData;

use bytes::Bytes;
use object_store::aws::AmazonS3;
use object_store::path::Path;
use object_store::{ObjectStore as _, PutMultipartOptions, WriteMultipart};

use super::Bucket;
use super::put_options::PutOptions;
use super::store_error::map_store_error;
use crate::{Error, messages};

/// The size of a part of an upload, in bytes. S3 allows 10,000 parts, so the largest object is 80 GB.
const PART_BYTES: usize = 8 * 1024 * 1024;

/// How many parts of an upload are sent at the same time.
const CONCURRENT_PARTS: usize = 4;

/// An object that is written piece by piece. The object does not exist before [`finish`](Self::finish).
///
/// | method | what it does |
/// | --- | --- |
/// | [`write`](Self::write) | adds a piece |
/// | [`finish`](Self::finish) | creates the object |
/// | [`abort`](Self::abort) | discards what was written |
///
/// Pieces of any size are combined to parts of 8 MB, of which four are sent at the same time. Mirrors
/// "Uploading and copying objects using multipart upload" of the Amazon S3 User Guide.
///
/// ```no_run
/// use skylift::{Error, Writer, function, resource};
///
/// #[resource(bucket)]
/// struct Exports;
///
/// #[function]
/// async fn export(rows: Vec<String>, exports: Writer<Exports>) -> Result<(), Error> {
///     let mut export = exports.upload("rows.csv").await?;
///     for row in rows {
///         export.write(row + "\n").await?;
///     }
///     export.finish().await
/// }
/// ```
///
/// An upload that is dropped is aborted in the background, if the process lives long enough. Call
/// [`abort`](Self::abort) to be sure.
#[cfg_attr(docsrs, doc(cfg(feature = "bucket")))]
#[must_use = "the object does not exist before `finish`"]
pub struct Upload<R> {
    /// The parts that are being sent. `None` after the upload was finished or aborted.
    parts: Option<WriteMultipart>,
    marker: PhantomData<fn() -> R>,
}

impl<R: Bucket> Upload<R> {
    pub(super) async fn begin(
        s3: &AmazonS3,
        path: &Path,
        options: PutOptions,
    ) -> Result<Self, Error> {
        let options = PutMultipartOptions { attributes: options.0, ..Default::default() };
        let upload = s3.put_multipart_opts(path, options).await;
        let upload = upload.map_err(map_store_error::<R>("`CreateMultipartUpload`"))?;
        let parts = WriteMultipart::new_with_chunk_size(upload, PART_BYTES);
        Ok(Self { parts: Some(parts), marker: PhantomData })
    }

    /// Adds a piece to the content of the object. Waits while four parts are being sent.
    ///
    /// # Errors
    ///
    /// Fails with the error of S3 for this part or for an earlier part. The upload is then aborted.
    pub async fn write(&mut self, piece: impl Into<Bytes>) -> Result<(), Error> {
        let parts = self.parts.as_mut().ok_or_else(make_upload_ended_error::<R>)?;
        // One part at a time: a piece may have many parts, and the number being sent is limited nevertheless.
        let mut piece: Bytes = piece.into();
        while !piece.is_empty() {
            let first = piece.split_to(piece.len().min(PART_BYTES));
            if let Err(error) = parts.wait_for_capacity(CONCURRENT_PARTS).await {
                self.abort_quietly().await;
                return Err(map_store_error::<R>("`UploadPart`")(error));
            }
            parts.put(first);
        }
        Ok(())
    }

    /// Waits until all parts are sent, and creates the object from the parts.
    ///
    /// # Errors
    ///
    /// Fails with the error of S3 for a part or for the whole upload. The upload is then aborted.
    pub async fn finish(mut self) -> Result<(), Error> {
        let parts = self.parts.take().ok_or_else(make_upload_ended_error::<R>)?;
        parts.finish().await.map(drop).map_err(map_store_error::<R>("`CompleteMultipartUpload`"))
    }

    /// Discards what was written.
    ///
    /// # Errors
    ///
    /// Fails with the error of S3.
    pub async fn abort(mut self) -> Result<(), Error> {
        match self.parts.take() {
            Some(parts) => {
                parts.abort().await.map_err(map_store_error::<R>("`AbortMultipartUpload`"))
            }
            None => Ok(()),
        }
    }

    /// Aborts the upload after a failure. The caller reports the failure, so an error of the abort is ignored.
    async fn abort_quietly(&mut self) {
        if let Some(parts) = self.parts.take() {
            let _ = parts.abort().await;
        }
    }
}

/// Makes the error of a method that was called after the upload was finished or aborted.
fn make_upload_ended_error<R: Bucket>() -> Error {
    messages::client::upload_ended(R::ID)
}

impl<R> Drop for Upload<R> {
    fn drop(&mut self) {
        let runtime = tokio::runtime::Handle::try_current();
        if let (Some(parts), Ok(runtime)) = (self.parts.take(), runtime) {
            runtime.spawn(parts.abort());
        }
    }
}
