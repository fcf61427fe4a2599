//! A bucket is asked for what is granted.
// Clippy knows `#[test]` functions, and not what they call.
#![allow(clippy::unwrap_used)]

use skylift_model::access::Access;
use skylift_model::resource::ResourceKind;

use super::client::BucketClient;
use super::put_options::PutOptions;
use super::tests::{s3, store};
use crate::aws::testing::resource;
use crate::resource::access::{CanRead, CanWrite, ReadAccess, ReadWriteAccess, WriteAccess};
use crate::resource::grants::{Ran, check_offered, run};
use crate::resource::kinds::FromConnection as _;
use crate::testing::block_on;

resource! {
    Uploads: Bucket {}
}

async fn read_bucket<A: CanRead>(ran: &mut Ran) {
    let bucket: BucketClient<Uploads, A> = BucketClient::from_connection(store(&ran.server));
    run!(ran, bucket, get("a"));
    run!(ran, bucket, get_range("a", 0..1));
    run!(ran, bucket, get_range_if("a", 0..1, "e"));
    run!(ran, bucket, head("a"));
    run!(ran, bucket.list(""), all());
    run!(ran, bucket.list(""), next());
}

async fn write_bucket<A: CanWrite>(ran: &mut Ran) {
    let bucket: BucketClient<Uploads, A> = BucketClient::from_connection(store(&ran.server));
    run!(ran, bucket, put("a", "x"));
    run!(ran, bucket, put_with("a", "x", PutOptions::new()));
    run!(ran, bucket, upload("a"));
    run!(ran, bucket, upload_with("a", PutOptions::new()));
    run!(ran, bucket, delete("a"));
    let mut upload = bucket.upload("a").await.unwrap();
    run!(ran, upload, write(vec![0; 9 << 20]));
    run!(ran, upload, finish());
    run!(ran, bucket.upload("a").await.unwrap(), abort());
}

const BUCKET: [&str; 2] = [include_str!("list.rs"), include_str!("upload.rs")];

#[test]
fn a_bucket_is_asked_for_what_is_granted() {
    let objects = include_str!("client.rs");
    let (reads, writes) = objects.split_once("A: CanWrite> BucketClient<R, A> {").unwrap();
    let mut ran = Ran::new(s3);
    block_on(read_bucket::<ReadAccess>(&mut ran));
    ran.check(ModelKind::Bucket, Access::Read, &[reads, BUCKET[0]]);
    let mut ran = Ran::new(s3);
    block_on(write_bucket::<WriteAccess>(&mut ran));
    ran.check(ModelKind::Bucket, Access::Write, &[writes, BUCKET[1]]);
    let mut ran = Ran::new(s3);
    block_on(read_bucket::<ReadWriteAccess>(&mut ran));
    block_on(write_bucket::<ReadWriteAccess>(&mut ran));
    ran.check(ModelKind::Bucket, Access::ReadWrite, &[objects, BUCKET[0], BUCKET[1]]);
}

#[test]
fn there_are_clients_for_what_can_be_granted_and_for_nothing_else() {
    check_offered::<Uploads>(ResourceKind::Bucket);
}
