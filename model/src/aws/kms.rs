//! The use of KMS keys by other services. A service encrypts and decrypts with the permissions of the caller, so a role that
//! may read an encrypted resource also has to be allowed to decrypt with its key. Takes an action of a service, and
//! returns the actions on the key.
// See decision 0125.

const DECRYPT: &str = "kms:Decrypt";
const ENCRYPT: &str = "kms:Encrypt";
const GENERATE: &str = "kms:GenerateDataKey";

/// Actions that read or write encrypted content, each with the actions on the key that they need. AWS: "Server-side
/// encryption" or "Key management" of the developer guide of each service.
const KEY_ACTIONS: &[(&str, &[&str])] = &[
    ("dynamodb:BatchGetItem", &[DECRYPT]),
    ("dynamodb:BatchWriteItem", &[DECRYPT, ENCRYPT, GENERATE]),
    ("dynamodb:DeleteItem", &[DECRYPT, ENCRYPT, GENERATE]),
    ("dynamodb:GetItem", &[DECRYPT]),
    ("dynamodb:GetRecords", &[DECRYPT]),
    ("dynamodb:PutItem", &[DECRYPT, ENCRYPT, GENERATE]),
    ("dynamodb:Query", &[DECRYPT]),
    ("dynamodb:Scan", &[DECRYPT]),
    ("dynamodb:UpdateItem", &[DECRYPT, ENCRYPT, GENERATE]),
    ("kinesis:GetRecords", &[DECRYPT]),
    ("kinesis:PutRecord", &[GENERATE]),
    ("kinesis:PutRecords", &[GENERATE]),
    ("s3:GetObject", &[DECRYPT]),
    // Parts of an upload are decrypted when they are joined.
    ("s3:PutObject", &[DECRYPT, GENERATE]),
    ("secretsmanager:GetSecretValue", &[DECRYPT]),
    ("sns:Publish", &[DECRYPT, GENERATE]),
    ("sqs:ReceiveMessage", &[DECRYPT]),
    ("sqs:SendMessage", &[DECRYPT, GENERATE]),
    ("ssm:GetParameter", &[DECRYPT]),
];

/// Returns the actions on the key of an encrypted resource that an action on the resource needs. Returns none if the
/// action does not touch encrypted content, or if the service has permissions of its own from the policy of the key, as
/// EventBridge has.
#[must_use]
pub fn key_actions(action: &str) -> &'static [&'static str] {
    let found = KEY_ACTIONS.iter().find(|(known, _)| *known == action);
    found.map_or(&[], |(_, actions)| actions)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::access::Access;
    use crate::resource::ResourceKind;

    #[test]
    fn every_action_of_a_capability_uses_the_key_or_is_known_not_to() {
        let mut without = BTreeSet::new();
        for kind in ResourceKind::ALL {
            for call in Access::ALL.into_iter().flat_map(|access| kind.calls(access)) {
                if key_actions(call.action).is_empty() {
                    without.insert(call.action);
                }
            }
        }
        let known = [
            "events:PutEvents",
            "s3:AbortMultipartUpload",
            "s3:DeleteObject",
            "s3:ListBucket",
            "states:StartExecution",
            "states:StartSyncExecution",
        ];
        assert_eq!(without, BTreeSet::from(known));
        assert_eq!(key_actions("sqs:SendMessage"), [DECRYPT, GENERATE]);
        assert_eq!(key_actions("kinesis:PutRecords"), [GENERATE]);
    }
}
