// Clippy allows `unwrap` only in `#[test]` functions, not in the functions that they call.
#![allow(clippy::unwrap_used)]

mod view;

use std::time::{Duration, SystemTime};

use super::client::BucketClient;
use super::put_options::PutOptions;
use super::store::{Store, bucket_url, build_store};
use crate::Context;
use crate::aws::testing::{FakeAws, FakeResponse, ReceivedRequest, test_resource};
use crate::observability::current_invocation::{RunningInvocation, poll_as_current, start_running};
use crate::registry::GuardedKeys;
use crate::resource::access::ReadWriteAccess;
use crate::resource::kinds::FromConnection as _;
use crate::testing::block_on;

test_resource! {
    Uploads: Bucket {}
}

pub(crate) fn store(server: &FakeAws) -> Store {
    let region = FakeAws::region();
    let url = bucket_url("photos", &region, Some(server.url.clone()));
    Store {
        s3: build_store("photos", &region, FakeAws::credentials(), &url).unwrap(),
        url: url.into(),
        region: region.into(),
        name: "photos".into(),
        guarded: &[],
        #[cfg(feature = "bucket-sdk")]
        client: aws_sdk_s3::Client::new(&server.config()),
    }
}

fn uploads(server: &FakeAws) -> BucketClient<Uploads, ReadWriteAccess> {
    BucketClient::from_connection(store(server))
}

fn refusal(status: u16, code: &str) -> FakeResponse {
    FakeResponse(
        status,
        Vec::new(),
        format!("<Error><Code>{code}</Code><Message>no</Message></Error>"),
    )
}

/// Answers with an object.
fn object(content: &str) -> FakeResponse {
    let headers = vec![
        ("last-modified", "Wed, 21 Oct 2015 07:28:00 GMT".to_owned()),
        ("etag", "\"e\"".to_owned()),
        ("content-type", "text/plain".to_owned()),
        ("x-amz-meta-room", "7".to_owned()),
    ];
    FakeResponse(200, headers, content.to_owned())
}

/// Answers like S3. Refuses a part that contains `bad`.
pub(crate) fn s3(request: &ReceivedRequest) -> FakeResponse {
    match request.operation().as_str() {
        "CreateMultipartUpload" => FakeResponse::ok(
            "<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>",
        ),
        "UploadPart" if request.text().contains("bad") => refusal(403, "AccessDenied"),
        "PutObject" | "UploadPart" => {
            FakeResponse(200, vec![("etag", "\"e\"".into())], String::new())
        }
        "CompleteMultipartUpload" => FakeResponse::ok(
            "<CompleteMultipartUploadResult><ETag>e</ETag></CompleteMultipartUploadResult>",
        ),
        "ListObjectsV2" => FakeResponse::ok("<ListBucketResult></ListBucketResult>"),
        "DeleteObject" | "AbortMultipartUpload" => FakeResponse(204, Vec::new(), String::new()),
        _ => object("hello"),
    }
}

fn operations(server: &FakeAws) -> Vec<String> {
    server.seen().iter().map(ReceivedRequest::operation).collect()
}

#[test]
fn an_object_that_would_trigger_the_function_again_is_not_written() {
    static PUT: [GuardedKeys; 1] = [GuardedKeys::new("in/", ".jpg", true, false)];
    static UPLOAD: [GuardedKeys; 1] = [GuardedKeys::new("", ".jpg", false, true)];
    let server = FakeAws::start(s3);
    let guarded = |keys| {
        BucketClient::<Uploads, ReadWriteAccess>::from_connection(store(&server).guard(keys))
    };
    let (puts, uploads) = (guarded(&PUT), guarded(&UPLOAD));
    let error = block_on(puts.put("in/a.jpg", "x")).unwrap_err();
    assert_eq!(error.name(), "TriggersItself");
    let message = error.to_string();
    assert!(
        message.starts_with("the object `in/a.jpg` is not written to the bucket `Uploads`"),
        "{message}"
    );
    assert_eq!(block_on(uploads.upload("a.jpg")).err().unwrap().name(), "TriggersItself");
    assert!(server.seen().is_empty());
    for key in ["out/a.jpg", "in/a.png", "a/in/a.jpg"] {
        block_on(puts.put(key, "x")).unwrap();
    }
    block_on(puts.delete("in/a.jpg")).unwrap();
    block_on(uploads.put("a.jpg", "x")).unwrap();
    assert_eq!(server.seen().len(), 5);
}

#[test]
fn get_requests_exactly_the_given_key() {
    let server = FakeAws::script([object("hello")]);
    for (key, path) in [
        ("a/b c.txt", "/photos/a/b%20c.txt"),
        ("folder/", "/photos/folder/"),
        ("a//b", "/photos/a//b"),
        ("50%2F+ä", "/photos/50%252F%2B%C3%A4"),
    ] {
        let content = block_on(uploads(&server).get(key)).unwrap().unwrap();
        assert_eq!(content, "hello");
        assert_eq!(server.seen().last().unwrap().path, path);
    }
}

#[test]
fn a_missing_object_is_none_and_a_missing_bucket_is_an_error() {
    let server = FakeAws::script([refusal(404, "NoSuchKey"), refusal(404, "NoSuchBucket")]);
    assert_eq!(block_on(uploads(&server).get("a")).unwrap(), None);
    let error = block_on(uploads(&server).get("a")).unwrap_err();
    assert_eq!(error.name(), "NoSuchBucket");
    assert_eq!(error.to_string(), "`GetObject` on the bucket `Uploads`: no");
}

#[test]
fn an_error_of_s3_has_its_code_and_shows_no_credentials() {
    let server = FakeAws::script([refusal(403, "AccessDenied")]);
    let error = block_on(uploads(&server).put("a", "x")).unwrap_err();
    assert_eq!(error.name(), "AccessDenied");
    assert!(!format!("{error:?}").contains("hidden"), "{error:?}");
    assert_eq!(server.seen().len(), 1);
}

#[test]
fn a_request_is_retried_if_s3_is_busy() {
    let server = FakeAws::script([refusal(503, "SlowDown"), object("hello")]);
    assert!(block_on(uploads(&server).get("a")).unwrap().is_some());
    assert_eq!(server.seen().len(), 2);
}

#[test]
fn get_range_requests_the_range() {
    let mut part = object("ell");
    part.0 = 206;
    part.1.push(("content-range", "bytes 1-3/5".into()));
    let server = FakeAws::script([part]);
    let content = block_on(uploads(&server).get_range("a", 1..4)).unwrap().unwrap();
    assert_eq!(content, "ell");
    assert_eq!(server.seen()[0].header("range"), Some("bytes=1-3"));
}

#[test]
fn get_range_if_requests_the_range_and_the_entity_tag() {
    let mut part = object("ell");
    part.0 = 206;
    part.1.push(("content-range", "bytes 1-3/5".into()));
    let server = FakeAws::script([part.clone(), part, refusal(412, "PreconditionFailed")]);
    for etag in ["e", "\"e\""] {
        let content = block_on(uploads(&server).get_range_if("a", 1..4, etag)).unwrap().unwrap();
        assert_eq!(content, "ell");
        let asked = server.seen().pop().unwrap();
        assert_eq!(asked.header("range"), Some("bytes=1-3"));
        assert_eq!(asked.header("if-match"), Some("\"e\""));
    }
    let error = block_on(uploads(&server).get_range_if("a", 1..4, "old")).unwrap_err();
    assert_eq!(error.name(), "PreconditionFailed");
}

#[test]
fn head_returns_the_metadata_that_the_writer_set() {
    let server = FakeAws::script([object("hello"), FakeResponse(404, Vec::new(), String::new())]);
    let head = block_on(uploads(&server).head("a")).unwrap().unwrap();
    assert_eq!((head.size, head.etag.as_deref()), (5, Some("\"e\"")));
    assert_eq!(head.content_type.as_deref(), Some("text/plain"));
    assert_eq!(head.user_metadata["room"], "7");
    assert_eq!(head.modified, SystemTime::UNIX_EPOCH + Duration::from_mins(24_090_208));
    assert!(block_on(uploads(&server).head("b")).unwrap().is_none());
}

#[test]
fn put_with_sends_the_metadata() {
    let server = FakeAws::start(s3);
    let options = PutOptions::new()
        .content_type("image/png")
        .cache_control("no-store")
        .user_metadata("room", "7");
    block_on(uploads(&server).put_with("a.png", vec![1, 2], options)).unwrap();
    let request = &server.seen()[0];
    assert_eq!((request.method.as_str(), request.body.as_slice()), ("PUT", &[1, 2][..]));
    for (name, value) in
        [("content-type", "image/png"), ("cache-control", "no-store"), ("x-amz-meta-room", "7")]
    {
        assert_eq!(request.header(name), Some(value));
    }
}

#[test]
fn a_list_has_all_pages_and_unchanged_keys() {
    let page = |keys: &[&str], more: &str| {
        let object = |key: &&str| {
            format!(
                "<Contents><Key>{key}</Key><LastModified>2015-10-21T07:28:00.000Z</LastModified>\
                 <ETag>\"e\"</ETag><Size>3</Size></Contents>"
            )
        };
        let objects: String = keys.iter().map(object).collect();
        FakeResponse::ok(format!("<ListBucketResult>{objects}{more}</ListBucketResult>"))
    };
    let more = "<NextContinuationToken>t</NextContinuationToken>";
    let server = FakeAws::script([page(&["/a", "a//b", "a &amp; b"], more), page(&["a/"], "")]);
    let objects = block_on(uploads(&server).list("2015-1").all()).unwrap();
    let keys: Vec<_> = objects.iter().map(|object| object.key.as_str()).collect();
    assert_eq!(keys, ["/a", "a//b", "a & b", "a/"]);
    let paths: Vec<_> = server.seen().into_iter().map(|request| request.path).collect();
    assert!(
        paths[0].contains("prefix=2015-1") && paths[1].contains("continuation-token=t"),
        "{paths:?}"
    );
}

#[test]
fn a_list_returns_every_key_of_an_answer_with_encoded_keys() {
    let keys = ["c/tab%09x", "a+b", "%2B%2520", "/a", "a//b/", "..", "%C3%A4"];
    let objects = keys.map(|key| {
        format!(
            "<Contents><Key>{key}</Key><LastModified>2015-10-21T07:28:00.000Z</LastModified>\
             <ETag>&quot;e&quot;</ETag><Size>3</Size></Contents>"
        )
    });
    let head = "<EncodingType>url</EncodingType>";
    let server = FakeAws::script([FakeResponse::ok(format!(
        "<ListBucketResult>{head}{}</ListBucketResult>",
        objects.concat()
    ))]);
    let objects = block_on(uploads(&server).list("a b/+").all()).unwrap();
    let keys: Vec<_> = objects.iter().map(|object| object.key.as_str()).collect();
    assert_eq!(keys, ["c/tab\tx", "a b", "+%20", "/a", "a//b/", "..", "ä"]);
    assert_eq!((objects[0].etag.as_deref(), objects[0].size), (Some("\"e\""), 3));
    let request = server.seen().pop().unwrap();
    let query = "?list-type=2&encoding-type=url&prefix=a%20b%2F%2B";
    assert_eq!(request.path, format!("/photos{query}"));
    let signature = request.header("authorization").unwrap();
    assert!(signature.contains("Credential=key/") && signature.contains("/eu-central-1/s3/"));
    assert!(request.header("x-amz-content-sha256").is_some());
}

#[test]
fn a_list_is_retried_if_s3_is_busy_and_fails_with_its_error() {
    let page = FakeResponse::ok("<ListBucketResult></ListBucketResult>");
    let server = FakeAws::script([refusal(503, "SlowDown"), page]);
    assert!(block_on(uploads(&server).list("").all()).unwrap().is_empty());
    let server = FakeAws::script([refusal(503, "SlowDown")]);
    assert_eq!(block_on(uploads(&server).list("").all()).unwrap_err().name(), "SlowDown");
    assert_eq!(server.seen().len(), 3);
    let server = FakeAws::script([refusal(403, "AccessDenied")]);
    let error = block_on(uploads(&server).list("").all()).unwrap_err();
    assert_eq!(error.name(), "AccessDenied");
    assert_eq!(error.to_string(), "`ListObjectsV2` on the bucket `Uploads`: no");
    assert_eq!(server.seen().len(), 1);
    let server = FakeAws::script([FakeResponse::ok("{}")]);
    assert_eq!(block_on(uploads(&server).list("").all()).unwrap_err().name(), "ResponseError");
}

#[test]
fn a_key_that_cannot_be_used_is_the_same_error_in_every_method() {
    let server = FakeAws::start(s3);
    let uploads = uploads(&server);
    for key in ["c/tab\tx", "/a", "a/../b", "."] {
        let errors = block_on(async {
            [
                uploads.get(key).await.map(drop).unwrap_err(),
                uploads.head(key).await.map(drop).unwrap_err(),
                uploads.put(key, "x").await.unwrap_err(),
                uploads.delete(key).await.unwrap_err(),
            ]
        });
        assert!(errors.iter().all(|error| error.name() == "UnsupportedKey"), "{key}");
    }
    assert!(server.seen().is_empty());
}

#[test]
fn delete_uses_the_operation_for_one_object() {
    let server = FakeAws::start(s3);
    block_on(uploads(&server).delete("a")).unwrap();
    assert_eq!(operations(&server), ["DeleteObject"]);
}

#[test]
fn an_upload_is_sent_in_parts_of_8_mb() {
    let server = FakeAws::start(s3);
    block_on(async {
        let mut upload = uploads(&server)
            .upload_with("a", PutOptions::new().content_type("text/csv"))
            .await
            .unwrap();
        for _ in 0..3 {
            upload.write(vec![b'x'; 3 << 20]).await.unwrap();
        }
        upload.finish().await.unwrap();
    });
    let seen = server.seen();
    assert_eq!(seen[0].header("content-type"), Some("text/csv"));
    let mut parts: Vec<_> = seen[1..3].iter().map(|request| request.body.len()).collect();
    parts.sort_unstable();
    assert_eq!(parts, [1 << 20, 8 << 20]);
    let expected = ["CreateMultipartUpload", "UploadPart", "UploadPart", "CompleteMultipartUpload"];
    assert_eq!(operations(&server), expected);
}

#[test]
fn an_upload_is_aborted_if_it_fails_or_is_dropped() {
    let server = FakeAws::start(s3);
    let error = block_on(async {
        let mut upload = uploads(&server).upload("a").await.unwrap();
        upload.write("bad").await.unwrap();
        upload.finish().await.unwrap_err()
    });
    assert_eq!(error.name(), "AccessDenied");
    assert_eq!(
        operations(&server),
        ["CreateMultipartUpload", "UploadPart", "AbortMultipartUpload"]
    );

    let server = FakeAws::start(s3);
    block_on(async {
        drop(uploads(&server).upload("a").await.unwrap());
        tokio::time::sleep(Duration::from_millis(200)).await;
    });
    assert_eq!(operations(&server), ["CreateMultipartUpload", "AbortMultipartUpload"]);
}

#[test]
fn requests_carry_the_trace_header_of_their_invocation_even_from_other_tasks() {
    let server = FakeAws::start(s3);
    let uploads = uploads(&server);
    let header = "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1;Lineage=1:2:3";
    let calls = async || {
        uploads.get("a.txt").await.unwrap();
        let mut upload = uploads.upload("large.bin").await.unwrap();
        // Parts are sent by tasks.
        upload.write(vec![0; 17 << 20]).await.unwrap();
        upload.finish().await.unwrap();
    };
    block_on(async {
        calls().await;
        let it = RunningInvocation::for_test(Context::new("1").with_trace_id(header));
        let _running = start_running(&it);
        poll_as_current(&it, calls()).await;
    });
    let seen = server.seen();
    let (outside, within) = seen.split_at(seen.len() / 2);
    assert!(outside.iter().all(|request| request.header("x-amzn-trace-id").is_none()));
    assert!(within.len() >= 5, "{}", within.len());
    assert!(within.iter().all(|request| request.header("x-amzn-trace-id") == Some(header)));
}
