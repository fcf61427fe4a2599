//! The binary of an application as a process: under Lambda, whose runtime API is scripted, and on a
//! developer's machine. Takes applications as the macros write them, entry by entry; what a process
//! answers, calls and logs is what its surroundings would see. All of it is one test binary, since each
//! links every client of AWS.
#![forbid(unsafe_code)]
// Clippy knows `#[test]` functions, and not what they call.
#![allow(clippy::unwrap_used)]

mod app;
mod aws;
mod capabilities;
mod lambda;
mod local;
mod observe;
mod process;
mod resume;
mod runtime_api;

use skylift::__private::AppEntry;

/// The process of an application, where this is one.
#[test]
fn child() {
    let one = [capabilities::APP, observe::APP, resume::APP].map(|app| (app.package, app));
    let all: Vec<(&str, AppEntry)> = app::APPS.iter().copied().chain(one).collect();
    process::child(&all);
}
