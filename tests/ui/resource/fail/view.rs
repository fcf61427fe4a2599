use skylift::prelude::*;

#[resource(bucket)]
pub struct ViewedUploads;

#[resource(bucket(of = ViewedUploads))]
pub struct WithoutPrefix;

#[resource(bucket(of = ViewedUploads, prefix = "in/*"))]
pub struct WithWildcard;

#[resource(bucket(of = ViewedUploads, prefix = "in/", versioned))]
pub struct WithVersions;

#[resource(bucket(of = ViewedUpload, prefix = "in/"))]
pub struct OfNothing;

#[resource(queue(of = ViewedUploads))]
pub struct OfQueue;

#[resource(bucket(of = ViewedUploads, prefix = "in/"))]
pub struct ViewedInbox;

#[resource(bucket(of = ViewedInbox, prefix = "in/new/"))]
pub struct OfView;

#[resource(table(key = number("tenant"), sort = "id"))]
pub struct Numbered;

#[resource(table(of = Numbered, key = "1"))]
pub struct OfNumbered;

#[resource(table(key = "tenant"))]
pub struct Single;

#[resource(table(of = Single, key = "a"))]
pub struct OfSingle;

fn main() {}
