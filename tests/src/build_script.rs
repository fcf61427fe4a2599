//! The environment of a build script. Takes a package and gives the environment variables that Cargo would set for
//! the build script of the package, so that a test can run the build step without a build.

use std::collections::HashMap;
use std::env;
use std::fs;
use std::path::Path;

use crate::cargo;

/// Returns the environment variables that Cargo sets for the build script of a package. Creates the folder `out`,
/// which is the `OUT_DIR` of the script. The folder for published outputs is in the same target directory.
pub fn environment(name: &str, package: &Path, out: &Path) -> HashMap<String, String> {
    fs::create_dir_all(out).unwrap();
    let target = out.ancestors().nth(4).expect("`out` has the depth of an `OUT_DIR` of Cargo");
    let text = |path: &Path| path.to_str().unwrap().to_owned();
    let variables = [
        ("CARGO", env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned())),
        ("CARGO_CFG_TARGET_ARCH", env::consts::ARCH.to_owned()),
        ("CARGO_CFG_TARGET_OS", env::consts::OS.to_owned()),
        ("CARGO_CFG_UNIX", String::new()),
        ("CARGO_MANIFEST_DIR", text(package)),
        ("CARGO_PKG_NAME", name.to_owned()),
        ("CARGO_PKG_VERSION", "0.1.0".to_owned()),
        ("CARGO_TARGET_DIR", text(target)),
        ("OUT_DIR", text(out)),
        ("SKYLIFT_OUT_DIR", text(&target.join("deploy"))),
        ("TARGET", cargo::host_triple().to_owned()),
    ];
    variables.map(|(name, value)| (name.to_owned(), value)).into_iter().collect()
}
