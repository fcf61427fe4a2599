//! Packages an application with nested stacks, with SAM and without. Takes the templates of the golden case. Gives the
//! uploaded templates of the nested stacks, and their code.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};
use skylift_tests::workspace;

use crate::moto::Moto;
use crate::package::BUCKET;
use crate::toolbox;

/// The output directory of the golden case with nested stacks, as `main!()` publishes it.
fn publish(folder: &Path) {
    let case = workspace::root().join("tests/templates/nested");
    for name in ["template.yaml", "cloudformation.yaml"] {
        fs::copy(case.join(name), folder.join(name)).unwrap();
    }
    for name in ["stacks", "cloudformation"] {
        fs::create_dir(folder.join(name)).unwrap();
        for file in workspace::list_folder(&case.join(name)) {
            fs::copy(&file, folder.join(name).join(file.file_name().unwrap())).unwrap();
        }
    }
    let program = folder.join("code/bootstrap");
    fs::create_dir(folder.join("code")).unwrap();
    fs::write(&program, "the program").unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
}

/// The resources of a template by their ids.
fn resources(template: &Path) -> Map<String, Value> {
    let template = toolbox::tool("as_json").arg(template).json();
    template["Resources"].as_object().unwrap().clone()
}

/// Downloads the templates that the nested stacks of a packaged template name.
fn download_nested(moto: &Moto, packaged: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for (id, resource) in resources(packaged) {
        if resource["Type"] != "AWS::CloudFormation::Stack" {
            continue;
        }
        let url = resource["Properties"]["TemplateURL"].as_str().unwrap();
        assert!(url.starts_with("http"), "`{id}` is uploaded: {url}");
        let file = packaged.with_file_name(format!("{id}.yaml"));
        moto.download(BUCKET, url.rsplit('/').next().unwrap(), &file);
        all.push(file);
    }
    assert!(all.len() > 5, "{all:?}");
    all
}

/// Returns the functions of the templates of this type.
fn functions(templates: &[PathBuf], kind: &str) -> Vec<(String, Value)> {
    let all = templates.iter().flat_map(|template| resources(template));
    let functions = all.filter(|(_, resource)| resource["Type"] == kind);
    functions.map(|(id, resource)| (id, resource["Properties"].clone())).collect()
}

#[test]
fn sam_package_uploads_nested_stacks_with_the_code_of_their_functions() {
    let folder = tempfile::tempdir().unwrap();
    publish(folder.path());
    let moto = Moto::start();
    moto.aws(&["s3api", "create-bucket", "--bucket", BUCKET]).output();
    let packaged = folder.path().join("packaged.yaml");
    moto.tool("sam")
        .args(["package", "--s3-bucket", BUCKET, "--template-file"])
        .arg(folder.path().join("template.yaml"))
        .arg("--output-template-file")
        .arg(&packaged)
        .output();
    let functions = functions(&download_nested(&moto, &packaged), "AWS::Serverless::Function");
    assert_eq!(functions.len(), 10);
    for (id, function) in functions {
        let code = function["CodeUri"].as_str().unwrap();
        assert!(code.starts_with(&format!("s3://{BUCKET}/")), "`{id}`: {code}");
    }
}

#[test]
fn cloudformation_package_uploads_nested_stacks_whose_code_is_a_parameter() {
    let folder = tempfile::tempdir().unwrap();
    publish(folder.path());
    let moto = Moto::start();
    moto.aws(&["s3api", "create-bucket", "--bucket", BUCKET]).output();
    let packaged = folder.path().join("packaged.yaml");
    moto.tool("aws")
        .args(["cloudformation", "package", "--s3-bucket", BUCKET, "--template-file"])
        .arg(folder.path().join("cloudformation.yaml"))
        .arg("--output-template-file")
        .arg(&packaged)
        .output();
    let nested = download_nested(&moto, &packaged);
    let functions = functions(&nested, "AWS::Lambda::Function");
    assert_eq!(functions.len(), 10);
    for (id, function) in functions {
        assert_eq!(function["Code"]["S3Bucket"]["Ref"], "CodeBucket", "`{id}`");
    }
}
