use super::*;

#[test]
fn what_cloudformation_does_not_know_is_an_error_with_a_suggestion() {
    for (yaml, message) in [
        (
            "Resource: {}\n",
            "1:1: CloudFormation has no section `Resource`\n\nhelp: did you mean `Resources`?",
        ),
        ("[a]\n", "1:1: a template must be a map of sections, found a list"),
        ("Resources: 3\n", "1:12: `Resources` must be a map, found a number"),
        (
            "Resources:\n  a-b: {Type: AWS::S3::Bucket}\n",
            "2:3: resource `a-b` is not a logical id: ",
        ),
        ("Resources:\n  A: text\n", "2:6: resource `A` must be a map, found a string"),
        ("Resources:\n  A: {Properties: {}}\n", "2:3: resource `A` has no `Type`"),
        (
            "Resources:\n  A:\n    Type: Bucket\n",
            "3:11: `Bucket` is not the type of a resource\n\nhelp: write a type such as `AWS::S3::Bucket`",
        ),
        (
            "Resources:\n  A:\n    Type: AWS::SNS::Topik\n",
            "3:11: AWS has no resource type `AWS::SNS::Topik`\n\nhelp: did you mean `AWS::SNS::Topic`?",
        ),
        (
            "Resources:\n  A: {Type: AWS::S3::Bucket, DeletionPolicy: Keep}\n",
            "2:46: `DeletionPolicy` cannot be `Keep`\n\nhelp: it is one of `Delete`, `Retain`, `RetainExceptOnCreate` and `Snapshot`",
        ),
        (
            "Resources:\n  A: {Type: AWS::S3::Bucket, UpdateReplacePolicy: Retein}\n",
            "2:51: `UpdateReplacePolicy` cannot be `Retein`\n\nhelp: did you mean `Retain`?",
        ),
        (
            "Resources:\n  A: {Type: AWS::S3::Bucket, DeletionPolicy: true}\n",
            "2:46: `DeletionPolicy` takes a string, found a boolean\n\nhelp: it is one of `Delete`, `Retain`, `RetainExceptOnCreate` and `Snapshot`",
        ),
        (
            "Parameters:\n  A: {Type: Strng}\n",
            "2:13: a parameter cannot have the type `Strng`\n\nhelp: did you mean `String`?",
        ),
        (
            "Parameters:\n  A: {Type: Boolean}\n",
            "2:13: a parameter cannot have the type `Boolean`\n\nhelp: write `String`, `Number`, `CommaDelimitedList` or `List<Number>`",
        ),
        (
            "Parameters:\n  A: {Type: AWS::SSM::Parameter::Value<Strings>}\n",
            "2:13: a parameter cannot have the type `AWS::SSM::Parameter::Value<Strings>`\n\nhelp: did you mean `AWS::SSM::Parameter::Value<String>`?",
        ),
        (
            "Parameters:\n  A: {Type: String, AllowedValues: [dev, prod], Default: prd}\n",
            "2:58: the default `prd` is not one of the `AllowedValues`\n\nhelp: did you mean `prod`?",
        ),
        (
            "Parameters:\n  A: {Type: CommaDelimitedList, AllowedValues: [a, b], Default: 'a,c'}\n",
            "2:65: the default `c` is not one of the `AllowedValues`\n\nhelp: did you mean `a`?",
        ),
        (
            "Parameters:\n  A: {Type: String, AllowedValues: dev}\n",
            "2:36: `AllowedValues` takes a list, found a string\n\nhelp: write `[a, b]`",
        ),
        (
            "Parameters:\n  A: {Type: Number, Default: ten}\n",
            "2:30: the default `ten` is not a number\n\nhelp: write a number, or `Type: String`",
        ),
        (
            "Parameters:\n  A: {Type: Number, Default: 10, MaxValue: 9}\n",
            "2:30: the default `10` does not keep `MaxValue`, which is 9",
        ),
        (
            "Parameters:\n  A: {Type: String, Default: ab, MinLength: 3}\n",
            "2:30: the default `ab` does not keep `MinLength`, which is 3",
        ),
        (
            "Resources:\n  A:\n    Type: AWS::S3::Bucket\n    Propertys: {}\n",
            "4:5: CloudFormation has no `Propertys` in resource `A`\n\nhelp: did you mean `Properties`?",
        ),
        (
            "Resources:\n  A:\n    Type: AWS::S3::Bucket\n    BucketName: a\n",
            "4:5: CloudFormation has no `BucketName` in resource `A`\n\nhelp: the properties of a resource are under `Properties`",
        ),
        ("Parameters:\n  A: {Default: a}\n", "2:3: parameter `A` has no `Type`"),
        ("Outputs:\n  A: {Description: a}\n", "2:3: output `A` has no `Value`"),
        (
            "Outputs:\n  A: {Value: a, Exports: b}\n",
            "2:17: CloudFormation has no `Exports` in output `A`\n\nhelp: did you mean `Export`?",
        ),
        (
            "Conditions:\n  A: true\n",
            "2:6: condition `A` must be a map, found a boolean\n\nhelp: write a function: `A: !Equals [!Ref Stage, prod]`",
        ),
        ("Rules:\n  A: {Assert: []}\n", "2:7: CloudFormation has no `Assert` in rule `A`"),
        ("Mappings:\n  A: [1]\n", "2:6: mapping `A` must be a map, found a list"),
        (
            "Globals:\n  Function: {Tracing: Active}\n",
            "2:3: `Globals` for functions would silently change the functions of this package",
        ),
        (
            "Globals:\n  Apis: {}\n",
            "2:3: SAM has no `Apis` in `Globals`\n\nhelp: did you mean `Api`?",
        ),
        ("Description: [a]\n", "1:14: a description must be text, found a list"),
        (
            "AWSTemplateFormatVersion: 2010-09-10\n",
            "1:27: the only version of the format is `2010-09-09`\n\nhelp: leave it out: Skylift writes it",
        ),
        (
            "Transform: 3\n",
            "1:12: expected the name of a transform, found a number\n\nhelp: write `Transform: AWS::LanguageExtensions`",
        ),
    ] {
        let errors = read_one(yaml).map(|_| ()).unwrap_err();
        assert!(errors[0].starts_with(message), "{yaml}: {errors:?}");
    }
}

#[test]
fn what_cloudformation_knows_is_accepted() {
    for yaml in [
        "AWSTemplateFormatVersion: 2010-09-09\n",
        "Transform: [AWS::LanguageExtensions, {Name: AWS::Include, Parameters: {Location: s3://a}}]\n",
        "Resources:\n  A: {Type: Custom::Thing, Version: 1.0, Properties: {ServiceToken: !Ref B}}\n",
        "Resources:\n  Fn::ForEach::Topics: [Name, [a, b], {}]\n",
        "Resources:\n  A: {Fn::Transform: {Name: Mine}}\n",
        "Resources:\n  Fn::Transform: {Name: AWS::Include}\n",
        "Conditions:\n  A: !Equals [a, b]\n  B: {Fn::Not: [!Condition A]}\n",
        "Metadata:\n  AWS::CloudFormation::Interface: {ParameterGroups: []}\n",
        "Globals:\n  HttpApi: {FailOnWarnings: true}\n",
        "Rules:\n  A: {Assertions: [{Assert: {Fn::Contains: [[a], !Ref B]}}]}\n",
        "Resources: {}\n",
        "Resources:\n  A: {Type: AWS::S3::Bucket, DeletionPolicy: !If [A, Retain, Delete]}\n",
        "Parameters:\n  A: {Type: Number, Default: 1.0, AllowedValues: [1, 2], MinValue: 1}\n",
        "Parameters:\n  A: {Type: String, Default: true, AllowedValues: ['true', 'false']}\n",
        "Parameters:\n  A: {Type: List<Number>, Default: '1, 2', AllowedValues: [1, 2]}\n",
        "Parameters:\n  A: {Type: AWS::SSM::Parameter::Value<List<AWS::EC2::Subnet::Id>>, Default: /a/b}\n",
        "Parameters:\n  A: {Type: List<AWS::EC2::Subnet::Id>}\n",
    ] {
        assert!(read_one(yaml).is_ok(), "{yaml}: {:?}", read_one(yaml).map(|_| ()));
    }
}

#[test]
fn two_overlays_cannot_define_the_same_name() {
    let a = b"Resources:\n  A: {Type: AWS::S3::Bucket}\nOutputs:\n  A: {Value: a}\n";
    let read_with = |other: &str| {
        let files: [(&str, &[u8]); 2] = [("a.yaml", a), ("extra.yaml", other.as_bytes())];
        read_several(&files).map(|_| ())
    };
    assert_eq!(read_with("Resources:\n  B: {Type: AWS::S3::Bucket}\n"), Ok(()));
    assert_eq!(
        read_with("Resources:\n  A: {Type: AWS::S3::Bucket}\n").unwrap_err(),
        [
            "2:3: resource `A` has the name of the resource at a.yaml:2\n\nhelp: rename one of them, and the references to it"
        ]
    );
    assert!(
        read_with("Parameters:\n  A: {Type: String}\n").unwrap_err()[0]
            .starts_with("2:3: parameter `A` has the name of the resource")
    );
    assert!(
        read_with("Outputs:\n  A: {Value: b}\n").unwrap_err()[0].contains("the output at a.yaml:4")
    );
    assert_eq!(read_with("Conditions:\n  A: !Equals [a, b]\n"), Ok(()));
}
