//! Presigned URLs and forms: permissions for one object, which somebody without credentials uses for a limited time, such
//! as a browser. They are signed here, without a request. Mirrors "Download and upload objects with presigned URLs" of
//! the Amazon S3 User Guide, and "Authenticating Requests: Browser-Based Uploads Using POST" of the Amazon S3 API
//! Reference.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use aws_sigv4::sign::v4::{calculate_signature, generate_signing_key};
use aws_smithy_types::date_time::{DateTime, Format};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;
use object_store::aws::AwsCredential;
use serde::Serialize;
use serde_json::json;

use super::Bucket;
use super::client::BucketClient;
use super::keys::{add_prefix, object_url, root_url};
use super::sign::{SERVICE, presign};
use super::store::Store;
use super::store_error::map_store_error;
use crate::invocation::BoxFuture;
use crate::resource::access::{Access, CanSignDownload, CanSignUpload};
use crate::{Error, messages};

/// The longest time for which a URL can be valid: seven days, see "Authenticating Requests: Using Query Parameters" of
/// the Amazon S3 API Reference.
const MAX_EXPIRY: Duration = Duration::from_hours(7 * 24);

/// The largest object that one request can write, in bytes.
const MAX_OBJECT_BYTES: u64 = 5 * 1024 * 1024 * 1024;

/// Limits of a URL for one upload, for [`upload_url`](BucketClient::upload_url).
///
/// ```
/// use std::time::Duration;
/// use skylift::resource::UploadUrlOptions;
///
/// let options = UploadUrlOptions::new(Duration::from_mins(5))
///     .content_type("image/png")
///     .content_length(48_213);
/// # let _ = options;
/// ```
#[cfg_attr(docsrs, doc(cfg(feature = "bucket")))]
#[derive(Clone, Debug)]
pub struct UploadUrlOptions {
    expires_in: Duration,
    content_type: Option<String>,
    content_length: Option<u64>,
}

impl UploadUrlOptions {
    /// Creates options of a URL that is valid for this time: whole seconds, up to seven days.
    #[must_use]
    pub fn new(expires_in: Duration) -> Self {
        Self { expires_in, content_type: None, content_length: None }
    }

    /// Requires this media type (`Content-Type`), exactly as it is written.
    #[must_use]
    pub fn content_type(self, value: impl Into<String>) -> Self {
        Self { content_type: Some(value.into()), ..self }
    }

    /// Requires exactly this length of the content, in bytes. A form can limit the length instead of fixing it, see
    /// [`UploadFormOptions::max_length`].
    #[must_use]
    pub fn content_length(self, bytes: u64) -> Self {
        Self { content_length: Some(bytes), ..self }
    }
}

/// Limits of a form for one upload, for [`upload_form`](BucketClient::upload_form).
///
/// ```
/// use std::time::Duration;
/// use skylift::resource::UploadFormOptions;
///
/// let options = UploadFormOptions::new(Duration::from_mins(5))
///     .content_type("image/png")
///     .max_length(5 * 1024 * 1024);
/// # let _ = options;
/// ```
#[cfg_attr(docsrs, doc(cfg(feature = "bucket")))]
#[derive(Clone, Debug)]
pub struct UploadFormOptions {
    expires_in: Duration,
    content_type: Option<String>,
    max_length: Option<u64>,
}

impl UploadFormOptions {
    /// Creates options of a form that is valid for this time: whole seconds, up to seven days.
    #[must_use]
    pub fn new(expires_in: Duration) -> Self {
        Self { expires_in, content_type: None, max_length: None }
    }

    /// Writes the object with this media type (`Content-Type`), and with no other.
    #[must_use]
    pub fn content_type(self, value: impl Into<String>) -> Self {
        Self { content_type: Some(value.into()), ..self }
    }

    /// Limits the length of the content, in bytes. Without a limit, it is 5 GB, that of S3.
    #[must_use]
    pub fn max_length(self, bytes: u64) -> Self {
        Self { max_length: Some(bytes), ..self }
    }
}

/// A URL for one upload, by a `PUT` request.
///
/// A handler can return it as JSON, and a browser sends the object with
/// `fetch(url, { method: "PUT", headers, body: file })`.
#[cfg_attr(docsrs, doc(cfg(feature = "bucket")))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct UploadUrl {
    /// The URL, which is secret until it expires.
    pub url: String,
    /// The headers that the request has to have.
    pub headers: BTreeMap<String, String>,
}

/// A form for one upload, by a `POST` request of the type `multipart/form-data`.
///
/// A handler can return it as JSON. A browser puts the fields into a `FormData`, then the content as the last field,
/// with the name `file`, and sends it with `fetch(url, { method: "POST", body: form })`.
#[cfg_attr(docsrs, doc(cfg(feature = "bucket")))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct UploadForm {
    /// The URL of the bucket.
    pub url: String,
    /// The fields of the form, which are secret until the form expires.
    pub fields: BTreeMap<String, String>,
}

/// # Presigned URLs for downloads
///
/// [`DownloadSigner`](crate::DownloadSigner) grants what such a URL needs, and nothing else.
impl<R: Bucket, A: Access> BucketClient<R, A> {
    /// Returns a URL from which everybody can read the object with this key, by a `GET` request, for the time
    /// `expires_in`: whole seconds, up to seven days. No request is sent, so the object need not exist.
    ///
    /// The URL ends earlier if the credentials of the function do. Those of a function last a few hours.
    ///
    /// # Errors
    ///
    /// Fails with `InvalidExpiry` if the time is shorter than a second or longer than seven days, and with
    /// `UnsupportedKey` for a key that browsers change in a URL: one that is empty, or has a part that is `.` or `..`.
    #[must_use]
    pub fn download_url<'a>(
        &'a self,
        key: &'a str,
        expires_in: Duration,
    ) -> BoxFuture<'a, Result<String, Error>>
    where
        A: CanSignDownload,
    {
        Box::pin(presign_object::<R>(&self.store, "GET", key, &[], expires_in))
    }
}

/// # Presigned URLs and forms for uploads
///
/// [`UploadSigner`](crate::UploadSigner) grants what such a URL or form needs, and nothing else.
impl<R: Bucket, A: Access> BucketClient<R, A> {
    /// Returns a URL to which everybody can write the object with this key, by a `PUT` request within the limits of the
    /// options. No request is sent.
    ///
    /// The URL ends earlier if the credentials of the function do. Those of a function last a few hours. Whoever has the
    /// URL can use it more than once until then.
    ///
    /// # Errors
    ///
    /// Fails with `InvalidExpiry` and `UnsupportedKey` as [`download_url`](Self::download_url) does, and with
    /// `InvalidHeaderValue` if the media type cannot be a header.
    #[must_use]
    pub fn upload_url<'a>(
        &'a self,
        key: &'a str,
        options: UploadUrlOptions,
    ) -> BoxFuture<'a, Result<UploadUrl, Error>>
    where
        A: CanSignUpload,
    {
        Box::pin(presign_upload::<R>(&self.store, key, options))
    }

    /// Returns a form with which everybody can write the object with this key, by a `POST` request within the limits of
    /// the options. No request is sent.
    ///
    /// The form ends earlier if the credentials of the function do. Those of a function last a few hours. Whoever has
    /// the form can use it more than once until then.
    ///
    /// # Errors
    ///
    /// Fails with `InvalidExpiry` as [`download_url`](Self::download_url) does, and with `UnsupportedKey` for an empty
    /// key and for one with `${filename}`, which S3 replaces by the name of the file.
    #[must_use]
    pub fn upload_form<'a>(
        &'a self,
        key: &'a str,
        options: UploadFormOptions,
    ) -> BoxFuture<'a, Result<UploadForm, Error>>
    where
        A: CanSignUpload,
    {
        Box::pin(async move {
            check_expiry(options.expires_in)?;
            if key.is_empty() || key.contains("${filename}") {
                return Err(messages::client::unsupported_key_in_form(key));
            }
            let key = add_prefix::<R>(key)?;
            let credential = fetch_credential::<R>(&self.store, "`PostObject`").await?;
            Ok(sign_form(&self.store, &key, &options, &credential, SystemTime::now()))
        })
    }
}

/// Signs a `PUT` request for an object, within the limits of the options.
async fn presign_upload<R: Bucket>(
    store: &Store,
    key: &str,
    options: UploadUrlOptions,
) -> Result<UploadUrl, Error> {
    let UploadUrlOptions { expires_in, content_type, content_length } = options;
    let length = content_length.map(|bytes| bytes.to_string());
    let mut headers: Vec<(&str, &str)> = Vec::new();
    if let Some(content_type) = &content_type {
        HeaderValue::from_str(content_type)?;
        headers.push(("content-type", content_type));
    }
    // The client sends this header by itself, and a script in a browser cannot set it.
    headers.extend(length.as_deref().map(|length| ("content-length", length)));
    let url = presign_object::<R>(store, "PUT", key, &headers, expires_in).await?;
    let headers = content_type.map(|it| ("content-type".to_owned(), it)).into_iter().collect();
    Ok(UploadUrl { url, headers })
}

/// Signs a request of this method for an object.
async fn presign_object<R: Bucket>(
    store: &Store,
    method: &str,
    key: &str,
    headers: &[(&str, &str)],
    expires_in: Duration,
) -> Result<String, Error> {
    check_expiry(expires_in)?;
    // The URL of an empty key has a message of its own.
    let key = if key.is_empty() { key.into() } else { add_prefix::<R>(key)? };
    let url = object_url(&store.url, &key)?;
    let operation = if method == "GET" { "`GetObject`" } else { "`PutObject`" };
    let credential = fetch_credential::<R>(store, operation).await?;
    let validity = (SystemTime::now(), expires_in);
    presign((method, &url), headers, validity, &store.region, &credential)
}

async fn fetch_credential<R: Bucket>(
    store: &Store,
    operation: &str,
) -> Result<std::sync::Arc<AwsCredential>, Error> {
    let credential = store.s3.credentials().get_credential().await;
    credential.map_err(map_store_error::<R>(operation))
}

fn check_expiry(expires_in: Duration) -> Result<(), Error> {
    if expires_in.as_secs() > 0 && expires_in <= MAX_EXPIRY {
        return Ok(());
    }
    Err(messages::client::invalid_expiry(expires_in, MAX_EXPIRY))
}

/// Makes the form of an upload with its signature. `now` is the time of the signature.
fn sign_form(
    store: &Store,
    key: &str,
    options: &UploadFormOptions,
    credential: &AwsCredential,
    now: SystemTime,
) -> UploadForm {
    // Whole seconds, as in the signature.
    let now = DateTime::from_secs(DateTime::from(now).secs());
    let seconds = i64::try_from(options.expires_in.as_secs()).unwrap_or_default();
    let expiration = format_date(DateTime::from_secs(now.secs() + seconds));
    let timestamp = format_date(now).replace(['-', ':'], "");
    let day = timestamp.split('T').next().unwrap_or_default();
    let scope = format!("{day}/{}/{SERVICE}/aws4_request", store.region);
    let mut fields = BTreeMap::from([
        ("key", key.to_owned()),
        ("x-amz-algorithm", "AWS4-HMAC-SHA256".to_owned()),
        ("x-amz-credential", format!("{}/{scope}", credential.key_id)),
        ("x-amz-date", timestamp.clone()),
    ]);
    fields.extend(credential.token.clone().map(|token| ("x-amz-security-token", token)));
    fields.extend(options.content_type.clone().map(|value| ("Content-Type", value)));
    // S3 refuses a form with a field that the policy does not name.
    let mut conditions: Vec<_> =
        fields.iter().map(|(name, value)| json!({ *name: value })).collect();
    conditions.push(json!({ "bucket": &*store.name }));
    let max_length = options.max_length.unwrap_or(MAX_OBJECT_BYTES);
    conditions.push(json!(["content-length-range", 0, max_length]));
    let policy = json!({ "expiration": expiration, "conditions": conditions }).to_string();
    // In a policy, `$` begins the name of a field.
    let policy = STANDARD.encode(policy.replace('$', "\\u0024"));
    let now = SystemTime::try_from(now).unwrap_or(SystemTime::UNIX_EPOCH);
    let signing_key = generate_signing_key(&credential.secret_key, now, &store.region, SERVICE);
    let signature = calculate_signature(signing_key, policy.as_bytes());
    fields.extend([("policy", policy), ("x-amz-signature", signature)]);
    let fields = fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    UploadForm { url: root_url(&store.url).into_owned(), fields }
}

/// Formats a time as in `2015-10-21T07:28:00Z`.
fn format_date(time: DateTime) -> String {
    // Fails only for years of more than four digits.
    time.fmt(Format::DateTime).unwrap_or_default()
}

#[cfg(test)]
mod tests;
