//! The build step in all the ways in which Cargo can run it. Takes small packages that depend on Skylift by path,
//! like those of users, and checks the output tree that users pass to `sam`. The tree always belongs to the last
//! build, with any profile, target and directories.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "all of this is tests")]

mod belonging;
mod directories;
mod errors;
mod examples;
mod following;
mod probes;
mod publishing;
mod readme;
mod shapes;
mod tree;
mod versions;
