//! A deployed example. Takes the outputs of a build and deploys them to moto. A deployment with SAM uses the translated
//! template, because moto does not expand SAM; one without SAM uses `cloudformation.yaml`. Gives the ids of the
//! resources, and runs the functions as Lambda would.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;

use crate::emulator::Function;
use crate::example::Example;
use crate::moto::Moto;
use crate::package::{self, BUCKET};
use crate::toolbox::Tool;

/// A deployed application.
pub(crate) struct Stack {
    pub(crate) moto: Moto,
    /// The handler of each function, by its logical id.
    handlers: BTreeMap<String, String>,
    /// The physical ids by the logical ids.
    pub(crate) ids: BTreeMap<String, String>,
    /// The uploaded binary of the functions.
    bootstrap: PathBuf,
}

impl Stack {
    /// Deploys the template of `sam package` with `sam deploy`.
    pub(crate) fn deploy(example: &Example) -> Self {
        let mut plain = package::get_packaged(example).plain.clone();
        name_fifo_queues(&mut plain);
        Self::deploy_with(example, |moto| {
            moto.tool("sam")
                .args(["deploy", "--stack-name", &example.name, "--template-file"])
                .arg(write_template(&plain, &example.name))
                .args(["--s3-bucket", BUCKET, "--no-confirm-changeset"])
        })
    }

    /// Deploys `cloudformation.yaml` with `aws cloudformation deploy`.
    pub(crate) fn deploy_without_sam(example: &Example) -> Self {
        let (key, _) = package::get_packaged(example).only_upload();
        let template = example.folder.join("cloudformation.yaml");
        let mut plain = crate::toolbox::tool("as_json").arg(&template).json();
        let template = if name_fifo_queues(&mut plain) {
            write_template(&plain, &example.name)
        } else {
            template
        };
        Self::deploy_with(example, |moto| {
            let code = [format!("CodeBucket={BUCKET}"), format!("CodeKey={key}")];
            moto.aws(&["cloudformation", "deploy", "--stack-name", &example.name])
                .arg("--template-file")
                .arg(&template)
                .arg("--parameter-overrides")
                .args(code)
        })
    }

    fn deploy_with(example: &Example, deploy: impl FnOnce(&Moto) -> Tool) -> Self {
        let moto = Moto::start();
        moto.aws(&["s3api", "create-bucket", "--bucket", BUCKET]).output();
        let packaged = package::get_packaged(example);
        for (key, upload) in &packaged.uploads {
            moto.upload(BUCKET, key, &upload.zip);
        }
        deploy(&moto).args(["--capabilities", "CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"]).output();
        let describe = ["cloudformation", "describe-stack-resources", "--stack-name"];
        let described = moto.aws(&describe).arg(&example.name).json();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let ids = described["StackResources"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|resource| resource["PhysicalResourceId"].is_string())
            .map(|resource| {
                (text(&resource["LogicalResourceId"]), text(&resource["PhysicalResourceId"]))
            })
            .collect();
        let functions = example.functions().into_iter();
        let handlers = functions.map(|(id, function)| (id, text(&function["Handler"]))).collect();
        Self { moto, handlers, ids, bootstrap: packaged.only_upload().1.bootstrap.clone() }
    }

    /// Returns the environment variables of a deployed function.
    pub(crate) fn environment(&self, id: &str) -> BTreeMap<String, String> {
        let name = &self.ids[id];
        let configuration =
            self.aws(&["lambda", "get-function-configuration", "--function-name", name]);
        let variables = configuration["Environment"]["Variables"].as_object().cloned();
        let text = |(key, value): (String, Value)| (key, value.as_str().unwrap().to_owned());
        variables.unwrap_or_default().into_iter().map(text).collect()
    }

    /// Starts a deployed function as Lambda would: the uploaded code with its deployed environment variables, and
    /// with moto as AWS.
    pub(crate) fn start(&self, id: &str) -> Function {
        let mut environment = self.environment(id);
        environment.extend(self.moto.settings());
        self.start_with_environment(id, &environment)
    }

    /// Starts a deployed function with other environment variables.
    pub(crate) fn start_with_environment(
        &self,
        id: &str,
        environment: &BTreeMap<String, String>,
    ) -> Function {
        Function::start(&self.bootstrap, &self.handlers[id], environment)
    }

    /// Runs the AWS CLI and returns its output. The CLI prints nothing if there are no results.
    pub(crate) fn aws(&self, args: &[&str]) -> Value {
        let output = self.moto.aws(args).output();
        if output.trim().is_empty() { Value::Null } else { serde_json::from_str(&output).unwrap() }
    }

    /// Receives the messages of a queue, which hides them for a while, and returns their bodies.
    pub(crate) fn receive_messages(&self, url: &str) -> Vec<Value> {
        let args = ["sqs", "receive-message", "--queue-url", url, "--max-number-of-messages", "10"];
        let answer = self.aws(&args);
        let messages = answer["Messages"].as_array().cloned().unwrap_or_default();
        let body = |message: &Value| serde_json::from_str(message["Body"].as_str().unwrap());
        messages.iter().map(|message| body(message).unwrap()).collect()
    }
}

/// Writes a template to a new file: several tests deploy the same example at the same time.
fn write_template(plain: &Value, name: &str) -> PathBuf {
    static WRITTEN: AtomicUsize = AtomicUsize::new(0);
    let number = WRITTEN.fetch_add(1, Ordering::Relaxed);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("deployed");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join(format!("{name}-{number}.json"));
    std::fs::write(&file, plain.to_string()).unwrap();
    file
}

/// Gives each FIFO queue a name that ends in `.fifo`, as SQS requires: CloudFormation generates such names, but moto
/// does not. Returns whether there are FIFO queues.
fn name_fifo_queues(template: &mut Value) -> bool {
    let mut any = false;
    for (id, resource) in template["Resources"].as_object_mut().unwrap() {
        let fifo = resource["Type"] == "AWS::SQS::Queue"
            && resource["Properties"]["FifoQueue"] == true
            && resource["Properties"]["QueueName"].is_null();
        if fifo {
            resource["Properties"]["QueueName"] = format!("{id}.fifo").into();
            any = true;
        }
    }
    any
}
