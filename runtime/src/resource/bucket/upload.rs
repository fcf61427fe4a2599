//! [`Upload`]: an object written in parts, several at a time. S3 keeps the parts of one that is neither
//! finished nor aborted, and bills them: so whatever fails here is aborted.

use std::marker::PhantomData;

use bytes::Bytes;
use object_store::aws::AmazonS3;
use object_store::path::Path;
use object_store::{ObjectStore as _, PutMultipartOptions, WriteMultipart};

use super::declared::Bucket;
use super::put_options::PutOptions;
use super::store_error::map_store_error;
use crate::Error;

/// The bytes of a part: 10,000 of them are the largest object that can be written so, 80 GB.
const PART: usize = 8 * 1024 * 1024;

/// How many parts are on their way at a time.
const AT_ONCE: usize = 4;

/// An object that is written piece by piece. There is no object before [`finish`](Self::finish).
///
/// Pieces of any size are gathered to parts of 8 MB, of which four are sent at a time. Mirrors
/// "Uploading and copying objects using multipart upload" of the Amazon S3 User Guide.
///
/// ```no_run
/// use skylift::{Error, Writer};
/// # use skylift::resource::{Bucket, Resource, kind};
/// # struct Exports;
/// # impl Resource for Exports {
/// #     const ID: &'static str = "Exports";
/// #     const VARIABLE: &'static str = "EXPORTS_BUCKET_NAME";
/// #     type Kind = kind::Bucket;
/// # }
/// # impl Bucket for Exports {}
///
/// async fn export(rows: impl Iterator<Item = String>, exports: Writer<Exports>) -> Result<(), Error> {
///     let mut export = exports.upload("rows.csv").await?;
///     for row in rows {
///         export.write(row + "\n").await?;
///     }
///     export.finish().await
/// }
/// ```
///
/// One that is dropped is aborted, if the process lives long enough to do so: call
/// [`abort`](Self::abort) to be sure.
#[must_use = "there is no object before `finish`"]
pub struct Upload<R> {
    /// None once it is finished or aborted.
    parts: Option<WriteMultipart>,
    of: PhantomData<fn() -> R>,
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
        let parts = WriteMultipart::new_with_chunk_size(upload, PART);
        Ok(Self { parts: Some(parts), of: PhantomData })
    }

    /// Writes a piece more, and waits where four parts are on their way already.
    ///
    /// # Errors
    ///
    /// What S3 refused, of this part or of one before it. The upload is aborted then.
    pub async fn write(&mut self, piece: impl Into<Bytes>) -> Result<(), Error> {
        let parts = self.parts.as_mut().ok_or_else(ended::<R>)?;
        // Before the piece, which may hold many parts: what is on its way is limited then too.
        let mut piece: Bytes = piece.into();
        while !piece.is_empty() {
            let first = piece.split_to(piece.len().min(PART));
            if let Err(error) = parts.wait_for_capacity(AT_ONCE).await {
                self.abort_parts().await;
                return Err(map_store_error::<R>("`UploadPart`")(error));
            }
            parts.put(first);
        }
        Ok(())
    }

    /// Waits for the parts and makes the object of them.
    ///
    /// # Errors
    ///
    /// What S3 refused, of any part or of the whole. The upload is aborted then.
    pub async fn finish(mut self) -> Result<(), Error> {
        let parts = self.parts.take().ok_or_else(ended::<R>)?;
        parts.finish().await.map(drop).map_err(map_store_error::<R>("`CompleteMultipartUpload`"))
    }

    /// Drops what was written.
    ///
    /// # Errors
    ///
    /// What S3 refused.
    pub async fn abort(mut self) -> Result<(), Error> {
        match self.parts.take() {
            Some(parts) => {
                parts.abort().await.map_err(map_store_error::<R>("`AbortMultipartUpload`"))
            }
            None => Ok(()),
        }
    }

    /// What failed is the error that counts, and not what fails afterwards.
    async fn abort_parts(&mut self) {
        if let Some(parts) = self.parts.take() {
            let _ = parts.abort().await;
        }
    }
}

fn ended<R: Bucket>() -> Error {
    Error::new("UploadEnded", format!("an upload into the bucket `{}` has failed before", R::ID))
}

impl<R> Drop for Upload<R> {
    fn drop(&mut self) {
        let runtime = tokio::runtime::Handle::try_current();
        if let (Some(parts), Ok(runtime)) = (self.parts.take(), runtime) {
            runtime.spawn(parts.abort());
        }
    }
}
