//! What `cloudformation.yaml` has otherwise than SAM, and why. Takes a difference, gives the entry of the
//! list that it is of. An entry is of one type and one place, and says what each side has there.

use serde_json::{Value, json};

use super::difference::Difference;

/// A difference that there may be.
pub(super) struct Accepted {
    /// The type of the resource, or the section of the template.
    pub(super) kind: &'static str,
    /// The keys that lead to it.
    pub(super) path: &'static [&'static str],
    /// Whether both sides have what they should have there.
    sides: fn(Option<&Value>, Option<&Value>) -> bool,
    pub(super) because: &'static str,
}

const fn entry(
    kind: &'static str,
    path: &'static [&'static str],
    sides: fn(Option<&Value>, Option<&Value>) -> bool,
    because: &'static str,
) -> Accepted {
    Accepted { kind, path, sides, because }
}

const TAGS: &str = "by this tag SAM finds what it made: a template without SAM says nothing of it";
const NOT_BUILT: &str = "`sam build` alone reads it: without SAM nothing builds";
const CODE: &str =
    "the translator takes the code as uploaded somewhere; here parameters say where it is";
const VERSION: &str = "SAM has a version under another id for other code; here another description \
                       replaces it, for CloudFormation publishes no version that stays as it is";

pub(super) const ACCEPTED: &[Accepted] = &[
    entry(
        "AWS::Lambda::Function",
        &["Properties", "Tags", "lambda:createdBy", "Value"],
        sams_own,
        TAGS,
    ),
    entry("AWS::ApiGatewayV2::Stage", &["Properties", "Tags", "httpapi:createdBy"], sams_own, TAGS),
    entry(
        "AWS::ApiGatewayV2::Api",
        &["Properties", "Body", "tags", "httpapi:createdBy", "x-amazon-apigateway-tag-value"],
        sams_own,
        TAGS,
    ),
    entry("AWS::Lambda::Function", &["Metadata", "SkipBuild"], not_built, NOT_BUILT),
    entry("AWS::Lambda::EventInvokeConfig", &["Metadata", "SkipBuild"], not_built, NOT_BUILT),
    entry("AWS::Lambda::Function", &["Properties", "Code", "S3Bucket"], bucket, CODE),
    entry("AWS::Lambda::Function", &["Properties", "Code", "S3Key"], key, CODE),
    entry("Parameters", &["CodeBucket", "Type"], ours_is_string, CODE),
    entry("Parameters", &["CodeBucket", "Description"], ours_is_said, CODE),
    entry("Parameters", &["CodeKey", "Type"], ours_is_string, CODE),
    entry("Parameters", &["CodeKey", "Description"], ours_is_said, CODE),
    entry(
        "AWS::Lambda::EventInvokeConfig",
        &["Properties", "DestinationConfig"],
        sams_empty,
        "an empty one is none",
    ),
    entry("AWS::SNS::Topic", &["Properties"], sams_empty, "a topic needs no properties"),
    entry("AWS::Lambda::Version", &["Properties", "Description"], description, VERSION),
    entry("AWS::Lambda::Version", &["UpdateReplacePolicy"], retained, VERSION),
    entry(
        "AWS::Lambda::Function",
        &["Properties", "Environment", "Variables", "SKYLIFT_SETTINGS"],
        settings,
        "by this variable SAM notices that a setting has changed; here the version's description has the \
         hash of all settings",
    ),
];

impl Accepted {
    /// Whether a difference is this one.
    pub(super) fn is(&self, difference: &Difference) -> bool {
        let (path, place) = (self.path, &difference.path);
        self.kind == difference.kind
            && path.len() == place.len()
            && path.iter().zip(place).all(|(key, at)| key == at)
            && (self.sides)(difference.ours.as_ref(), difference.sams.as_ref())
    }
}

/// Whether some entry of the list is of that difference.
pub(super) fn any(difference: &Difference) -> bool {
    ACCEPTED.iter().any(|accepted| accepted.is(difference))
}

fn sams_own(ours: Option<&Value>, sams: Option<&Value>) -> bool {
    ours.is_none() && sams == Some(&json!("SAM"))
}

fn not_built(ours: Option<&Value>, sams: Option<&Value>) -> bool {
    ours.is_none() && sams == Some(&json!(true))
}

fn bucket(ours: Option<&Value>, sams: Option<&Value>) -> bool {
    ours == Some(&json!({ "Ref": "CodeBucket" })) && sams == Some(&json!("bucket"))
}

fn key(ours: Option<&Value>, sams: Option<&Value>) -> bool {
    ours == Some(&json!({ "Ref": "CodeKey" })) && sams == Some(&json!("value"))
}

fn ours_is_string(ours: Option<&Value>, sams: Option<&Value>) -> bool {
    ours == Some(&json!("String")) && sams.is_none()
}

fn ours_is_said(ours: Option<&Value>, sams: Option<&Value>) -> bool {
    ours.and_then(Value::as_str)
        .is_some_and(|text| text.starts_with("Bucket ") || text.starts_with("Key "))
        && sams.is_none()
}

fn sams_empty(ours: Option<&Value>, sams: Option<&Value>) -> bool {
    ours.is_none() && sams == Some(&json!({}))
}

/// The key of the code, and the hash of the settings.
fn description(ours: Option<&Value>, sams: Option<&Value>) -> bool {
    let hash = ours
        .and_then(|ours| ours["Fn::Sub"].as_str())
        .and_then(|description| description.strip_prefix("${CodeKey} "));
    hash.is_some_and(is_hash) && sams.is_none()
}

fn retained(ours: Option<&Value>, sams: Option<&Value>) -> bool {
    ours == Some(&json!("Retain")) && sams.is_none()
}

fn settings(ours: Option<&Value>, sams: Option<&Value>) -> bool {
    ours.is_none() && sams.and_then(Value::as_str).is_some_and(is_hash)
}

fn is_hash(text: &str) -> bool {
    text.len() == 16 && text.chars().all(|digit| digit.is_ascii_hexdigit())
}
