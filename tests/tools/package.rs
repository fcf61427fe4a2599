//! `sam package` of every example. Takes the folder that a build leaves, gives what arrives in S3, to
//! be compared with what Cargo built.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::example::{self, Example};
use crate::moto::Moto;
use crate::toolbox;
use skylift_tests::places;

pub(crate) const BUCKET: &str = "artefacts";

/// An application as uploaded.
pub(crate) struct Packaged {
    /// The template, which names the uploaded code.
    pub(crate) template: PathBuf,
    /// The code of each function, unpacked.
    pub(crate) codes: Vec<PathBuf>,
}

/// Every example as a user uploads it, in the order of the examples; made once.
pub(crate) fn examples() -> &'static [Packaged] {
    static PACKAGED: OnceLock<Vec<Packaged>> = OnceLock::new();
    PACKAGED.get_or_init(|| {
        let package = |example: &Example| {
            package(&Moto::start(), &example.template(), &format!("uploaded/{}", example.name))
        };
        example::all().iter().map(package).collect()
    })
}

/// Uploads the code of a template and fetches it back into a folder of its own.
pub(crate) fn package(moto: &Moto, template: &Path, folder: &str) -> Packaged {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(folder);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    let packaged = folder.join("packaged.yaml");
    toolbox::output(&mut moto.aws(&["s3api", "create-bucket", "--bucket", BUCKET]));
    toolbox::output(
        moto.tool("sam")
            .args(["package", "--s3-bucket", BUCKET, "--template-file"])
            .arg(template)
            .arg("--output-template-file")
            .arg(&packaged),
    );
    let uploaded = toolbox::json(toolbox::script("as_json.py").arg(&packaged));
    let resources = uploaded["Resources"].as_object().unwrap();
    let codes = resources
        .iter()
        .filter(|(_, resource)| resource["Type"] == "AWS::Serverless::Function")
        .map(|(id, resource)| {
            let uri = resource["Properties"]["CodeUri"].as_str().expect("code for each function");
            fetch(moto, uri, &folder.join(id))
        })
        .collect();
    Packaged { template: packaged, codes }
}

/// Downloads a zip and unpacks it as Lambda does.
fn fetch(moto: &Moto, uri: &str, folder: &Path) -> PathBuf {
    let (bucket, key) = uri.strip_prefix("s3://").unwrap().split_once('/').unwrap();
    let zip = folder.with_extension("zip");
    moto.object(bucket, key, &zip);
    let modes = toolbox::json(toolbox::script("unzip.py").arg(&zip).arg(folder));
    let names: Vec<&String> = modes.as_object().unwrap().keys().collect();
    assert_eq!(names, ["bootstrap"], "the zip holds the binary and nothing else");
    folder.join("bootstrap")
}

fn assert_is_the_binary(bootstrap: &Path, example: &Example) {
    let (uploaded, built) = (fs::read(bootstrap).unwrap(), fs::read(&example.binary).unwrap());
    assert!(uploaded == built, "`{}`: what is uploaded is not what was built", example.name);
    let mode = fs::metadata(bootstrap).unwrap().permissions().mode();
    assert_eq!(mode & 0o111, 0o111, "`{}`: mode {mode:o}: Lambda cannot start it", example.name);
}

#[test]
fn sam_package_uploads_the_built_binary_byte_for_byte_and_executable() {
    for (example, packaged) in example::all().iter().zip(examples()) {
        assert_eq!(packaged.codes.len(), example.functions().len());
        for bootstrap in &packaged.codes {
            assert_is_the_binary(bootstrap, example);
        }
    }
}

#[test]
fn a_habitual_sam_build_before_it_changes_nothing_of_what_is_uploaded() {
    for example in example::all() {
        let build = tempfile::tempdir().unwrap();
        toolbox::output(
            toolbox::tool("sam")
                .args(["build", "--template-file"])
                .arg(example.template())
                .arg("--build-dir")
                .arg(build.path())
                .current_dir(places::root()),
        );
        let template = build.path().join("template.yaml");
        let folder = format!("uploaded/{}-after-sam-build", example.name);
        let packaged = package(&Moto::start(), &template, &folder);
        assert_eq!(packaged.codes.len(), example.functions().len());
        for bootstrap in &packaged.codes {
            assert_is_the_binary(bootstrap, example);
        }
    }
}
