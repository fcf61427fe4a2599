//! Deployments of every example, with `sam deploy` and, without SAM, with `aws cloudformation deploy`. Compares the
//! application in `app.json` with the functions and resources that the AWS CLI lists after the deployment.

use serde_json::Value;

use crate::example::{self, Example};
use crate::package::BUCKET;
use crate::stack::Stack;

/// A deployed application, with the functions and resources of its `app.json`.
struct Deployed {
    functions: Vec<Value>,
    resources: Vec<Value>,
    stack: Stack,
}

fn as_string(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("not a string: {value}")).to_owned()
}

/// Returns whether the events of a bucket reach the function through a rule of EventBridge.
fn is_through_a_rule(trigger: &Value) -> bool {
    trigger["through"] == "event_bridge"
}

/// Returns the last part of an ARN, a URL or a name.
fn last_part(text: &str) -> String {
    text.rsplit(['/', ':']).next().unwrap_or_default().to_owned()
}

/// Sorts values and keeps duplicates.
fn sort_values<T: Ord>(all: impl IntoIterator<Item = T>) -> Vec<T> {
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

    /// Returns the physical name of the resource with this logical id.
    fn physical_name(&self, id: &str) -> String {
        let ids = &self.stack.ids;
        last_part(ids.get(id).unwrap_or_else(|| panic!("`{id}` is not deployed: {ids:?}")))
    }

    /// Returns the physical name of the resource with this name in the source.
    fn declared_name(&self, ident: &Value) -> String {
        let resource = self.resources.iter().find(|resource| resource["ident"] == *ident);
        self.physical_name(
            resource.expect("the application has the resource")["id"].as_str().unwrap(),
        )
    }

    /// Returns the logical ids of the resources of one kind.
    fn ids_of_kind<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a str> {
        let resources = self.resources.iter().filter(move |resource| !resource[kind].is_null());
        resources.map(|resource| resource["id"].as_str().unwrap())
    }

    /// Returns the triggers of one kind, each with the physical name of its function.
    fn triggers<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = (String, &'a Value)> {
        let functions = self.functions.iter();
        functions.flat_map(move |function| {
            let triggers = function["triggers"].as_array().into_iter().flatten();
            let of_kind = triggers.map(move |trigger| &trigger[kind]).filter(|it| !it.is_null());
            of_kind.map(|trigger| (self.physical_name(function["id"].as_str().unwrap()), trigger))
        })
    }

    /// Returns the physical name and the schedule of each function that is kept warm.
    fn keep_warm_schedules(&self) -> impl Iterator<Item = (String, String)> {
        let kept = self.functions.iter().filter(|function| !function["keep_warm"].is_null());
        kept.map(|it| {
            (self.physical_name(it["id"].as_str().unwrap()), as_string(&it["keep_warm"]["every"]))
        })
    }

    fn list(&self, args: &[&str], key: &str) -> Vec<Value> {
        self.stack.aws(args)[key].as_array().cloned().unwrap_or_default()
    }

    fn assert_functions(&self) {
        let declared = self.functions.iter().map(|function| {
            let setting =
                |key: &str, default: u64| function["settings"][key].as_u64().unwrap_or(default);
            let name = self.physical_name(function["id"].as_str().unwrap());
            (name, as_string(&function["handler"]), setting("memory", 128), setting("timeout", 3))
        });
        let listed = self.list(&["lambda", "list-functions"], "Functions");
        let listed = listed.iter().map(|it| {
            assert_eq!(it["Runtime"], "provided.al2023", "{it}");
            let number = |key: &str| it[key].as_u64().unwrap();
            let name = as_string(&it["FunctionName"]);
            (name, as_string(&it["Handler"]), number("MemorySize"), number("Timeout"))
        });
        assert_eq!(sort_values(listed), sort_values(declared));
    }

    fn assert_rules(&self) {
        let scheduled = self.triggers("schedule");
        let scheduled = scheduled.map(|(function, it)| (function, as_string(&it["expression"])));
        let (mut listed, mut by_pattern) = (Vec::new(), Vec::new());
        for rule in self.list(&["events", "list-rules"], "Rules") {
            let list_targets =
                ["events", "list-targets-by-rule", "--rule", rule["Name"].as_str().unwrap()];
            for target in self.list(&list_targets, "Targets") {
                let function = last_part(target["Arn"].as_str().unwrap());
                match rule["ScheduleExpression"].as_str() {
                    Some(schedule) => listed.push((function, schedule.to_owned())),
                    None => by_pattern.push(function),
                }
            }
        }
        assert_eq!(sort_values(listed), sort_values(scheduled.chain(self.keep_warm_schedules())));
        let through_rules = self.triggers("s3").filter(|(_, it)| is_through_a_rule(it));
        assert_eq!(
            sort_values(by_pattern),
            sort_values(through_rules.map(|(function, _)| function))
        );
    }

    fn assert_event_source_mappings(&self) {
        let queues = self
            .triggers("sqs")
            .map(|(name, it)| (name, self.declared_name(&it["queue"]["declared"])));
        let streams = self
            .triggers("kinesis")
            .map(|(name, it)| (name, self.declared_name(&it["stream"]["declared"])));
        let resumed = self.functions.iter().filter(|function| !function["resume"].is_null());
        let resumed = resumed.map(|function| {
            let id = function["id"].as_str().unwrap();
            (self.physical_name(id), self.physical_name(&format!("{id}Resume")))
        });
        let listed = self.list(&["lambda", "list-event-source-mappings"], "EventSourceMappings");
        let part = |it: &Value, key: &str| last_part(it[key].as_str().unwrap());
        let listed = listed.iter().map(|it| (part(it, "FunctionArn"), part(it, "EventSourceArn")));
        assert_eq!(sort_values(listed), sort_values(queues.chain(streams).chain(resumed)));
    }

    /// Compares the services that may invoke each function, according to its resource policy.
    fn assert_permissions(&self) {
        let by = |kind, service: &'static str| {
            self.triggers(kind).map(move |(function, _)| (function, service.to_owned()))
        };
        let warm = self
            .keep_warm_schedules()
            .map(|(function, _)| (function, "events.amazonaws.com".to_owned()));
        let declared = by("http", "apigateway.amazonaws.com")
            .chain(self.triggers("s3").map(|(function, it)| {
                let by_rule = is_through_a_rule(it);
                let service = if by_rule { "events.amazonaws.com" } else { "s3.amazonaws.com" };
                (function, service.to_owned())
            }))
            .chain(by("schedule", "events.amazonaws.com"))
            .chain(warm);
        let mut listed = Vec::new();
        for function in &self.functions {
            let name = self.physical_name(function["id"].as_str().unwrap());
            let policy = self.stack.moto.aws(&["lambda", "get-policy", "--function-name", &name]);
            // A function without a policy grants nothing.
            let Some(answer) = policy.attempt("ResourceNotFoundException") else { continue };
            let policy: Value = serde_json::from_str(answer["Policy"].as_str().unwrap()).unwrap();
            for statement in policy["Statement"].as_array().unwrap() {
                assert_eq!(statement["Effect"], "Allow", "{statement}");
                listed.push((name.clone(), as_string(&statement["Principal"]["Service"])));
            }
        }
        assert_eq!(sort_values(listed), sort_values(declared));
    }

    fn assert_queues_and_buckets(&self) {
        let queues = self.ids_of_kind("queue").flat_map(|id| {
            [self.physical_name(id), self.physical_name(&format!("{id}DeadLetters"))]
        });
        let urls = self.list(&["sqs", "list-queues"], "QueueUrls");
        assert_eq!(
            sort_values(urls.iter().map(|url| last_part(url.as_str().unwrap()))),
            sort_values(queues)
        );
        let buckets =
            self.ids_of_kind("bucket").map(|id| self.physical_name(id)).chain([BUCKET.to_owned()]);
        let listed = self.list(&["s3api", "list-buckets"], "Buckets");
        assert_eq!(
            sort_values(listed.iter().map(|bucket| as_string(&bucket["Name"]))),
            sort_values(buckets)
        );
    }

    fn assert_deployed(&self) {
        self.assert_functions();
        self.assert_rules();
        self.assert_event_source_mappings();
        self.assert_permissions();
        self.assert_queues_and_buckets();
    }
}

#[test]
fn sam_deploy_creates_the_functions_and_resources_of_every_example() {
    for example in example::all_examples() {
        Deployed::new(example, Stack::deploy(example)).assert_deployed();
    }
}

#[test]
fn a_deployment_without_sam_creates_the_functions_and_resources_of_every_example() {
    for example in example::all_examples() {
        Deployed::new(example, Stack::deploy_without_sam(example)).assert_deployed();
    }
}
