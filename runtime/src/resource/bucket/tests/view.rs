//! Tests of the client of a view of a bucket, which works on the keys with one prefix.
// Clippy allows `unwrap` only in `#[test]` functions, not in the functions that they call.
#![allow(clippy::unwrap_used)]

use std::time::Duration;

use super::{Uploads, object, operations, refusal, s3, store};
use crate::aws::testing::{FakeAws, FakeResponse, ReceivedRequest};
use crate::registry::GuardedKeys;
use crate::resource::access::{Access, ReadAccess, ReadWriteAccess};
use crate::resource::bucket::{BucketClient, UploadFormOptions, UploadUrlOptions};
use crate::resource::calls::Get;
use crate::resource::kinds::FromConnection as _;
use crate::resource::{Bucket, Resource, kind};
use crate::testing::block_on;

/// The view of the keys below `in/`, as `#[resource]` declares it.
struct Inbox;

impl Resource for Inbox {
    const ID: &'static str = "Inbox";
    const VARIABLE: &'static str = <Uploads as Resource>::VARIABLE;
    type Kind = kind::Bucket;
}

impl Bucket for Inbox {
    const PREFIX: &'static str = "in/";
}

fn inbox<A: Access>(server: &FakeAws) -> BucketClient<Inbox, A> {
    BucketClient::from_connection(store(server))
}

fn page(keys: &[&str]) -> FakeResponse {
    let object = |key: &&str| {
        format!(
            "<Contents><Key>{key}</Key><LastModified>2015-10-21T07:28:00.000Z</LastModified>\
             <ETag>\"e\"</ETag><Size>3</Size></Contents>"
        )
    };
    let objects: String = keys.iter().map(object).collect();
    FakeResponse::ok(format!("<ListBucketResult>{objects}</ListBucketResult>"))
}

#[test]
fn every_method_adds_the_prefix() {
    let server = FakeAws::start(s3);
    let inbox = inbox::<ReadWriteAccess>(&server);
    let minute = Duration::from_mins(1);
    block_on(async {
        inbox.get("a").await.unwrap();
        inbox.head("a").await.unwrap();
        inbox.put("a", "x").await.unwrap();
        inbox.delete("a").await.unwrap();
        inbox.upload("a").await.unwrap().finish().await.unwrap();
        let urls = [
            inbox.download_url("a", minute).await.unwrap(),
            inbox.upload_url("a", UploadUrlOptions::new(minute)).await.unwrap().url,
        ];
        assert!(urls.iter().all(|url| url.contains("/photos/in/a?")), "{urls:?}");
        let form = inbox.upload_form("a", UploadFormOptions::new(minute)).await.unwrap();
        assert_eq!(form.fields["key"], "in/a");
    });
    assert!(server.seen().len() >= 6);
    assert!(server.seen().iter().all(|it| it.path.starts_with("/photos/in/a")));
}

#[test]
fn a_list_has_the_keys_without_the_prefix_and_not_the_prefix_itself() {
    let server = FakeAws::script([page(&["in/", "in/a", "in//b", "in/in/c"])]);
    let inbox = inbox::<ReadWriteAccess>(&server);
    let objects = block_on(inbox.list("").all()).unwrap();
    let keys: Vec<_> = objects.iter().map(|object| object.key.as_str()).collect();
    assert_eq!(keys, ["a", "/b", "in/c"]);
    block_on(inbox.list("2015-").all()).unwrap();
    let paths: Vec<String> = server.seen().into_iter().map(|request| request.path).collect();
    assert!(paths[0].ends_with("&prefix=in%2F"), "{paths:?}");
    assert!(paths[1].ends_with("&prefix=in%2F2015-"), "{paths:?}");
}

#[test]
fn a_key_that_would_leave_the_view_or_is_empty_is_an_error() {
    let server = FakeAws::start(s3);
    let inbox = inbox::<ReadWriteAccess>(&server);
    let minute = Duration::from_mins(1);
    for key in ["", "..", "../out/a", "a/../../out", "."] {
        let errors = block_on(async {
            [
                inbox.get(key).await.map(drop).unwrap_err(),
                inbox.head(key).await.map(drop).unwrap_err(),
                inbox.put(key, "x").await.unwrap_err(),
                inbox.delete(key).await.unwrap_err(),
                inbox.upload(key).await.map(drop).unwrap_err(),
                inbox.download_url(key, minute).await.unwrap_err(),
            ]
        });
        assert!(errors.iter().all(|error| error.name() == "UnsupportedKey"), "{key}: {errors:?}");
    }
    let options = UploadFormOptions::new(minute);
    let error = block_on(inbox.upload_form("", options)).unwrap_err();
    assert_eq!(error.name(), "UnsupportedKey");
    assert!(server.seen().is_empty());
}

#[test]
fn a_key_that_the_trigger_matches_is_found_with_its_prefix() {
    const KEYS: &[GuardedKeys] = &[GuardedKeys::new("in/new/", "", true, true)];
    let server = FakeAws::start(s3);
    let inbox: BucketClient<Inbox, ReadWriteAccess> =
        BucketClient::from_connection(store(&server).guard(KEYS));
    let error = block_on(inbox.put("new/a", "x")).unwrap_err();
    assert_eq!(error.name(), "TriggersItself");
    block_on(inbox.put("old/a", "x")).unwrap();
    let error = block_on(inbox.upload("new/a")).map(drop).unwrap_err();
    assert_eq!(error.name(), "TriggersItself");
}

/// Answers that the role may not read an object, and lists `keys`.
fn hiding(keys: &'static [&'static str]) -> FakeAws {
    FakeAws::start(move |request: &ReceivedRequest| match request.operation().as_str() {
        "ListObjectsV2" => page(keys),
        _ => refusal(403, "AccessDenied"),
    })
}

#[test]
fn an_object_that_does_not_exist_is_none_although_s3_does_not_say_so() {
    let server = hiding(&["in/ab"]);
    let reader = inbox::<ReadAccess>(&server);
    assert!(block_on(reader.get("a")).unwrap().is_none());
    assert!(block_on(reader.head("a")).unwrap().is_none());
    let lists = ["GetObject", "ListObjectsV2", "HeadObject", "ListObjectsV2"];
    assert_eq!(operations(&server), lists);
    assert!(server.seen()[1].path.ends_with("prefix=in%2Fa"), "{}", server.seen()[1].path);
}

#[test]
fn an_object_that_exists_and_cannot_be_read_is_the_error_of_s3() {
    let server = hiding(&["in/a", "in/ab"]);
    let error = block_on(inbox::<ReadAccess>(&server).get("a")).unwrap_err();
    assert_eq!(error.name(), "AccessDenied");
    // A client that may not list, and one of a whole bucket, do not ask.
    let server = hiding(&[]);
    let error = block_on(inbox::<ReadAccess<Get>>(&server).get("a")).unwrap_err();
    assert_eq!(error.name(), "AccessDenied");
    let uploads: BucketClient<Uploads, ReadAccess> = BucketClient::from_connection(store(&server));
    assert_eq!(block_on(uploads.get("a")).unwrap_err().name(), "AccessDenied");
    assert_eq!(operations(&server), ["GetObject", "GetObject"]);
    let server = FakeAws::start(|_| object("hello"));
    assert!(block_on(inbox::<ReadAccess<Get>>(&server).get("a")).unwrap().is_some());
}
