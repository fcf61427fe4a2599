//! Lowers a secret. It is retained when its stack is deleted. Secrets Manager generates the value, or the secret is
//! empty until a value is set. The template never contains a value.

use skylift_model::aws::node::{Map, Node};
use skylift_model::resource::Resource;
use skylift_model::resource::secret::Secret;

use super::existing::{ArnLookup, ClientIdentifier, NamingRules, ParameterContent};
use super::kind::{LowerResource, NewResource, ref_output};
use super::policy::{self, PolicyType};
use crate::stack::ResourceInStack;

/// How a template names a secret.
pub(super) const NAMING_RULES: NamingRules = NamingRules {
    client: ClientIdentifier::NameOrArn,
    parameter: ParameterContent::Arn,
    arn: ArnLookup::Reference,
    // Secrets Manager appends a hyphen and six characters to the name. In IAM, `?` matches one character.
    suffix: Some("-??????"),
};

/// The policy of a secret.
const POLICY: PolicyType = PolicyType {
    kind: "AWS::SecretsManager::ResourcePolicy",
    target: "SecretId",
    document: "ResourcePolicy",
};

impl LowerResource for Secret {
    fn lower(&self, new: &NewResource<'_>, lowered: &mut ResourceInStack) {
        let mut properties = Map::new();
        properties.set_some("Name", self.name.as_ref().map(|name| name.as_str()));
        properties.set_some("KmsKeyId", new.kms_key());
        if let Some(generate) = &self.generate {
            let mut how = Map::new().with("PasswordLength", generate.length.get());
            if !generate.punctuation {
                how.set("ExcludePunctuation", true);
            }
            properties.set("GenerateSecretString", how);
        }
        lowered.resources.push(new.main_resource(properties));
        let itself = Node::reference(new.id());
        let arns = std::slice::from_ref(&itself);
        let document = policy::policy_document(false, &new.policy_statements(), "", arns);
        lowered.resources.extend(document.map(|document| {
            let mut policy = policy::policy_resource(new, &POLICY, itself.clone(), document);
            // Secrets Manager then refuses a policy for everyone.
            policy.properties.push("BlockPublicPolicy", true);
            policy
        }));
        lowered.outputs.push(ref_output(new.id(), "Arn", "ARN of the secret"));
    }

    fn arn(&self, resource: &Resource) -> Node {
        Node::reference(resource.id.as_str())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::stack_from_source;

    #[test]
    fn a_secret_is_generated_or_empty() {
        let stack = stack_from_source(
            "#[resource(secret(generate(length = 20, punctuation = false), name = \"app/key\"))]\npub struct Key;\n#[resource(secret)]\npub struct Later;\n#[function]\nasync fn take() -> Result<(), Error> { Ok(()) }",
        );
        let key = stack.resource("Key");
        assert_eq!(key.kind(), "AWS::SecretsManager::Secret");
        assert_eq!(
            *key.properties(),
            json!({
                "Name": "app/key",
                "GenerateSecretString": { "PasswordLength": 20, "ExcludePunctuation": true },
            })
        );
        assert_eq!(*stack.resource("Later").properties(), json!({}));
        let outputs: Vec<&str> = stack.outputs().map(|(name, _)| name.as_str()).collect();
        assert_eq!(outputs, ["KeyArn", "LaterArn"]);
    }
}
