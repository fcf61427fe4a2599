//! Tests that the client of a bucket sends exactly the operations that its capabilities grant.
// Clippy allows `unwrap` only in `#[test]` functions, not in the functions that they call.
#![allow(clippy::unwrap_used)]

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use skylift_model::access::Access;
use skylift_model::aws::iam::CallGroup;
use skylift_model::resource::ResourceKind;

use super::client::BucketClient;
use super::presigned::{UploadFormOptions, UploadUrlOptions};
use super::put_options::PutOptions;
use super::tests::{s3, store};
use crate::aws::testing::test_resource;
use crate::resource::access::{
    self, CanRead, CanSignDownload, CanSignUpload, CanWrite, ReadAccess, ReadWriteAccess,
    SignDownloadAccess, SignUploadAccess, WriteAccess,
};
use crate::resource::calls;
use crate::resource::grants::{MethodRuns, check_offered_accesses, methods_with_bound, run_method};
use crate::resource::kinds::FromConnection as _;
use crate::testing::block_on;

test_resource! {
    Uploads: Bucket {}
}

fn bucket<A: access::Access>(runs: &MethodRuns) -> BucketClient<Uploads, A> {
    BucketClient::from_connection(store(&runs.server))
}

async fn get_objects<A: CanRead<calls::Get>>(runs: &mut MethodRuns) {
    let bucket = bucket::<A>(runs);
    run_method!(runs, bucket, get("a"));
    run_method!(runs, bucket, get_range("a", 0..1));
    run_method!(runs, bucket, get_range_if("a", 0..1, "e"));
    run_method!(runs, bucket, head("a"));
}

async fn list_objects<A: CanRead<calls::List>>(runs: &mut MethodRuns) {
    let bucket = bucket::<A>(runs);
    run_method!(runs, bucket.list(""), all());
    run_method!(runs, bucket.list(""), next());
}

async fn put_objects<A: CanWrite<calls::Put>>(runs: &mut MethodRuns) {
    let bucket = bucket::<A>(runs);
    run_method!(runs, bucket, put("a", "x"));
    run_method!(runs, bucket, put_with("a", "x", PutOptions::new()));
    run_method!(runs, bucket, upload("a"));
    run_method!(runs, bucket, upload_with("a", PutOptions::new()));
    let mut upload = bucket.upload("a").await.unwrap();
    run_method!(runs, upload, write(vec![0; 9 << 20]));
    run_method!(runs, upload, finish());
    run_method!(runs, bucket.upload("a").await.unwrap(), abort());
}

async fn delete_objects<A: CanWrite<calls::Delete>>(runs: &mut MethodRuns) {
    let bucket = bucket::<A>(runs);
    run_method!(runs, bucket, delete("a"));
}

async fn read_bucket<A: CanRead<calls::Get> + CanRead<calls::List>>(runs: &mut MethodRuns) {
    get_objects::<A>(runs).await;
    list_objects::<A>(runs).await;
}

async fn write_bucket<A: CanWrite<calls::Put> + CanWrite<calls::Delete>>(runs: &mut MethodRuns) {
    put_objects::<A>(runs).await;
    delete_objects::<A>(runs).await;
}

/// Sends a request of a browser to a presigned URL.
fn follow(method: &str, url: &str) {
    let (host, path) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    let head = format!("{method} /{path} HTTP/1.1\r\nhost: {host}\r\n\r\n");
    stream.write_all(head.as_bytes()).unwrap();
    assert!(stream.read(&mut [0; 32]).unwrap() > 0);
}

async fn sign_downloads<A: CanSignDownload>(runs: &mut MethodRuns) {
    let bucket = bucket::<A>(runs);
    follow("GET", &bucket.download_url("a", MINUTE).await.unwrap());
    run_method!(runs, bucket, download_url("a", MINUTE));
}

async fn sign_uploads<A: CanSignUpload>(runs: &mut MethodRuns) {
    let bucket = bucket::<A>(runs);
    let options = UploadUrlOptions::new(MINUTE);
    follow("PUT", &bucket.upload_url("a", options.clone()).await.unwrap().url);
    run_method!(runs, bucket, upload_url("a", options));
    run_method!(runs, bucket, upload_form("a", UploadFormOptions::new(MINUTE)));
}

const MINUTE: Duration = Duration::from_mins(1);

const SOURCES: [&str; 2] = [include_str!("list.rs"), include_str!("upload.rs")];

#[test]
fn the_client_of_a_bucket_sends_exactly_the_granted_operations() {
    let client = include_str!("client.rs");
    let reads = &methods_with_bound(client, "A: CanRead<");
    let writes = &methods_with_bound(client, "A: CanWrite<");
    let mut runs = MethodRuns::new(s3);
    block_on(read_bucket::<ReadAccess>(&mut runs));
    runs.check(ResourceKind::Bucket, Access::Read, &[reads, SOURCES[0]]);
    let mut runs = MethodRuns::new(s3);
    block_on(write_bucket::<WriteAccess>(&mut runs));
    runs.check(ResourceKind::Bucket, Access::Write, &[writes, SOURCES[1]]);
    let mut runs = MethodRuns::new(s3);
    block_on(read_bucket::<ReadWriteAccess>(&mut runs));
    block_on(write_bucket::<ReadWriteAccess>(&mut runs));
    runs.check(ResourceKind::Bucket, Access::ReadWrite, &[client, SOURCES[0], SOURCES[1]]);
}

#[test]
fn a_narrowed_client_of_a_bucket_sends_exactly_the_granted_operations() {
    let (read, write) = (Access::Read, Access::Write);
    let mut runs = MethodRuns::new(s3);
    block_on(get_objects::<ReadAccess<calls::Get>>(&mut runs));
    runs.check_calls(ResourceKind::Bucket, read, &[CallGroup::Get]);
    let mut runs = MethodRuns::new(s3);
    block_on(list_objects::<ReadAccess<(calls::List,)>>(&mut runs));
    runs.check_calls(ResourceKind::Bucket, read, &[CallGroup::List]);
    let mut runs = MethodRuns::new(s3);
    block_on(put_objects::<WriteAccess<calls::Put>>(&mut runs));
    runs.check_calls(ResourceKind::Bucket, write, &[CallGroup::Put]);
    let mut runs = MethodRuns::new(s3);
    block_on(delete_objects::<WriteAccess<calls::Delete>>(&mut runs));
    runs.check_calls(ResourceKind::Bucket, write, &[CallGroup::Delete]);
    let mut runs = MethodRuns::new(s3);
    block_on(async {
        get_objects::<ReadWriteAccess<(calls::Delete, calls::Get)>>(&mut runs).await;
        delete_objects::<ReadWriteAccess<(calls::Delete, calls::Get)>>(&mut runs).await;
    });
    let both = [CallGroup::Get, CallGroup::Delete];
    runs.check_calls(ResourceKind::Bucket, Access::ReadWrite, &both);
    // The narrowed capabilities sign what they may do themselves.
    block_on(sign_downloads::<ReadAccess<calls::Get>>(&mut MethodRuns::new(s3)));
    block_on(sign_uploads::<WriteAccess<calls::Put>>(&mut MethodRuns::new(s3)));
}

#[test]
fn presigned_urls_need_exactly_the_granted_operations() {
    let source = include_str!("presigned.rs");
    let downloads = &methods_with_bound(source, "A: CanSignDownload");
    let uploads = &methods_with_bound(source, "A: CanSignUpload");
    let mut runs = MethodRuns::new(s3);
    block_on(sign_downloads::<SignDownloadAccess>(&mut runs));
    runs.check(ResourceKind::Bucket, Access::SignDownload, &[downloads]);
    let mut runs = MethodRuns::new(s3);
    block_on(sign_uploads::<SignUploadAccess>(&mut runs));
    runs.check(ResourceKind::Bucket, Access::SignUpload, &[uploads]);
    // Other capabilities sign what they may do themselves.
    block_on(async {
        sign_downloads::<ReadAccess>(&mut MethodRuns::new(s3)).await;
        sign_uploads::<WriteAccess>(&mut MethodRuns::new(s3)).await;
        sign_downloads::<ReadWriteAccess>(&mut MethodRuns::new(s3)).await;
        sign_uploads::<ReadWriteAccess>(&mut MethodRuns::new(s3)).await;
    });
}

#[test]
fn every_access_that_can_be_granted_has_a_client_and_no_other() {
    check_offered_accesses::<Uploads>(ResourceKind::Bucket);
}
