//! Every example deployed, by `sam deploy` and without SAM by `aws cloudformation deploy`. Takes what
//! `app.json` says of the application, and compares it with what the AWS CLI then lists.

use serde_json::Value;

use crate::example::{self, Example};
use crate::package::BUCKET;
use crate::stack::Stack;

/// A deployed application, and what its source says of it.
struct Deployed {
    functions: Vec<Value>,
    resources: Vec<Value>,
    stack: Stack,
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

/// The last part of an ARN, a URL or a name.
fn last(text: &str) -> String {
    text.rsplit(['/', ':']).next().unwrap_or_default().to_owned()
}

/// All of them, each as often as it is there.
fn sorted<T: Ord>(all: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut all: Vec<T> = all.into_iter().collect();
    all.sort();
    all
}

impl Deployed {
    fn new(example: &Example, stack: Stack) -> Self {
        let app = std::fs::read(example.folder.join("app.json")).unwrap();
        let app: Value = serde_json::from_slice(&app).unwrap();
        let list = |key: &str| app[key].as_array().unwrap().clone();
        Self { functions: list("functions"), resources: list("resources"), stack }
    }

    /// The physical name of what has that logical id.
    fn name(&self, id: &str) -> String {
        let ids = &self.stack.ids;
        last(ids.get(id).unwrap_or_else(|| panic!("`{id}` is not deployed: {ids:?}")))
    }

    /// The physical name of what the source declares by that name.
    fn declared(&self, ident: &Value) -> String {
        let resource = self.resources.iter().find(|resource| resource["ident"] == *ident);
        self.name(resource.expect("the application has it")["id"].as_str().unwrap())
    }

    /// The logical ids of the resources of one kind.
    fn of_kind<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a str> {
        let resources = self.resources.iter().filter(move |resource| !resource[kind].is_null());
        resources.map(|resource| resource["id"].as_str().unwrap())
    }

    /// The triggers of one kind, each with the physical name of its function.
    fn triggers<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = (String, &'a Value)> {
        let functions = self.functions.iter();
        functions.flat_map(move |function| {
            let triggers = function["triggers"].as_array().into_iter().flatten();
            let of_kind = triggers.map(move |trigger| &trigger[kind]).filter(|it| !it.is_null());
            of_kind.map(|trigger| (self.name(function["id"].as_str().unwrap()), trigger))
        })
    }

    /// The schedule of each function that is kept warm, with its physical name.
    fn kept_warm(&self) -> impl Iterator<Item = (String, String)> {
        let kept = self.functions.iter().filter(|function| !function["keep_warm"].is_null());
        kept.map(|it| (self.name(it["id"].as_str().unwrap()), text(&it["keep_warm"]["every"])))
    }

    fn list(&self, args: &[&str], key: &str) -> Vec<Value> {
        self.stack.aws(args)[key].as_array().cloned().unwrap_or_default()
    }

    fn assert_functions(&self) {
        let declared = self.functions.iter().map(|function| {
            let setting =
                |key: &str, else_: u64| function["settings"][key].as_u64().unwrap_or(else_);
            let name = self.name(function["id"].as_str().unwrap());
            (name, text(&function["handler"]), setting("memory", 128), setting("timeout", 3))
        });
        let listed = self.list(&["lambda", "list-functions"], "Functions");
        let listed = listed.iter().map(|it| {
            assert_eq!(it["Runtime"], "provided.al2023", "{it}");
            let number = |key: &str| it[key].as_u64().unwrap();
            let name = text(&it["FunctionName"]);
            (name, text(&it["Handler"]), number("MemorySize"), number("Timeout"))
        });
        assert_eq!(sorted(listed), sorted(declared));
    }

    fn assert_rules(&self) {
        let scheduled = self.triggers("schedule");
        let scheduled = scheduled.map(|(function, it)| (function, text(&it["expression"])));
        let mut listed = Vec::new();
        for rule in self.list(&["events", "list-rules"], "Rules") {
            let of_rule =
                ["events", "list-targets-by-rule", "--rule", rule["Name"].as_str().unwrap()];
            for target in self.list(&of_rule, "Targets") {
                listed.push((
                    last(target["Arn"].as_str().unwrap()),
                    text(&rule["ScheduleExpression"]),
                ));
            }
        }
        assert_eq!(sorted(listed), sorted(scheduled.chain(self.kept_warm())));
    }

    fn assert_event_source_mappings(&self) {
        let queues =
            self.triggers("sqs").map(|(name, it)| (name, self.declared(&it["queue"]["declared"])));
        let streams = self
            .triggers("kinesis")
            .map(|(name, it)| (name, self.declared(&it["stream"]["declared"])));
        let resumed = self.functions.iter().filter(|function| !function["resume"].is_null());
        let resumed = resumed.map(|function| {
            let id = function["id"].as_str().unwrap();
            (self.name(id), self.name(&format!("{id}Resume")))
        });
        let listed = self.list(&["lambda", "list-event-source-mappings"], "EventSourceMappings");
        let part = |it: &Value, key: &str| last(it[key].as_str().unwrap());
        let listed = listed.iter().map(|it| (part(it, "FunctionArn"), part(it, "EventSourceArn")));
        assert_eq!(sorted(listed), sorted(queues.chain(streams).chain(resumed)));
    }

    /// Who may call each function, as its policy says.
    fn assert_permissions(&self) {
        let by = |kind, service: &'static str| {
            self.triggers(kind).map(move |(function, _)| (function, service.to_owned()))
        };
        let warm =
            self.kept_warm().map(|(function, _)| (function, "events.amazonaws.com".to_owned()));
        let declared = by("http", "apigateway.amazonaws.com")
            .chain(by("s3", "s3.amazonaws.com"))
            .chain(by("schedule", "events.amazonaws.com"))
            .chain(warm);
        let mut listed = Vec::new();
        for function in &self.functions {
            let name = self.name(function["id"].as_str().unwrap());
            let policy = self.stack.moto.aws(&["lambda", "get-policy", "--function-name", &name]);
            // Nobody may call a function that has none.
            let Some(answer) = policy.attempt("ResourceNotFoundException") else { continue };
            let policy: Value = serde_json::from_str(answer["Policy"].as_str().unwrap()).unwrap();
            for statement in policy["Statement"].as_array().unwrap() {
                assert_eq!(statement["Effect"], "Allow", "{statement}");
                listed.push((name.clone(), text(&statement["Principal"]["Service"])));
            }
        }
        assert_eq!(sorted(listed), sorted(declared));
    }

    fn assert_queues_and_buckets(&self) {
        let queues = self
            .of_kind("queue")
            .flat_map(|id| [self.name(id), self.name(&format!("{id}DeadLetters"))]);
        let urls = self.list(&["sqs", "list-queues"], "QueueUrls");
        assert_eq!(sorted(urls.iter().map(|url| last(url.as_str().unwrap()))), sorted(queues));
        let buckets = self.of_kind("bucket").map(|id| self.name(id)).chain([BUCKET.to_owned()]);
        let listed = self.list(&["s3api", "list-buckets"], "Buckets");
        assert_eq!(sorted(listed.iter().map(|bucket| text(&bucket["Name"]))), sorted(buckets));
    }

    fn assert_is_there(&self) {
        self.assert_functions();
        self.assert_rules();
        self.assert_event_source_mappings();
        self.assert_permissions();
        self.assert_queues_and_buckets();
    }
}

#[test]
fn what_every_example_declares_is_there_after_sam_deploy() {
    for example in example::all() {
        Deployed::new(example, Stack::deploy(example)).assert_is_there();
    }
}

#[test]
fn what_every_example_declares_is_there_after_a_deployment_without_sam() {
    for example in example::all() {
        Deployed::new(example, Stack::deploy_without_sam(example)).assert_is_there();
    }
}
