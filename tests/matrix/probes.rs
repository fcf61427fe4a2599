//! Types that the source does not show: a build with debug assertions checks them when the program starts.

use std::process::Command;

use skylift_tests::program::Program;

use crate::tree::new_project;

/// A function whose event cannot be read from the input of its schedule, which only its `Deserialize` says.
const MISTYPED: &str = r#"use serde::{Deserialize, Deserializer};
use skylift::prelude::*;

pub struct Days(u8);

impl<'de> Deserialize<'de> for Days {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        u8::deserialize(deserializer).map(Self)
    }
}

#[function(trigger = schedule("rate(1 day)", input = { "days": 30 }))]
async fn clean(days: Days) -> Result<u8, Error> {
    Ok(days.0)
}

skylift::main!();
"#;

#[test]
fn a_type_that_the_source_does_not_show_is_checked_when_a_debug_build_starts() {
    let serde = "[dependencies.serde]\nversion = \"1\"\n";
    let project = new_project("mistyped-input")
        .package("", "mistyped-input", &[], serde)
        .file("src/main.rs", MISTYPED);
    let start = |program| {
        let mut command = Command::new(program);
        command.env("SKYLIFT_PORT", "0");
        command
    };
    let output = start(project.build(&[]).executable("mistyped-input")).output().unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success(), "{stderr}");
    assert!(
        stderr.contains("`clean` takes `Days`, and cannot read it from the `input`"),
        "{stderr}"
    );

    // Dependencies keep their debug assertions, with which they are compiled already.
    project.append(
        "Cargo.toml",
        "\n[profile.dev]\ndebug-assertions = false\n\n[profile.dev.package.\"*\"]\ndebug-assertions = true\n",
    );
    let mut program = start(project.build(&[]).executable("mistyped-input"));
    let mut server = Program::start(&mut program);
    server.wait_for_port();
    assert!(server.interrupt().success());
}
