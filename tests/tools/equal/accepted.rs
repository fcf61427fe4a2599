//! What `cloudformation.yaml` has otherwise than SAM, and why. Takes a difference, gives the entry of the
//! list that it is of. An entry is of one type and one place, and says what each side has there.

use serde_json::{Value, json};

use super::difference::Difference;

/// A difference that there may be.
#[derive(Debug)]
pub(super) struct Accepted {
    /// The type of the resource, or the section of the template.
    kind: &'static str,
    /// The keys that lead to it; `*` is any one key.
    path: &'static [&'static str],
    /// The one golden case or example that has it; any where none is named.
    case: Option<&'static str>,
    /// Whether both sides have what they should have there.
    sides: fn(Option<&Value>, Option<&Value>) -> bool,
    pub(super) because: &'static str,
}

const fn everywhere(
    kind: &'static str,
    path: &'static [&'static str],
    sides: fn(Option<&Value>, Option<&Value>) -> bool,
    because: &'static str,
) -> Accepted {
    Accepted { kind, path, case: None, sides, because }
}

const TAGS: &str = "by this tag SAM finds what it made: a template without SAM says nothing of it";
const NOT_BUILT: &str = "`sam build` alone reads it: without SAM nothing builds";
const CODE: &str =
    "the translator takes the code as uploaded somewhere; here parameters say where it is";
const VERSION: &str = "SAM has a version under another id for other code; here another description \
                       replaces it, for CloudFormation publishes no version that stays as it is";

pub(super) const ACCEPTED: &[Accepted] = &[
    everywhere(
        "AWS::Lambda::Function",
        &["Properties", "Tags", "lambda:createdBy", "Value"],
        sams_own,
        TAGS,
    ),
    everywhere(
        "AWS::ApiGatewayV2::Stage",
        &["Properties", "Tags", "httpapi:createdBy"],
        sams_own,
        TAGS,
    ),
    everywhere(
        "AWS::ApiGatewayV2::Api",
        &["Properties", "Body", "tags", "httpapi:createdBy", "x-amazon-apigateway-tag-value"],
        sams_own,
        TAGS,
    ),
    everywhere("AWS::Lambda::Function", &["Metadata", "SkipBuild"], not_built, NOT_BUILT),
    everywhere("AWS::Lambda::EventInvokeConfig", &["Metadata", "SkipBuild"], not_built, NOT_BUILT),
    everywhere("AWS::Lambda::Permission", &["Metadata", "SkipBuild"], not_built, NOT_BUILT),
    everywhere("AWS::Lambda::Function", &["Properties", "Code", "S3Bucket"], bucket, CODE),
    everywhere("AWS::Lambda::Function", &["Properties", "Code", "S3Key"], key, CODE),
    everywhere("Parameters", &["CodeBucket", "*"], ours_alone, CODE),
    everywhere("Parameters", &["CodeKey", "*"], ours_alone, CODE),
    everywhere("AWS::Lambda::Version", &["Properties", "Description"], description, VERSION),
    everywhere("AWS::Lambda::Version", &["UpdateReplacePolicy"], retained, VERSION),
    everywhere(
        "AWS::Lambda::Function",
        &["Properties", "Environment", "Variables", "SKYLIFT_SETTINGS"],
        settings,
        "by this variable SAM notices that a setting has changed; here the version's description has the \
         hash of all settings",
    ),
];

impl Accepted {
    /// Whether a difference of that case is this one.
    pub(super) fn is(&self, case: &str, difference: &Difference) -> bool {
        let (path, place) = (self.path, &difference.path);
        self.kind == difference.kind
            && self.case.is_none_or(|only| only == case)
            && path.len() == place.len()
            && path.iter().zip(place).all(|(key, at)| *key == "*" || key == at)
            && (self.sides)(difference.ours.as_ref(), difference.sams.as_ref())
    }
}

/// Whether some entry of the list is of that difference.
pub(super) fn any(case: &str, difference: &Difference) -> bool {
    ACCEPTED.iter().any(|accepted| accepted.is(case, difference))
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

fn ours_alone(ours: Option<&Value>, sams: Option<&Value>) -> bool {
    ours.is_some() && sams.is_none()
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
