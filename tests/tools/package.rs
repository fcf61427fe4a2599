//! Packages every example with `sam package`. Takes the outputs of a build. Gives the objects uploaded to S3, and
//! compares them with the binary that Cargo built.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde_json::Value;
use skylift_tests::workspace;

use crate::example::{self, Example};
use crate::moto::Moto;
use crate::toolbox;

pub(crate) const BUCKET: &str = "artefacts";

/// An application after `sam package`.
pub(crate) struct Packaged {
    /// The packaged template, translated to plain CloudFormation.
    pub(crate) plain: Value,
    /// The S3 key of each function's code, by its logical id.
    keys: BTreeMap<String, String>,
    /// The uploaded objects by their keys: each zip and its binary.
    pub(crate) uploads: BTreeMap<String, Upload>,
}

pub(crate) struct Upload {
    pub(crate) zip: PathBuf,
    pub(crate) bootstrap: PathBuf,
}

impl Packaged {
    /// Returns the only upload: all functions of an example share one binary.
    pub(crate) fn only_upload(&self) -> (&str, &Upload) {
        let mut uploads = self.uploads.iter();
        let (key, upload) = uploads.next().expect("an example has code");
        assert!(uploads.next().is_none(), "an example has one binary");
        (key, upload)
    }
}

/// Returns a packaged example. Each example is packaged once, because a zip takes seconds.
pub(crate) fn get_packaged(example: &Example) -> &'static Packaged {
    static PACKAGED: OnceLock<BTreeMap<String, OnceLock<Packaged>>> = OnceLock::new();
    let packaged = PACKAGED.get_or_init(|| {
        example::all_examples()
            .iter()
            .map(|example| (example.name.clone(), OnceLock::new()))
            .collect()
    });
    packaged[&example.name].get_or_init(|| package_example(example))
}

/// Uploads the code of an example and downloads it into a folder.
fn package_example(example: &Example) -> Packaged {
    let moto = Moto::start();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("uploaded").join(&example.name);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    let template = folder.join("packaged.yaml");
    moto.aws(&["s3api", "create-bucket", "--bucket", BUCKET]).output();
    moto.tool("sam")
        .args(["package", "--s3-bucket", BUCKET, "--template-file"])
        .arg(example.template())
        .arg("--output-template-file")
        .arg(&template)
        .output();
    let functions = example::read_functions(&template);
    let key = |function: &Value| {
        let uri = function["CodeUri"].as_str().expect("code for each function");
        uri.strip_prefix(&format!("s3://{BUCKET}/")).expect("a key of the bucket").to_owned()
    };
    let keys: BTreeMap<String, String> =
        functions.iter().map(|(id, function)| (id.clone(), key(function))).collect();
    let uploads = keys
        .values()
        .map(|key| (key.clone(), download_zip(&moto, key, &folder.join(key))))
        .collect();
    Packaged { plain: toolbox::tool("translation").arg(&template).json(), keys, uploads }
}

/// Downloads a zip and unpacks it as Lambda does.
fn download_zip(moto: &Moto, key: &str, folder: &Path) -> Upload {
    let zip = folder.with_extension("zip");
    if !zip.exists() {
        moto.download(BUCKET, key, &zip);
        let modes = toolbox::tool("unzip").arg(&zip).arg(folder).json();
        let names: Vec<&String> = modes.as_object().unwrap().keys().collect();
        assert_eq!(names, ["bootstrap"], "the zip contains only the binary");
    }
    Upload { zip, bootstrap: folder.join("bootstrap") }
}

#[test]
fn sam_package_uploads_the_built_binary_byte_for_byte_and_executable() {
    for example in example::all_examples() {
        let (name, packaged) = (&example.name, get_packaged(example));
        assert_eq!(packaged.keys.len(), example.functions().len());
        for Upload { bootstrap, .. } in packaged.uploads.values() {
            let (uploaded, built) =
                (fs::read(bootstrap).unwrap(), fs::read(&example.binary).unwrap());
            assert!(uploaded == built, "`{name}`: the uploaded binary is not the built one");
            let mode = fs::metadata(bootstrap).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o755, "`{name}`: mode {mode:o}: Lambda cannot start it");
        }
    }
}

/// The template of `sam build` has the same code folder, so that `sam package` uploads the same binary.
#[test]
fn sam_build_before_sam_package_does_not_change_the_uploaded_code() {
    for example in example::all_examples() {
        let build_folder = tempfile::tempdir().unwrap();
        toolbox::tool("sam")
            .args(["build", "--template-file"])
            .arg(example.template())
            .arg("--build-dir")
            .arg(build_folder.path())
            .current_dir(workspace::root())
            .output();
        let built = example::read_functions(&build_folder.path().join("template.yaml"));
        assert_eq!(built.len(), example.functions().len());
        let code = |path: PathBuf| path.canonicalize().unwrap();
        for (id, function) in built {
            let named = code(build_folder.path().join(function["CodeUri"].as_str().unwrap()));
            assert_eq!(named, code(example.folder.join("code")), "`{}`: {id}", example.name);
        }
    }
}
