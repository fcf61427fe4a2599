//! Checks the references in Lambda's own settings, such as `layers = [overlay("Tools")]`: each names a resource of the type
//! that the setting takes, by the attribute that Lambda takes. It takes the application and the types of the resources.
//! A resource of an unknown type can be anything.

use skylift_model::App;
use skylift_model::FunctionSettings;
use skylift_model::aws::function_keys;
use skylift_model::aws::sub_text::SubReference;
use skylift_model::aws::value::CfnValue;
use skylift_model::problem::{ItemIndex, PlaceInItem, Problems};
use skylift_model::resource::Resource;

use super::references::KnownNames;
use crate::messages;
use crate::reference::to_target;

/// A type of resources, with the attribute that Lambda takes; `None` is the value of `Ref`.
type Target = (&'static str, Option<&'static str>);

/// The types that each setting takes. AWS: "Return values" of each type in the CloudFormation Template Reference.
const TARGETS: &[(&str, &[Target])] = &[
    (
        function_keys::LAYERS.name,
        &[
            ("AWS::Lambda::LayerVersion", None),
            ("AWS::Lambda::LayerVersion", Some("LayerVersionArn")),
            ("AWS::Serverless::LayerVersion", None),
        ],
    ),
    (
        function_keys::VPC.name,
        &[
            ("AWS::EC2::Subnet", None),
            ("AWS::EC2::Subnet", Some("SubnetId")),
            ("AWS::EC2::SecurityGroup", Some("GroupId")),
            ("AWS::EC2::SecurityGroup", None),
            ("AWS::EC2::VPC", Some("DefaultSecurityGroup")),
        ],
    ),
    (function_keys::KMS_KEY.name, &[("AWS::KMS::Key", Some("Arn"))]),
    (
        function_keys::FILE_SYSTEM.name,
        &[
            ("AWS::EFS::AccessPoint", Some("Arn")),
            ("AWS::S3Files::AccessPoint", Some("AccessPointArn")),
        ],
    ),
    (
        function_keys::CODE_SIGNING.name,
        &[
            ("AWS::Lambda::CodeSigningConfig", None),
            ("AWS::Lambda::CodeSigningConfig", Some("CodeSigningConfigArn")),
        ],
    ),
    (
        function_keys::PERMISSIONS_BOUNDARY.name,
        &[("AWS::IAM::ManagedPolicy", None), ("AWS::IAM::ManagedPolicy", Some("PolicyArn"))],
    ),
    (
        function_keys::CAPACITY_PROVIDER.name,
        &[
            ("AWS::Lambda::CapacityProvider", Some("Arn")),
            ("AWS::Serverless::CapacityProvider", Some("Arn")),
        ],
    ),
    (function_keys::ALARMS, &[("AWS::SNS::Topic", None), ("AWS::SNS::Topic", Some("TopicArn"))]),
    (
        function_keys::DEPLOY.name,
        &[("AWS::CloudWatch::Alarm", None), ("AWS::CloudWatch::CompositeAlarm", None)],
    ),
];

/// Reports the references in Lambda's own settings to resources of another type. `names` are the names of the template; a
/// reference to nothing is reported elsewhere.
pub(super) fn check_setting_targets(app: &App, names: &KnownNames<'_>, problems: &mut Problems) {
    let functions = app.functions.iter().enumerate();
    let functions = functions.map(|(index, it)| (ItemIndex::Function(index), &it.settings));
    for (item, settings) in functions.chain([(ItemIndex::Defaults, &app.defaults)]) {
        check_settings(item, settings, names, problems);
    }
    for (index, function) in app.functions.iter().enumerate() {
        for (trigger, key) in function.triggers.iter().enumerate() {
            let Some(value) = key.kms_key() else { continue };
            let key = function_keys::KMS_KEY.name;
            let at = PlaceInItem::trigger_key(trigger, key);
            check_setting((ItemIndex::Function(index), at), key, value, names, problems);
        }
    }
    for (index, resource) in app.resources.iter().enumerate() {
        if let Some(key) = &resource.kms_key {
            let at = (ItemIndex::Resource(index), PlaceInItem::key(Resource::KMS_KEY));
            check_setting(at, Resource::KMS_KEY, key, names, problems);
        }
    }
}

fn check_settings(
    item: ItemIndex,
    settings: &FunctionSettings,
    names: &KnownNames<'_>,
    problems: &mut Problems,
) {
    for (key, value, _) in settings.lambda.values() {
        check_setting((item, PlaceInItem::key(key)), key, value, names, problems);
    }
}

fn check_setting(
    (item, at): (ItemIndex, PlaceInItem),
    key: &str,
    value: &CfnValue,
    names: &KnownNames<'_>,
    problems: &mut Problems,
) {
    let Some(reference) = value.sub().and_then(|it| it.whole_reference()) else { return };
    let SubReference { id, attribute } = reference;
    let kind = names.kind_of(id).filter(|kind| !can_be_anything(kind));
    let Some(kind) = kind.filter(|_| names.check(&to_target(reference)).is_none()) else { return };
    let Some((_, targets)) = TARGETS.iter().find(|(name, _)| *name == key) else { return };
    let of_kind = || targets.iter().filter(|(target, _)| *target == kind);
    if of_kind().any(|(_, taken)| *taken == attribute.as_deref()) {
        return;
    }
    let message = match of_kind().next() {
        Some((_, taken)) => messages::other_attribute_taken(reference, kind, *taken),
        None => messages::other_type_taken(key, id, kind, targets.first().map_or("", |it| it.0)),
    };
    problems.push(item, at, message);
}

/// Returns whether resources of the type have attributes that only their template or their program shows.
fn can_be_anything(kind: &str) -> bool {
    kind.starts_with("Custom::") || kind.starts_with("AWS::CloudFormation::")
}

#[cfg(test)]
mod tests {
    use crate::overlay::read_for_test;
    use crate::testing::assemble_unchecked;

    const RESOURCES: &str = "Resources:\n  Jobs: {Type: AWS::SQS::Queue}\n  Key: {Type: AWS::KMS::Key}\n  Net: {Type: AWS::EC2::Subnet}\n  Group: {Type: AWS::EC2::SecurityGroup}\n  Tools: {Type: AWS::Lambda::LayerVersion}\n  Files: {Type: AWS::EFS::AccessPoint}\n  Other: {Type: Custom::Thing}\n";

    /// Returns the problems of a function with these arguments.
    fn found(arguments: &str) -> Vec<String> {
        let source =
            format!("#[function({arguments})]\nasync fn take() -> Result<(), Error> {{ Ok(()) }}");
        let assembled = assemble_unchecked(&source, &read_for_test(RESOURCES));
        let notes = assembled.notes.iter().flat_map(|(_, note)| &note.problems);
        notes.map(|it| format!("{}: {}", it.at, it.message.full())).collect()
    }

    #[test]
    fn a_setting_takes_resources_of_its_types_by_their_attribute() {
        for right in [
            r#"layers = [overlay("Tools"), overlay("Other", "Arn")]"#,
            r#"kms_key = overlay("Key", "Arn")"#,
            r#"vpc(subnets = [overlay("Net")], security_groups = [overlay("Group", "GroupId")])"#,
        ] {
            assert_eq!(found(right), [""; 0], "{right}");
        }
        assert_eq!(
            found(r#"layers = [overlay("Jobs", "Arn")]"#),
            [
                "key layers: `layers` cannot be `Jobs`: its type is `AWS::SQS::Queue`\n\nhelp: name a resource of the type `AWS::Lambda::LayerVersion`"
            ]
        );
        assert_eq!(
            found(r#"kms_key = overlay("Key")"#),
            [
                "key kms_key: the value of `Key` itself is not what Lambda takes of an `AWS::KMS::Key`\n\nhelp: write `overlay(\"Key\", \"Arn\")`"
            ]
        );
        assert_eq!(
            found(r#"vpc(subnets = [overlay("Jobs")], security_groups = [overlay("Group")])"#),
            [
                "key vpc: `vpc` cannot be `Jobs`: its type is `AWS::SQS::Queue`\n\nhelp: name a resource of the type `AWS::EC2::Subnet`"
            ]
        );
        let found = found(r#"kms_key = overlay("Key", "KeyId")"#);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].ends_with(r#"help: write `overlay("Key", "Arn")`"#), "{found:?}");
    }

    #[test]
    fn a_package_without_an_overlay_is_told_so() {
        let source = "#[function(env(HOST = overlay(\"Db\", \"Endpoint.Address\")))]\nasync fn take() -> Result<(), Error> { Ok(()) }";
        let assembled = assemble_unchecked(source, &crate::overlay::Overlay::default());
        let notes = assembled.notes.iter().flat_map(|(_, note)| &note.problems);
        let texts: Vec<String> = notes.map(|it| it.message.full()).collect();
        assert_eq!(
            texts,
            [
                "the template has no resource `Db`, and this package has no overlay\n\nhelp: name it in Cargo.toml, under `[package.metadata.skylift]`: `overlay = \"infra/extra.yaml\"`"
            ]
        );
    }
}
