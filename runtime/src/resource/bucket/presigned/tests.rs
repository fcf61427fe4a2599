// Clippy allows `unwrap` only in `#[test]` functions, not in the functions that they call.
#![allow(clippy::unwrap_used)]

use serde_json::Value;

use super::*;
use crate::aws::testing::{FakeAws, FakeResponse, test_resource};
use crate::resource::access::{SignDownloadAccess, SignUploadAccess};
use crate::resource::bucket::tests::store;
use crate::resource::kinds::FromConnection as _;
use crate::testing::block_on;

test_resource! {
    Images: Bucket {}
}

const MINUTE: Duration = Duration::from_mins(1);

fn images<A: Access>() -> (FakeAws, BucketClient<Images, A>) {
    let server = FakeAws::script([FakeResponse::ok("")]);
    let client = BucketClient::from_connection(store(&server));
    (server, client)
}

/// Returns the parameters of the query of a URL, as they are written.
fn query(url: &str) -> BTreeMap<&str, &str> {
    let (_, query) = url.split_once('?').unwrap();
    query.split('&').map(|it| it.split_once('=').unwrap()).collect()
}

#[test]
fn a_url_for_a_download_names_exactly_its_object_and_sends_no_request() {
    let (server, images) = images::<SignDownloadAccess>();
    for (key, path) in [("a/b c+.png", "/photos/a/b%20c%2B.png"), ("/tab\t/", "/photos//tab%09/")] {
        let url = block_on(images.download_url(key, MINUTE)).unwrap();
        assert!(url.starts_with(&format!("{}{path}?", server.url)), "{url}");
        let query = query(&url);
        assert_eq!(query["X-Amz-Algorithm"], "AWS4-HMAC-SHA256");
        assert_eq!((query["X-Amz-Expires"], query["X-Amz-SignedHeaders"]), ("60", "host"));
        assert!(query["X-Amz-Credential"].starts_with("key%2F"), "{url}");
        assert!(query["X-Amz-Credential"].ends_with("%2Feu-central-1%2Fs3%2Faws4_request"));
        assert_eq!(query["X-Amz-Signature"].len(), 64);
    }
    assert!(server.seen().is_empty());
}

#[test]
fn a_url_for_an_upload_fixes_type_and_length() {
    let (_server, images) = images::<SignUploadAccess>();
    let options = UploadUrlOptions::new(MINUTE).content_type("image/png").content_length(7);
    let upload = block_on(images.upload_url("a.png", options)).unwrap();
    let signed = query(&upload.url)["X-Amz-SignedHeaders"];
    assert_eq!(signed, "content-length%3Bcontent-type%3Bhost");
    let json = serde_json::to_value(&upload).unwrap();
    assert_eq!(json["headers"], json!({ "content-type": "image/png" }));
    let free = block_on(images.upload_url("a.png", UploadUrlOptions::new(MINUTE))).unwrap();
    assert_eq!(query(&free.url)["X-Amz-SignedHeaders"], "host");
    assert!(free.headers.is_empty());
    let bad = UploadUrlOptions::new(MINUTE).content_type("image/png\r\nx: y");
    assert_eq!(block_on(images.upload_url("a", bad)).unwrap_err().name(), "InvalidHeaderValue");
}

#[test]
fn an_expiry_is_one_second_to_seven_days() {
    let (_server, images) = images::<SignDownloadAccess>();
    let url = |time| block_on(images.download_url("a", time));
    for time in [Duration::ZERO, Duration::from_millis(999), MAX_EXPIRY + Duration::from_secs(1)] {
        let error = url(time).unwrap_err();
        assert_eq!(error.name(), "InvalidExpiry");
    }
    for time in [Duration::from_secs(1), MAX_EXPIRY] {
        assert!(url(time).is_ok());
    }
}

#[test]
fn a_key_that_s3_or_a_browser_would_change_is_an_error() {
    let (_server, images) = images::<SignUploadAccess>();
    for key in ["", "a/../b", "."] {
        let options = UploadUrlOptions::new(MINUTE);
        let error = block_on(images.upload_url(key, options)).unwrap_err();
        assert_eq!(error.name(), "UnsupportedKey", "{key}");
    }
    for key in ["", "a/${filename}"] {
        let error = block_on(images.upload_form(key, UploadFormOptions::new(MINUTE))).unwrap_err();
        assert_eq!(error.name(), "UnsupportedKey", "{key}");
    }
}

#[test]
fn the_policy_of_a_form_names_every_field_and_the_limits() {
    let (server, _images) = images::<SignUploadAccess>();
    let credential = AwsCredential {
        key_id: "key".into(),
        secret_key: "hidden".into(),
        token: Some("token".into()),
    };
    let options = UploadFormOptions::new(MINUTE).content_type("image/png").max_length(1000);
    let now = SystemTime::UNIX_EPOCH + Duration::from_millis(1_445_412_480_500);
    let form = sign_form(&store(&server), "a$/b.png", &options, &credential, now);
    assert_eq!(form.url, format!("{}/photos", server.url));
    let policy = STANDARD.decode(&form.fields["policy"]).unwrap();
    assert!(!policy.contains(&b'$'));
    let policy: Value = serde_json::from_slice(&policy).unwrap();
    assert_eq!(policy["expiration"], "2015-10-21T07:29:00Z");
    let conditions = policy["conditions"].as_array().unwrap();
    for (name, value) in &form.fields {
        if !["policy", "x-amz-signature"].contains(&name.as_str()) {
            assert!(conditions.contains(&json!({ name: value })), "{name}");
        }
    }
    assert!(conditions.contains(&json!({ "bucket": "photos" })));
    assert!(conditions.contains(&json!(["content-length-range", 0, 1000])));
    assert_eq!(form.fields["key"], "a$/b.png");
    assert_eq!(form.fields["x-amz-date"], "20151021T072800Z");
    let scope = "key/20151021/eu-central-1/s3/aws4_request";
    assert_eq!(form.fields["x-amz-credential"], scope);
    assert_eq!(form.fields["x-amz-security-token"], "token");
    assert_eq!(form.fields["x-amz-signature"].len(), 64);
    let text = format!("{form:?}");
    assert!(!text.contains("hidden"), "{text}");
}
