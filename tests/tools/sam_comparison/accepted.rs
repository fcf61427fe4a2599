//! The accepted differences between `cloudformation.yaml` and the output of SAM, with their reasons. Takes a difference
//! and gives the entry of the list that accepts it. An entry has one resource type and one path, and checks the value
//! of each side.

use serde_json::{Value, json};

use super::difference::Difference;

/// The number of digits of a hash of settings.
const HASH_LENGTH: usize = 16;

/// The name of the parameter with the key of the code, which stands in a path for the name of each such parameter.
const CODE_KEY: &str = "CodeKey";

/// Returns whether a name is that of a parameter with the key of a program. With several programs, which one case has,
/// the name of the program is a part of it.
fn is_code_key(name: &str) -> bool {
    [CODE_KEY, "CodeKeyJobs", "CodeKeySeveralBinaries"].contains(&name)
}

/// A difference that is accepted.
pub(super) struct AcceptedDifference {
    /// The type of the resource, or the section of the template.
    pub(super) kind: &'static str,
    /// The keys that lead to the difference.
    pub(super) path: &'static [&'static str],
    /// Returns whether both sides have the expected values.
    sides: fn(Option<&Value>, Option<&Value>) -> bool,
    pub(super) because: &'static str,
}

const fn accept(
    kind: &'static str,
    path: &'static [&'static str],
    sides: fn(Option<&Value>, Option<&Value>) -> bool,
    because: &'static str,
) -> AcceptedDifference {
    AcceptedDifference { kind, path, sides, because }
}

const TAGS: &str =
    "SAM marks the resources that it creates with this tag; they are not created by SAM here";
const NOT_BUILT: &str = "only `sam build` reads it, which is not used without SAM";
const CODE: &str =
    "the translator inserts a location of the code; here, parameters have the location";
const REGION: &str = "the translator writes the region and the partition that it runs for";
const VERSION: &str = "SAM creates a version with another id for new code; here, a new description replaces \
                       the version, because CloudFormation publishes no version for an unchanged one";

const ENVIRONMENT: &str = "the translator writes the value of the parameter that it runs for";

pub(super) const ACCEPTED: &[AcceptedDifference] = &[
    accept(
        "AWS::Lambda::Function",
        &["Properties", "Tags", "lambda:createdBy", "Value"],
        only_sam_has_its_mark,
        TAGS,
    ),
    accept(
        "AWS::ApiGatewayV2::Stage",
        &["Properties", "Tags", "httpapi:createdBy"],
        only_sam_has_its_mark,
        TAGS,
    ),
    accept(
        "AWS::ApiGatewayV2::Api",
        &["Properties", "Body", "tags", "httpapi:createdBy", "x-amazon-apigateway-tag-value"],
        only_sam_has_its_mark,
        TAGS,
    ),
    accept(
        "AWS::CloudFormation::Stack",
        &["Properties", "TemplateURL"],
        names_templates_of_its_kind,
        "each template names the files of its own kind",
    ),
    accept(
        "AWS::CloudFormation::Stack",
        &["Properties", "Parameters", "CodeBucket"],
        only_ours_passes_code_bucket,
        CODE,
    ),
    accept(
        "AWS::CloudFormation::Stack",
        &["Properties", "Parameters", CODE_KEY],
        only_ours_passes_code_key,
        CODE,
    ),
    accept("AWS::Lambda::Function", &["Metadata", "SkipBuild"], only_sam_skips_build, NOT_BUILT),
    accept(
        "AWS::Lambda::EventInvokeConfig",
        &["Metadata", "SkipBuild"],
        only_sam_skips_build,
        NOT_BUILT,
    ),
    accept(
        "AWS::Lambda::Function",
        &["Properties", "Code", "S3Bucket"],
        refers_to_code_bucket,
        CODE,
    ),
    accept("AWS::Lambda::Function", &["Properties", "Code", "S3Key"], refers_to_code_key, CODE),
    accept("Parameters", &["CodeBucket", "Type"], ours_is_string, CODE),
    accept("Parameters", &["CodeBucket", "Description"], ours_is_description, CODE),
    accept("Parameters", &[CODE_KEY, "Type"], ours_is_string, CODE),
    accept("Parameters", &[CODE_KEY, "Description"], ours_is_description, CODE),
    accept(
        "Parameters",
        &[CODE_KEY, "MaxLength"],
        key_has_max_length,
        "the description of a version has the key and a hash, and at most 256 characters",
    ),
    accept(
        "AWS::Lambda::EventInvokeConfig",
        &["Properties", "DestinationConfig"],
        only_sam_has_empty_object,
        "an empty one has no meaning",
    ),
    accept(
        "AWS::Lambda::EventInvokeConfig",
        &["Properties", "DestinationConfig", "OnSuccess", "Destination"],
        sam_has_region_of_translation,
        REGION,
    ),
    accept(
        "AWS::Lambda::EventInvokeConfig",
        &["Properties", "DestinationConfig", "OnFailure", "Destination"],
        sam_has_region_of_translation,
        REGION,
    ),
    accept(
        "AWS::Lambda::EventInvokeConfig",
        &["Properties", "MaximumRetryAttempts"],
        sam_has_default_environment,
        ENVIRONMENT,
    ),
    accept(
        "AWS::Lambda::EventInvokeConfig",
        &["Properties", "MaximumEventAgeInSeconds"],
        sam_has_default_environment,
        ENVIRONMENT,
    ),
    accept(
        "AWS::SNS::Topic",
        &["Properties"],
        only_sam_has_empty_object,
        "a topic needs no properties",
    ),
    accept("AWS::Lambda::Version", &["Properties", "Description"], ours_has_key_and_hash, VERSION),
    accept("AWS::Lambda::Version", &["UpdateReplacePolicy"], ours_is_retain, VERSION),
    accept(
        "AWS::Lambda::Function",
        &["Properties", "Environment", "Variables", "SKYLIFT_SETTINGS"],
        sam_has_settings_hash,
        "SAM needs this variable to notice a changed setting; here, the description of the version has the \
         hash of all settings",
    ),
];

impl AcceptedDifference {
    /// Returns whether this entry accepts a difference.
    pub(super) fn accepts(&self, difference: &Difference) -> bool {
        let (path, other) = (self.path, &difference.path);
        self.kind == difference.kind
            && path.len() == other.len()
            && path
                .iter()
                .zip(other)
                .all(|(key, at)| key == at || *key == CODE_KEY && is_code_key(at))
            && (self.sides)(difference.ours.as_ref(), difference.sams.as_ref())
    }
}

/// Returns whether an entry of the list accepts a difference.
pub(super) fn is_accepted(difference: &Difference) -> bool {
    ACCEPTED.iter().any(|accepted| accepted.accepts(difference))
}

fn only_sam_has_its_mark(ours: Option<&Value>, sams: Option<&Value>) -> bool {
    ours.is_none() && sams == Some(&json!("SAM"))
}

/// Both name the template of the same nested stack.
fn names_templates_of_its_kind(ours: Option<&Value>, sams: Option<&Value>) -> bool {
    let number = |side: Option<&'_ Value>, folder: &str| {
        Some(side?.as_str()?.strip_prefix(folder)?.to_owned())
    };
    let ours = number(ours, "cloudformation/");
    ours.is_some() && ours == number(sams, "stacks/")
}

fn only_ours_passes_code_bucket(ours: Option<&Value>, sams: Option<&Value>) -> bool {
    ours == Some(&json!({ "Ref": "CodeBucket" })) && sams.is_none()
}

fn only_ours_passes_code_key(ours: Option<&Value>, sams: Option<&Value>) -> bool {
    ours == Some(&json!({ "Ref": CODE_KEY })) && sams.is_none()
}

fn only_sam_skips_build(ours: Option<&Value>, sams: Option<&Value>) -> bool {
    ours.is_none() && sams == Some(&json!(true))
}

fn sam_has_region_of_translation(ours: Option<&Value>, sams: Option<&Value>) -> bool {
    let (Some(ours), Some(sams)) = (ours, sams) else { return false };
    let translated =
        ours.to_string().replace("${AWS::Partition}", "aws").replace("${AWS::Region}", "us-east-1");
    let sams = sams.to_string();
    translated == sams
}

fn sam_has_default_environment(ours: Option<&Value>, sams: Option<&Value>) -> bool {
    let (Some(ours), Some(sams)) = (ours, sams) else { return false };
    let parameter = json!({ "Ref": "Environment" }).to_string();
    let (ours, sams) = (ours.to_string(), sams.to_string());
    ours.contains(&parameter) && ours.replace(&parameter, "\"default\"") == sams
}

fn refers_to_code_bucket(ours: Option<&Value>, sams: Option<&Value>) -> bool {
    ours == Some(&json!({ "Ref": "CodeBucket" })) && sams == Some(&json!("bucket"))
}

fn refers_to_code_key(ours: Option<&Value>, sams: Option<&Value>) -> bool {
    let name = ours.and_then(|ours| ours["Ref"].as_str());
    name.is_some_and(is_code_key) && sams == Some(&json!("value"))
}

fn ours_is_string(ours: Option<&Value>, sams: Option<&Value>) -> bool {
    ours == Some(&json!("String")) && sams.is_none()
}

fn ours_is_description(ours: Option<&Value>, sams: Option<&Value>) -> bool {
    ours.and_then(Value::as_str)
        .is_some_and(|text| text.starts_with("Bucket ") || text.starts_with("Key "))
        && sams.is_none()
}

fn key_has_max_length(ours: Option<&Value>, sams: Option<&Value>) -> bool {
    // The description of the user's, with a space after it, leaves less room for the key.
    let longest = 256 - " ".len() - HASH_LENGTH;
    let ours = ours.and_then(Value::as_u64).and_then(|length| usize::try_from(length).ok());
    ours.is_some_and(|length| length <= longest && length + 129 >= longest) && sams.is_none()
}

fn only_sam_has_empty_object(ours: Option<&Value>, sams: Option<&Value>) -> bool {
    ours.is_none() && sams == Some(&json!({}))
}

/// Ours has the key of the code and the hash of the settings, after the description that SAM's has.
fn ours_has_key_and_hash(ours: Option<&Value>, sams: Option<&Value>) -> bool {
    let described =
        sams.and_then(Value::as_str).map(|text| format!("{} ", text.replace("${", "${!")));
    let hash = ours
        .and_then(|ours| ours["Fn::Sub"].as_str())
        .and_then(|description| description.strip_prefix(described.as_deref().unwrap_or_default()))
        .and_then(|description| description.strip_prefix("${")?.split_once("} "))
        .filter(|(name, _)| is_code_key(name))
        .map(|(_, hash)| hash);
    hash.is_some_and(|hash| is_hash(hash) || looks_up_hash(hash))
        && (sams.is_none() || described.is_some())
}

/// The hash of the settings in the environment is in a mapping.
fn looks_up_hash(text: &str) -> bool {
    let lookup = text.strip_prefix("${").and_then(|text| text.strip_suffix('}'));
    let lookup = lookup.and_then(|text| serde_json::from_str::<Value>(text).ok());
    lookup.is_some_and(|lookup| lookup["Fn::FindInMap"][0] == "Environments")
}

fn ours_is_retain(ours: Option<&Value>, sams: Option<&Value>) -> bool {
    ours == Some(&json!("Retain")) && sams.is_none()
}

/// Ours has no such variable, or one that changes with the description of the version.
fn sam_has_settings_hash(ours: Option<&Value>, sams: Option<&Value>) -> bool {
    let is_hash = |value: &Value| value.as_str().is_some_and(is_hash);
    ours.is_none_or(is_hash) && sams.is_some_and(is_hash)
}

fn is_hash(text: &str) -> bool {
    text.len() == HASH_LENGTH && text.chars().all(|digit| digit.is_ascii_hexdigit())
}
