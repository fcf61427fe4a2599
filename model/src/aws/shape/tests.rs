use super::*;
use crate::aws::written::{Content, Written, WrittenEntry};
use serde_json::{Value, json};

impl<'a> Written<'a> for &'a Value {
    /// The value or the key at the place.
    type Place = String;

    fn place(self) -> String {
        self.to_string()
    }

    fn content(self) -> Content<'a, Self> {
        match self {
            Value::Null => Content::Other,
            Value::Bool(_) => Content::Boolean,
            Value::Number(number) if number.is_f64() => Content::Fraction,
            Value::Number(number) => Content::Integer(number.as_i64().unwrap_or_default().into()),
            Value::String(text) => Content::Text(text),
            Value::Array(items) => Content::List(items.iter().collect()),
            Value::Object(map) => {
                let entry = |(key, value): (&'a String, &'a Value)| WrittenEntry {
                    key,
                    at: key.clone(),
                    value,
                };
                Content::Map(map.iter().map(entry).collect())
            }
        }
    }

    fn describe(self) -> String {
        "this".to_owned()
    }
}

/// Returns the mistakes in properties, each as its place and its full message.
fn problems(kind: &str, properties: &Value, completeness: Completeness) -> Vec<String> {
    let mut found = Vec::new();
    let shape = Shape::of_type(kind).unwrap();
    check_properties(properties, kind, shape, completeness, &mut |at, problem| {
        found.push(format!("{at}: {}", problem.message.full()));
    });
    found
}

const FUNCTION: &str = "AWS::Serverless::Function";

fn problem(properties: &Value) -> String {
    let mut found = problems(FUNCTION, properties, Completeness::Parts);
    assert_eq!(found.len(), 1, "{properties}: {found:?}");
    found.remove(0)
}

#[test]
fn right_properties_are_accepted() {
    for properties in [
        json!({ "VpcConfig": { "SubnetIds": ["subnet-1"], "SecurityGroupIds": { "Ref": "Groups" } } }),
        json!({ "VpcConfig": { "Fn::If": ["Prod", { "Anything": 1 }, { "Ref": "AWS::NoValue" }] } }),
        json!({ "FunctionUrlConfig": { "AuthType": "NONE", "Cors": { "MaxAge": "3" } } }),
        json!({ "FunctionUrlConfig": { "AuthType": { "Ref": "Auth" } } }),
        json!({ "Layers": ["arn:aws:lambda:eu-west-1:123456789012:layer:x:1", { "Ref": "Layer" }] }),
        json!({ "Tags": { "a": "b" }, "PropagateTags": "true", "Timeout": "{{resolve:ssm:/a}}" }),
        json!({ "Tracing": "Active", "DurableConfig": { "ExecutionTimeout": 60 } }),
        json!({ "FileSystemConfigs": [{ "Arn": "arn", "LocalMountPath": "/mnt/a" }] }),
        json!({ "VersionDeletionPolicy": "Delete", "AutoPublishCodeSha256": "abc" }),
    ] {
        let found = problems(FUNCTION, &properties, Completeness::Parts);
        assert!(found.is_empty(), "{properties}: {found:?}");
    }
}

#[test]
fn an_unknown_property_has_the_nearest_one() {
    for (properties, expected) in [
        (
            json!({ "VpcConfg": {} }),
            "VpcConfg: `AWS::Serverless::Function` has no property `VpcConfg`\n\nhelp: did you mean `VpcConfig`?",
        ),
        (
            json!({ "FunctionUrlConfig": { "AuthType": "NONE", "InvokMode": "BUFFERED" } }),
            "InvokMode: `FunctionUrlConfig` has no property `InvokMode`\n\nhelp: did you mean `InvokeMode`?",
        ),
        (
            json!({ "VpcConfig": { "Zone": 1 } }),
            "Zone: `VpcConfig` has no property `Zone`\n\nhelp: `VpcConfig` takes `Ipv6AllowedForDualStack`, `SecurityGroupIds` and `SubnetIds`",
        ),
        (
            json!({ "FunctionUrlConfig": { "AuthTyp": "NONE" } }),
            "AuthTyp: `FunctionUrlConfig` has no property `AuthTyp`\n\nhelp: did you mean `AuthType`?",
        ),
        (json!({ "Bananas": 1 }), "Bananas: `AWS::Serverless::Function` has no property `Bananas`"),
    ] {
        assert_eq!(problem(&properties), expected);
    }
}

#[test]
fn a_value_of_another_form_is_an_error() {
    for (properties, expected) in [
        (json!({ "VpcConfig": "vpc-1" }), "`VpcConfig` takes a map, found this"),
        (
            json!({ "VpcConfig": { "SubnetIds": "subnet-1" } }),
            "`SubnetIds` takes a list, found this",
        ),
        (
            json!({ "VpcConfig": { "SubnetIds": [["a"]] } }),
            "`SubnetIds` takes a string, found this",
        ),
        (json!({ "Timeout": "soon" }), "`Timeout` takes a whole number, found this"),
        (json!({ "Timeout": 1.5 }), "`Timeout` takes a whole number, found this"),
        (json!({ "PropagateTags": "yes" }), "`PropagateTags` takes `true` or `false`, found this"),
        (json!({ "KmsKeyArn": {} }), "`KmsKeyArn` takes a string, found this"),
        (json!({ "Tags": [] }), "`Tags` takes a map, found this"),
        (
            json!({ "Tracing": "Activ" }),
            "`Tracing` cannot be `Activ`\n\nhelp: did you mean `Active`?",
        ),
        (
            json!({ "FunctionUrlConfig": { "AuthType": "JWT" } }),
            "`AuthType` cannot be `JWT`\n\nhelp: it is one of `AWS_IAM` and `NONE`",
        ),
        (json!({ "FunctionUrlConfig": {} }), "`FunctionUrlConfig` needs the property `AuthType`"),
    ] {
        let found = problem(&properties);
        assert!(found.contains(expected), "{properties}: {found}");
    }
}

#[test]
fn a_required_property_can_be_added_to_a_map_that_is_merged() {
    let kind = "AWS::S3::Bucket";
    let partial =
        json!({ "VersioningConfiguration": {}, "ObjectLockConfiguration": { "Rule": {} } });
    assert_eq!(problems(kind, &partial, Completeness::Items), [""; 0]);
    let items = json!({ "CorsConfiguration": { "CorsRules": [{ "AllowedOrigins": ["*"] }] } });
    let missing = problems(kind, &items, Completeness::Items);
    assert!(missing[0].ends_with("`CorsRules` needs the property `AllowedMethods`"), "{missing:?}");
    let whole = problems("AWS::SQS::QueuePolicy", &json!({}), Completeness::Whole);
    assert_eq!(whole.len(), 2, "{whole:?}");
}

#[test]
fn a_type_has_its_attributes() {
    let attributes = |kind: &str| Shape::of_type(kind).unwrap().attributes();
    assert_eq!(attributes("AWS::Lambda::Url").unwrap(), ["FunctionArn", "FunctionUrl"]);
    let queue = attributes("AWS::SQS::Queue").unwrap();
    assert!(
        ["Arn", "QueueUrl", "VisibilityTimeout"].iter().all(|it| queue.contains(it)),
        "{queue:?}"
    );
    assert_eq!(attributes("AWS::Serverless::Function"), None);
    assert_eq!(attributes("AWS::CodeDeploy::DeploymentGroup").unwrap(), [""; 0]);
    assert_eq!(Shape::of_type("AWS::Acme::Thing"), None);
    assert_eq!(Shape::of_type("AWS::Lambda::Function.VpcConfig"), None);
}

#[test]
fn sections_of_globals_have_their_own_properties() {
    let names = |section: &str| -> Vec<&str> {
        Shape::of_globals(section).unwrap().properties().map(|it| it.name).collect()
    };
    assert!(names("HttpApi").contains(&"CorsConfiguration"));
    assert!(!names("HttpApi").contains(&"Name"));
    assert!(names("Api").contains(&"Name"));
}

/// Every reference of the table to another shape is followed, so that no part is checked by accident alone.
#[test]
fn every_part_that_the_table_names_exists() {
    fn leads_nowhere(form: Form) -> bool {
        match form {
            Form::List(inner, of) | Form::Map(inner, of) => leads_nowhere(Form::parse(inner, of)),
            Form::Shape(part) => part.is_none(),
            _ => false,
        }
    }
    for (name, shape) in shape_lines() {
        for property in shape.properties() {
            assert!(!leads_nowhere(property.form), "{name}: {property:?}");
        }
    }
}
