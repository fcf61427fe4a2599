//! A deployed example. Takes what a build leaves, deploys it with SAM in its plain form, since the stand-in
//! for AWS expands no SAM, or without SAM as it is, and gives what was made of it, and its functions as
//! Lambda would run them.

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
    /// Handlers by the logical ids of their functions.
    handlers: BTreeMap<String, String>,
    /// Logical id to physical id.
    pub(crate) ids: BTreeMap<String, String>,
    /// The code of the functions, as it was uploaded.
    bootstrap: PathBuf,
}

impl Stack {
    /// By `sam deploy`, of the template that `sam package` made.
    pub(crate) fn deploy(example: &Example) -> Self {
        let mut plain = package::of(example).plain.clone();
        name_fifo_queues(&mut plain);
        Self::deploy_by(example, |moto| {
            moto.tool("sam")
                .args(["deploy", "--stack-name", &example.name, "--template-file"])
                .arg(written(&plain, &example.name))
                .args(["--s3-bucket", BUCKET, "--no-confirm-changeset"])
        })
    }

    /// By `aws cloudformation deploy`, of the template without SAM.
    pub(crate) fn deploy_without_sam(example: &Example) -> Self {
        let (key, _) = package::of(example).upload();
        let template = example.folder.join("cloudformation.yaml");
        let mut plain = crate::toolbox::tool("as_json").arg(&template).json();
        let template =
            if name_fifo_queues(&mut plain) { written(&plain, &example.name) } else { template };
        Self::deploy_by(example, |moto| {
            let code = [format!("CodeBucket={BUCKET}"), format!("CodeKey={key}")];
            moto.aws(&["cloudformation", "deploy", "--stack-name", &example.name])
                .arg("--template-file")
                .arg(&template)
                .arg("--parameter-overrides")
                .args(code)
        })
    }

    fn deploy_by(example: &Example, deploy: impl FnOnce(&Moto) -> Tool) -> Self {
        let moto = Moto::start();
        moto.aws(&["s3api", "create-bucket", "--bucket", BUCKET]).output();
        let packaged = package::of(example);
        for (key, upload) in &packaged.uploads {
            moto.put(BUCKET, key, &upload.zip);
        }
        deploy(&moto).args(["--capabilities", "CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"]).output();
        let of = ["--stack-name", &example.name];
        let described =
            moto.aws(&[&["cloudformation", "describe-stack-resources"], &of[..]].concat()).json();
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
        Self { moto, handlers, ids, bootstrap: packaged.upload().1.bootstrap.clone() }
    }

    /// What the deployed function has in its environment.
    pub(crate) fn environment(&self, id: &str) -> BTreeMap<String, String> {
        let name = &self.ids[id];
        let configuration =
            self.aws(&["lambda", "get-function-configuration", "--function-name", name]);
        let variables = configuration["Environment"]["Variables"].as_object().cloned();
        let text = |(key, value): (String, Value)| (key, value.as_str().unwrap().to_owned());
        variables.unwrap_or_default().into_iter().map(text).collect()
    }

    /// The deployed function as Lambda runs it: the uploaded code, in the environment that was
    /// deployed, with the stand-in for AWS around it.
    pub(crate) fn start(&self, id: &str) -> Function {
        let mut environment = self.environment(id);
        environment.extend(self.moto.settings());
        self.start_in(id, &environment)
    }

    /// The deployed function in another environment.
    pub(crate) fn start_in(&self, id: &str, environment: &BTreeMap<String, String>) -> Function {
        Function::start(&self.bootstrap, &self.handlers[id], environment)
    }

    /// What the AWS CLI says; it says nothing where there is nothing.
    pub(crate) fn aws(&self, args: &[&str]) -> Value {
        let said = self.moto.aws(args).output();
        if said.trim().is_empty() { Value::Null } else { serde_json::from_str(&said).unwrap() }
    }
}

/// A template in a file of its own: tests deploy one example at the same time.
fn written(plain: &Value, name: &str) -> PathBuf {
    static WRITTEN: AtomicUsize = AtomicUsize::new(0);
    let number = WRITTEN.fetch_add(1, Ordering::Relaxed);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("deployed");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join(format!("{name}-{number}.json"));
    std::fs::write(&file, plain.to_string()).unwrap();
    file
}

/// CloudFormation ends the names that it makes for FIFO queues in `.fifo`, as SQS wants them; moto does not.
/// Gives whether there are any.
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
