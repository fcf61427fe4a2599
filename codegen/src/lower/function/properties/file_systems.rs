//! Lowers `FileSystemConfigs`, the file systems that a function mounts: EFS and S3 Files. CloudFormation has the same
//! property. The function's role needs a statement for each file system, which SAM does not add.

use skylift_model::aws::node::{Map, Node};

use super::intrinsic::{is_set, parse_if};
use super::result::FileSystemMount;
use super::state::PropertyLowering;

/// The service name of EFS in ARNs and in actions.
const EFS: &str = "elasticfilesystem";

/// The service name of S3 Files in ARNs and in actions.
const S3_FILES: &str = "s3files";

/// Lowers `FileSystemConfigs` to the same property, and allows the function's role to mount the file systems.
///
/// AWS, "Configuring file system access for Lambda functions": a role needs `ClientMount` and `ClientWrite` if the file
/// system has a policy of its own.
pub(super) fn lower_file_systems(configs: &Node, state: &mut PropertyLowering<'_>) {
    state.lowered.properties.set("FileSystemConfigs", configs.clone());
    add_mounts(configs, &mut state.lowered.role.mounts);
}

/// Adds the file systems of a list to `mounts`. An `If` has those of both of its branches.
fn add_mounts(configs: &Node, mounts: &mut Vec<FileSystemMount>) {
    if let Some(choice) = parse_if(configs) {
        add_mounts(choice.then, mounts);
        add_mounts(choice.otherwise, mounts);
        return;
    }
    match configs {
        Node::Seq(items) => items.iter().for_each(|item| add_mounts(item, mounts)),
        Node::Map(config) => {
            if let Some(arn) = config.get("Arn").filter(|arn| is_set(arn)) {
                mounts.push(mount(arn, config));
            }
        }
        _ => {}
    }
}

/// Returns the mount of the file system whose access point has this ARN.
fn mount(arn: &Node, config: &Map) -> FileSystemMount {
    let (service, actions): (&str, &[&str]) =
        if config.get("S3FilesConfig").is_some() || names_s3_files(arn) {
            (S3_FILES, &["s3files:ClientMount", "s3files:ClientWrite"])
        } else {
            (EFS, &["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"])
        };
    FileSystemMount {
        actions,
        file_systems: file_systems(service, arn),
        condition_key: format!("{service}:AccessPointArn"),
        access_point: arn.clone(),
    }
}

/// Returns whether the text of an ARN names S3 Files as its service.
fn names_s3_files(arn: &Node) -> bool {
    match arn {
        Node::Str(text) => text.contains(":s3files:"),
        Node::Tag(_, argument) => names_s3_files(argument),
        Node::Map(map) => map.get("Fn::Sub").is_some_and(names_s3_files),
        _ => false,
    }
}

/// Returns the ARN of all file systems in the region and the account of an access point. The ARN of an access point
/// does not name its file system.
fn file_systems(service: &str, arn: &Node) -> Node {
    if let Node::Str(text) = arn
        && let ["arn", partition, _, region, account, _] = *text.splitn(6, ':').collect::<Vec<_>>()
    {
        return Node::from(format!("arn:{partition}:{service}:{region}:{account}:file-system/*"));
    }
    let here = "${AWS::Region}:${AWS::AccountId}:file-system/*";
    Node::sub(format!("arn:${{AWS::Partition}}:{service}:{here}"))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::fixtures::{build_stack, function};

    const EFS_ARN: &str = "arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/fsap-1";

    /// Returns the statements of the function's role after the one for its logs.
    fn statements(configs: Node) -> Vec<Value> {
        let mut take = function("Take");
        take.properties = Map::new().with("FileSystemConfigs", configs);
        let stack = build_stack(vec![take], Vec::new());
        let document = stack.resource("TakeRole").property("Policies.0.PolicyDocument");
        document["Statement"].as_array().unwrap()[1..].to_vec()
    }

    fn config(arn: impl Into<Node>) -> Node {
        let config = Map::new().with("Arn", arn).with("LocalMountPath", "/mnt/a");
        Node::Seq(vec![config.into()])
    }

    fn efs_statement(resource: &Value, arn: &Value) -> Value {
        json!({
            "Effect": "Allow",
            "Action": ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
            "Resource": [resource],
            "Condition": { "StringEquals": { "elasticfilesystem:AccessPointArn": arn } },
        })
    }

    #[test]
    fn the_role_may_mount_and_write_through_the_access_point_alone() {
        let file_systems = "arn:aws:elasticfilesystem:eu-west-1:123456789012:file-system/*";
        let literal = efs_statement(&json!(file_systems), &json!(EFS_ARN));
        assert_eq!(statements(config(EFS_ARN)), [literal]);
        let own = || config(Node::attribute("Files", "Arn"));
        let here = "arn:${AWS::Partition}:elasticfilesystem:${AWS::Region}:${AWS::AccountId}:file-system/*";
        let expected =
            efs_statement(&json!({ "Fn::Sub": here }), &json!({ "Fn::GetAtt": "Files.Arn" }));
        assert_eq!(statements(own()), std::slice::from_ref(&expected));
        let none = || Node::reference("AWS::NoValue");
        let branches = vec![Node::from("Prod"), own(), none()];
        assert_eq!(statements(Node::Tag("If", Box::new(Node::Seq(branches)))), [expected]);
        assert!(statements(none()).is_empty());
    }

    #[test]
    fn s3_files_has_its_own_actions() {
        let arn = "arn:aws:s3files:eu-west-1:123456789012:file-system/fs-1/access-point/fsap-1";
        let found = statements(config(arn));
        let [statement] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(statement["Action"], json!(["s3files:ClientMount", "s3files:ClientWrite"]));
        assert_eq!(statement["Condition"]["StringEquals"]["s3files:AccessPointArn"], arn);
        let resource = "arn:aws:s3files:eu-west-1:123456789012:file-system/*";
        assert_eq!(statement["Resource"], json!([resource]));
        let sub = "arn:${AWS::Partition}:s3files:${AWS::Region}:${AWS::AccountId}:file-system/a";
        assert_eq!(statements(config(Node::sub(sub)))[0]["Action"], statement["Action"]);
    }
}
