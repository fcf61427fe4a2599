//! Resources in `allow` that are named by their structs.

use super::*;
use crate::allow_statement::AllowStatement;
use crate::aws::value::CfnValue;
use crate::resource::bucket::Bucket;

#[test]
fn a_declared_resource_is_of_a_service_that_the_actions_are_about() {
    let with = |actions: &[&str]| {
        let mut allowed = function("f");
        allowed.settings.allow = vec![AllowStatement {
            actions: actions.iter().map(|it| (*it).to_owned()).collect(),
            resources: vec![CfnValue::Resource("B".to_owned())],
            ..AllowStatement::default()
        }];
        let bucket = ResourceSettings::Bucket(Bucket::default());
        app(vec![allowed], vec![resource("B", bucket)])
    };
    for right in [&["s3:GetObject"][..], &["sqs:SendMessage", "s3:GetObject"], &["*"], &["a:B"]] {
        assert_eq!(found(&with(right)), [], "{right:?}");
    }
    let (item, at, message, help) = problem(&with(&["sqs:SendMessage"]));
    assert_eq!(item, ItemIndex::Function(0));
    assert_eq!(at, PlaceInItem::Allow { statement: 0, resource: 0 });
    assert_eq!(message, "`sqs:SendMessage` is not about ARNs of `s3`");
    assert_eq!(help, "write an ARN of `sqs`, or an action of `s3`");
}
