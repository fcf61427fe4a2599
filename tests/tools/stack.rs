//! A deployed example. Takes the packaged template in its plain form, since the stand-in for AWS
//! expands no SAM, and gives what was made of it, and its functions as Lambda would run them.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;

use crate::emulator::Function;
use crate::example::Example;
use crate::moto::Moto;
use crate::{package, toolbox};

/// A deployed application.
pub(crate) struct Stack {
    pub(crate) moto: Moto,
    /// The plain template's resources by logical id.
    pub(crate) resources: serde_json::Map<String, Value>,
    /// Logical id to physical id.
    pub(crate) ids: BTreeMap<String, String>,
    /// The code of the functions, as it was uploaded.
    bootstrap: PathBuf,
}

impl Stack {
    pub(crate) fn deploy(example: &Example) -> Self {
        static STACKS: AtomicUsize = AtomicUsize::new(0);
        let moto = Moto::start();
        // Tests deploy one example at the same time.
        let number = STACKS.fetch_add(1, Ordering::Relaxed);
        let folder = format!("deployed/{}-{number}", example.name);
        let packaged = package::package(&moto, &example.template(), &folder);
        let plain = toolbox::output(toolbox::script("translation.py").arg(&packaged.template));
        let mut plain: Value = serde_json::from_str(&plain).unwrap();
        name_fifo_queues(&mut plain);
        let template = packaged.template.with_file_name("plain.json");
        std::fs::write(&template, plain.to_string()).unwrap();
        toolbox::output(
            moto.tool("sam")
                .args(["deploy", "--stack-name", &example.name, "--template-file"])
                .arg(&template)
                .args(["--s3-bucket", package::BUCKET, "--no-confirm-changeset"])
                .args(["--capabilities", "CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"]),
        );
        let described = toolbox::json(&mut moto.aws(&[
            "cloudformation",
            "describe-stack-resources",
            "--stack-name",
            &example.name,
        ]));
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
        let resources = plain["Resources"].as_object().unwrap().clone();
        Self { moto, resources, ids, bootstrap: packaged.codes[0].clone() }
    }

    /// What the deployed function has in its environment.
    pub(crate) fn environment(&self, id: &str) -> BTreeMap<String, String> {
        let name = &self.ids[id];
        let args = ["lambda", "get-function-configuration", "--function-name", name];
        let configuration = toolbox::json(&mut self.moto.aws(&args));
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
        let handler = self.resources[id]["Properties"]["Handler"].as_str().unwrap();
        Function::start(&self.bootstrap, handler, environment)
    }

    /// What the AWS CLI says; it says nothing where there is nothing.
    pub(crate) fn aws(&self, args: &[&str]) -> Value {
        let said = toolbox::output(&mut self.moto.aws(args));
        if said.trim().is_empty() { Value::Null } else { serde_json::from_str(&said).unwrap() }
    }
}

/// CloudFormation ends the names that it makes for FIFO queues in `.fifo`, as SQS wants them; moto does not.
fn name_fifo_queues(template: &mut Value) {
    for (id, resource) in template["Resources"].as_object_mut().unwrap() {
        let fifo = resource["Type"] == "AWS::SQS::Queue"
            && resource["Properties"]["FifoQueue"] == true
            && resource["Properties"]["QueueName"].is_null();
        if fifo {
            resource["Properties"]["QueueName"] = format!("{id}.fifo").into();
        }
    }
}
