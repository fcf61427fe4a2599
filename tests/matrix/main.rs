//! The build step in every way that Cargo can run it. Takes small packages that depend on Skylift by
//! path, as a user's would, and gives the tree that `sam` is pointed at: always of the last build,
//! whatever the profile, the target and the folders.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "all of this is tests")]

mod directories;
mod errors;
mod examples;
mod following;
mod publishing;
mod readme;
mod shapes;
mod tree;
mod versions;
