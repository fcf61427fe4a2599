//! The binary of an application as a process: in Lambda, with a scripted runtime API, and on the local host.
//! The applications are written as the macros write them, entry by entry; the tests check the responses, the
//! requests and the log of a process. All of it is one test binary, since each would link every client of
//! AWS.
#![forbid(unsafe_code)]
// Clippy allows this in `#[test]` functions, but not in the functions that they call.
#![allow(clippy::unwrap_used)]

mod answered;
mod app;
mod aws;
mod capabilities;
mod closed;
mod dice;
mod lambda;
mod local;
mod observe;
mod once;
mod process;
mod resume;
mod runtime_api;

use skylift::__private::AppEntry;

/// The process of an application, if this is one.
#[test]
fn child() {
    let one = [answered::APP, capabilities::APP, closed::APP, observe::APP, once::APP, resume::APP]
        .map(|app| (app.package, app));
    let all: Vec<(&str, AppEntry)> = app::APPS.iter().copied().chain(one).collect();
    process::child(&all);
}
