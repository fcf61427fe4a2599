//! `sam package` of every example. Takes the folder that a build leaves, gives what arrives in S3, to
//! be compared with what Cargo built.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde_json::Value;
use skylift_tests::places;

use crate::example::{self, Example};
use crate::moto::Moto;
use crate::toolbox;

pub(crate) const BUCKET: &str = "artefacts";

/// An application as uploaded.
pub(crate) struct Packaged {
    /// The template that names the uploaded code, in its plain form.
    pub(crate) plain: Value,
    /// The key of each function's code, by its logical id.
    keys: BTreeMap<String, String>,
    /// What was uploaded, by its key: the zip, and the binary that was in it.
    pub(crate) uploads: BTreeMap<String, Upload>,
}

pub(crate) struct Upload {
    pub(crate) zip: PathBuf,
    pub(crate) bootstrap: PathBuf,
}

impl Packaged {
    /// The code of all functions, which have one binary.
    pub(crate) fn upload(&self) -> (&str, &Upload) {
        let mut uploads = self.uploads.iter();
        let (key, upload) = uploads.next().expect("there is code");
        assert!(uploads.next().is_none(), "an example has one binary");
        (key, upload)
    }
}

/// An example as a user uploads it; once, since each zip takes seconds.
pub(crate) fn of(example: &Example) -> &'static Packaged {
    static PACKAGED: OnceLock<BTreeMap<String, OnceLock<Packaged>>> = OnceLock::new();
    let packaged = PACKAGED.get_or_init(|| {
        example::all().iter().map(|example| (example.name.clone(), OnceLock::new())).collect()
    });
    packaged[&example.name].get_or_init(|| package(example))
}

/// Uploads the code of an example and fetches it back into a folder of its own.
fn package(example: &Example) -> Packaged {
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
    let functions = example::functions(&template);
    let key = |function: &Value| {
        let uri = function["CodeUri"].as_str().expect("code for each function");
        uri.strip_prefix(&format!("s3://{BUCKET}/")).expect("a key of the bucket").to_owned()
    };
    let keys: BTreeMap<String, String> =
        functions.iter().map(|(id, function)| (id.clone(), key(function))).collect();
    let uploads =
        keys.values().map(|key| (key.clone(), fetch(&moto, key, &folder.join(key)))).collect();
    Packaged { plain: toolbox::tool("translation").arg(&template).json(), keys, uploads }
}

/// Downloads a zip and unpacks it as Lambda does.
fn fetch(moto: &Moto, key: &str, folder: &Path) -> Upload {
    let zip = folder.with_extension("zip");
    if !zip.exists() {
        moto.object(BUCKET, key, &zip);
        let modes = toolbox::tool("unzip").arg(&zip).arg(folder).json();
        let names: Vec<&String> = modes.as_object().unwrap().keys().collect();
        assert_eq!(names, ["bootstrap"], "the zip holds the binary and nothing else");
    }
    Upload { zip, bootstrap: folder.join("bootstrap") }
}

#[test]
fn sam_package_uploads_the_built_binary_byte_for_byte_and_executable() {
    for example in example::all() {
        let (name, packaged) = (&example.name, of(example));
        assert_eq!(packaged.keys.len(), example.functions().len());
        for Upload { bootstrap, .. } in packaged.uploads.values() {
            let (uploaded, built) =
                (fs::read(bootstrap).unwrap(), fs::read(&example.binary).unwrap());
            assert!(uploaded == built, "`{name}`: what is uploaded is not what was built");
            let mode = fs::metadata(bootstrap).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o755, "`{name}`: mode {mode:o}: Lambda cannot start it");
        }
    }
}

/// The built template names the same folder, so that `sam package` uploads the same.
#[test]
fn a_habitual_sam_build_before_it_changes_nothing_of_what_is_uploaded() {
    for example in example::all() {
        let build = tempfile::tempdir().unwrap();
        toolbox::tool("sam")
            .args(["build", "--template-file"])
            .arg(example.template())
            .arg("--build-dir")
            .arg(build.path())
            .current_dir(places::root())
            .output();
        let built = example::functions(&build.path().join("template.yaml"));
        assert_eq!(built.len(), example.functions().len());
        let code = |path: PathBuf| path.canonicalize().unwrap();
        for (id, function) in built {
            let named = code(build.path().join(function["CodeUri"].as_str().unwrap()));
            assert_eq!(named, code(example.folder.join("code")), "`{}`: {id}", example.name);
        }
    }
}
