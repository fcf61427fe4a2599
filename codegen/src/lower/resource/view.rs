//! Lowers views: the ARNs and the conditions that limit the permissions of a capability to a part of a resource.
// See decision 0133.

use skylift_model::aws::iam::GrantScope;
use skylift_model::aws::node::{Map, Node};
use skylift_model::resource::{Resource, ResourceSettings, ViewPart};

use super::arn::append_to_arn;
use super::{part_arns, resource_arn};

/// The permissions on a part of a resource.
pub(crate) struct ViewGrant {
    pub(crate) arns: Vec<Node>,
    /// The conditions of the statement; `None` if the ARNs say it all.
    pub(crate) conditions: Option<Map>,
}

/// Returns the permissions on what a view shows of one part of its resource, such as the objects of a bucket. `whole` is
/// the resource of the view.
pub(crate) fn view_grant(whole: &Resource, view: &ViewPart, on: GrantScope) -> ViewGrant {
    match (view, on) {
        (ViewPart::Prefix(prefix), GrantScope::Objects) => {
            let keys = format!("/{}*", prefix.as_str());
            ViewGrant { arns: vec![append_to_arn(&resource_arn(whole), &keys)], conditions: None }
        }
        // The client sends the prefix of the view, or a longer one.
        (ViewPart::Prefix(prefix), GrantScope::Itself | GrantScope::Indexes) => {
            let keys = Map::new().with("s3:prefix", format!("{}*", prefix.as_str()));
            let conditions = Map::new().with("StringLike", keys);
            ViewGrant { arns: part_arns(whole, on), conditions: Some(conditions) }
        }
        (ViewPart::Key(key), on) => {
            let keys = vec![Node::from(key.as_str())];
            let keys = Map::new().with("dynamodb:LeadingKeys", keys);
            let conditions = Map::new().with("ForAllValues:StringEquals", keys);
            ViewGrant { arns: arns_by_key(whole, on), conditions: Some(conditions) }
        }
    }
}

/// Returns the ARNs of those parts of a table in which items have its partition key. DynamoDB compares the key of another
/// index with the condition, which is no key of the table.
fn arns_by_key(table: &Resource, on: GrantScope) -> Vec<Node> {
    match (&table.settings, on) {
        (ResourceSettings::Table(settings), GrantScope::Indexes) => {
            let whole = resource_arn(table);
            let indexes = settings.indexes_of_views();
            indexes.map(|it| append_to_arn(&whole, &format!("/index/{}", it.name))).collect()
        }
        _ => part_arns(table, on),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::testing::stack_from_source;

    const RESOURCES: &str = r#"#[resource(bucket(kms_key = "arn:aws:kms:eu-west-1:123456789012:key/0a1b"))]
pub struct Uploads;
#[resource(bucket(of = Uploads, prefix = "in/"))]
pub struct Inbox;
#[resource(table(key = "tenant", sort = "at", existing = "orders", indexes(by_day(key = "day"), by_state(sort = "state"), by_total(key = "tenant", sort = "total"))))]
pub struct Orders;
#[resource(table(of = Orders, key = "a"))]
pub struct Tenant;
"#;

    /// Returns the statements of a function with these parameters, without the one for its logs, and its variables.
    fn lower(params: &str) -> (Vec<Value>, Value) {
        let stack = stack_from_source(&format!(
            "{RESOURCES}#[function]\nasync fn work({params}) -> Result<(), Error> {{ Ok(()) }}"
        ));
        assert!(!stack.ids().iter().any(|id| id.starts_with("Inbox") || id.starts_with("Tenant")));
        let role = stack.resource("WorkRole");
        let statements = role.property("Policies.0.PolicyDocument.Statement").clone();
        let variables = stack.resource("Work").property("Environment.Variables").clone();
        (statements.as_array().unwrap()[1..].to_vec(), variables)
    }

    #[test]
    fn a_view_of_a_bucket_is_granted_on_its_keys_and_their_lists() {
        let (statements, variables) = lower("inbox: ReadWriter<Inbox>");
        let [objects, list, key] = statements.as_slice() else { panic!("{statements:?}") };
        assert!(objects["Resource"].to_string().contains("${Stack}/in/*\""), "{objects}");
        assert!(objects.get("Condition").is_none());
        assert_eq!(list["Action"], json!(["s3:ListBucket"]));
        assert_eq!(list["Condition"], json!({ "StringLike": { "s3:prefix": "in/*" } }));
        assert_eq!(key["Action"], json!(["kms:Decrypt", "kms:GenerateDataKey"]));
        assert_eq!(
            variables.as_object().unwrap().keys().collect::<Vec<_>>(),
            ["UPLOADS_BUCKET_NAME"]
        );
    }

    #[test]
    fn a_view_and_its_resource_have_statements_of_their_own() {
        let (statements, _) = lower("all: Reader<Uploads, Get>, inbox: Writer<Inbox, Put>");
        let resources: Vec<String> =
            statements.iter().map(|it| it["Resource"].to_string()).collect();
        assert!(resources[0].contains("${Stack}/*") && resources[1].contains("${Stack}/in/*"));
        let (statements, _) = lower("links: DownloadSigner<Inbox>");
        assert_eq!(statements[0]["Action"], json!(["s3:GetObject"]));
        assert!(statements[0]["Resource"].to_string().contains("/in/*"));
    }

    #[test]
    fn a_view_of_a_table_is_granted_by_its_leading_key_and_without_scans() {
        let (statements, variables) = lower("tenant: Reader<Tenant>");
        let [table, indexes] = statements.as_slice() else { panic!("{statements:?}") };
        let actions = json!(["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"]);
        assert_eq!(table["Action"], actions);
        assert_eq!(indexes["Action"], json!(["dynamodb:Query"]));
        let condition = json!({ "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": ["a"] } });
        assert_eq!((&table["Condition"], &indexes["Condition"]), (&condition, &condition));
        let orders = "arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/orders";
        let arn = |rest: &str| json!({ "Fn::Sub": format!("{orders}{rest}") });
        assert_eq!(table["Resource"], json!([arn("")]));
        assert_eq!(indexes["Resource"], json!([arn("/index/by_state"), arn("/index/by_total")]));
        assert_eq!(variables, json!({ "ORDERS_TABLE_NAME": "orders" }));
    }
}
