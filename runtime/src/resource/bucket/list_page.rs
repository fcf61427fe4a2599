//! One page of a list of objects: the request for it, and S3's answer. The request is our own, with `encoding-type=url`:
//! `object_store` does not send that parameter, and without it one key with a control character makes an answer that is
//! no XML.
// See decision 0097.

use std::time::SystemTime;

use aws_smithy_types::date_time::{DateTime, Format};
use http::Response;
use http_body_util::BodyExt as _;
use object_store::client::{HttpError, HttpErrorKind, HttpRequest, HttpRequestBody};

use super::Bucket;
use super::http::http_client;
use super::keys;
use super::sign::sign_get;
use super::store::{RETRIES, Store};
use super::store_error::{map_response_error, map_store_error, request_error};
use super::xml::{find_element, find_elements, unescape};
use crate::aws::backoff::Backoff;
use crate::{Error, messages};

const OPERATION: &str = "`ListObjectsV2`";

/// An object in a list of the objects of a bucket.
#[cfg_attr(docsrs, doc(cfg(feature = "bucket")))]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ObjectSummary {
    /// The key of the object, as it is. A key may have characters that the other methods refuse.
    pub key: String,
    /// The size of the content, in bytes.
    pub size: u64,
    /// The entity tag of the object, with its quotes. Different contents have different tags.
    pub etag: Option<String>,
    /// When the object was written.
    pub modified: SystemTime,
}

/// The objects of one page of a list.
#[derive(Debug)]
pub(super) struct ListPage {
    pub(super) objects: Vec<ObjectSummary>,
    /// The continuation token of S3, which says where the next page begins. `None` for the last page.
    pub(super) next: Option<String>,
}

/// Requests a page of the list of the objects whose keys begin with `prefix`. `token` says where the page begins.
pub(super) async fn fetch_page<R: Bucket>(
    store: &Store,
    prefix: &str,
    token: Option<&str>,
) -> Result<ListPage, Error> {
    let parameters = [("list-type", Some("2")), ("encoding-type", Some("url"))].into_iter();
    let parameters = parameters.chain([
        ("prefix", Some(prefix).filter(|prefix| !prefix.is_empty())),
        ("continuation-token", token),
    ]);
    let parameters = parameters.filter_map(|(name, value)| Some((name, value?)));
    let url = keys::append_query(&keys::root_url(&store.url), parameters);
    let mut backoff = Backoff::default();
    let mut retries = 0;
    let response = loop {
        let sent = send_get(store, &url).await.map_err(map_store_error::<R>(OPERATION))?;
        let is_final = match &sent {
            Ok(response) => {
                let status = response.status();
                !status.is_server_error() && !matches!(status.as_u16(), 408 | 429)
            }
            // Nothing that a second try would change.
            Err(error) => matches!(error.kind(), HttpErrorKind::Decode | HttpErrorKind::Unknown),
        };
        if is_final || retries == RETRIES || !backoff.wait_before_retry().await {
            break sent.map_err(|error| request_error::<R>(OPERATION, &error))?;
        }
        retries += 1;
    };
    if !response.status().is_success() {
        return Err(map_response_error::<R>(OPERATION, &response));
    }
    parse_page(response.body()).ok_or_else(|| {
        let why = messages::aws::invalid_aws_response();
        messages::client::bucket_operation_failed("ResponseError", OPERATION, R::ID, why)
    })
}

/// Returns whether the bucket has an object with this key. A list begins with the shortest key.
pub(super) async fn has_object<R: Bucket>(store: &Store, key: &str) -> Result<bool, Error> {
    let ListPage { objects, .. } = fetch_page::<R>(store, key, None).await?;
    Ok(objects.first().is_some_and(|first| first.key == key))
}

/// Sends a signed `GET` request, and returns the response with its body. The inner error is that of the connection,
/// the outer that of the credentials.
async fn send_get(
    store: &Store,
    url: &str,
) -> object_store::Result<Result<Response<String>, HttpError>> {
    let credential = store.s3.credentials().get_credential().await?;
    let mut request = HttpRequest::new(HttpRequestBody::empty());
    let signed = sign_get(url, &store.region, &credential, SystemTime::now());
    let generic = |source| object_store::Error::Generic { store: "S3", source };
    for (name, value) in signed.map_err(|error| generic(error.to_string().into()))? {
        let value = value.parse().map_err(|error| generic(Box::new(error)))?;
        request.headers_mut().insert(name, value);
    }
    *request.uri_mut() = url.parse().map_err(|error| generic(Box::new(error)))?;
    let response = match http_client().execute(request).await {
        Ok(response) => response,
        Err(error) => return Ok(Err(error)),
    };
    let (parts, body) = response.into_parts();
    let body = body.collect().await.map(|body| {
        let text = String::from_utf8_lossy(&body.to_bytes()).into_owned();
        Response::from_parts(parts, text)
    });
    Ok(body)
}

/// Reads S3's answer to `ListObjectsV2`. Returns `None` if the answer is not valid.
fn parse_page(xml: &str) -> Option<ListPage> {
    if !xml.contains("<ListBucketResult") {
        return None;
    }
    // An emulator may not know the parameter, and says so with its answer.
    let is_encoded = find_element(xml, "EncodingType") == Some("url");
    let objects = find_elements(xml, "Contents").map(|object| {
        let key = unescape(find_element(object, "Key")?);
        let modified = find_element(object, "LastModified")?;
        let modified = DateTime::from_str(modified, Format::DateTime).ok()?;
        Some(ObjectSummary {
            key: if is_encoded { keys::decode_key(&key)? } else { key },
            size: find_element(object, "Size")?.parse().ok()?,
            etag: find_element(object, "ETag").map(unescape),
            modified: SystemTime::try_from(modified).ok()?,
        })
    });
    let objects: Option<Vec<_>> = objects.collect();
    let next = find_element(xml, "NextContinuationToken").map(unescape);
    // A list that goes on at an unknown place is not complete.
    let is_truncated = find_element(xml, "IsTruncated") == Some("true");
    Some(ListPage { objects: objects?, next }).filter(|page| page.next.is_some() || !is_truncated)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(head: &str, key: &str) -> String {
        format!(
            "<?xml version=\"1.0\"?><ListBucketResult xmlns=\"x\">{head}<Contents><Key>{key}</Key>\
             <LastModified>2015-10-21T07:28:00.000Z</LastModified><ETag>&quot;e&quot;</ETag>\
             <Size>3</Size></Contents></ListBucketResult>"
        )
    }

    #[test]
    fn the_key_of_an_answer_is_decoded_only_if_it_is_encoded() {
        for (head, written, key) in [
            ("<EncodingType>url</EncodingType>", "c/tab%09x", "c/tab\tx"),
            ("<EncodingType>url</EncodingType>", "a+b%2Bc%2520", "a b+c%20"),
            ("", "a+b%2Bc &amp; d", "a+b%2Bc & d"),
        ] {
            let page = parse_page(&page(head, written)).unwrap();
            assert_eq!(page.objects[0].key, key);
            assert_eq!(page.objects[0].etag.as_deref(), Some("\"e\""));
            assert!(page.next.is_none());
        }
    }

    #[test]
    fn an_answer_that_is_not_a_whole_page_is_not_valid() {
        let without_place = page("<IsTruncated>true</IsTruncated>", "a");
        let wrong_size = page("", "a").replace("<Size>3<", "<Size>x<");
        let wrong_key = page("<EncodingType>url</EncodingType>", "%FF");
        for xml in ["", "{}", "<Error/>", &without_place, &wrong_size, &wrong_key] {
            assert!(parse_page(xml).is_none(), "{xml}");
        }
    }
}
