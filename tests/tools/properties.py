"""What aws-sam-translator makes of the properties of functions.

Takes files of cases, each a name with `sam` (the properties of functions, by their logical ids) and `plain`
(what Skylift makes of them). Gives one JSON object: `properties`, every property of
`AWS::Serverless::Function` that the translator knows, and `cases`, by name, with `sam` (what the translator
made) and `plain` (what Skylift made), both normalised, so that what is left differs.
"""

import json
import pathlib
import sys

from samtranslator.internal.schema_source import aws_serverless_function as schema
from samtranslator.model.sam_resources import SamFunction

from generated_ids import VERSION
from translation import translate

BASE = {"Handler": "bootstrap", "Runtime": "provided.al2023", "CodeUri": {"Bucket": "code", "Key": "key"}}
CODE = {"S3Bucket": "code", "S3Key": "key"}

# What a case may refer to.
AROUND = {
    "Parameters": {"Name": {"Type": "String"}},
    "Conditions": {"Own": {"Fn::Equals": [{"Ref": "AWS::Region"}, "eu-west-1"]}},
    "Resources": {
        "Failed": {"Type": "AWS::SQS::Queue"},
        "Done": {"Type": "AWS::SNS::Topic"},
        "Bucket": {"Type": "AWS::S3::Bucket"},
        "Other": {"Type": "AWS::Lambda::Function", "Properties": {}},
        "Before": {"Type": "AWS::Lambda::Function", "Properties": {}},
        "After": {"Type": "AWS::Lambda::Function", "Properties": {}},
        "Alarm": {"Type": "AWS::CloudWatch::Alarm", "Properties": {}},
        "Files": {"Type": "AWS::EFS::AccessPoint", "Properties": {}},
        "Provider": {"Type": "AWS::Lambda::CapacityProvider", "Properties": {}},
    },
}


# The trust that SAM gives to a role.
LAMBDA = {"Effect": "Allow", "Action": ["sts:AssumeRole"], "Principal": {"Service": ["lambda.amazonaws.com"]}}

# Managed policies in whose place the roles have statements on exact ARNs: for logs, and for traces.
STATEMENTS = ["service-role/AWSLambdaBasicExecutionRole", "AWSXrayWriteOnlyAccess", "AWSXRayDaemonWriteAccess"]


def translation(functions):
    """The resources and conditions that SAM makes of functions with these properties."""
    template = json.loads(json.dumps(AROUND)) | {"Transform": "AWS::Serverless-2016-10-31"}
    for name, properties in functions.items():
        function = {"Type": "AWS::Serverless::Function", "Properties": BASE | properties}
        template["Resources"][name] = function
    plain = translate(template)
    return {
        "Resources": {k: v for k, v in plain["Resources"].items() if k not in AROUND["Resources"]},
        "Conditions": {k: v for k, v in plain["Conditions"].items() if k not in AROUND["Conditions"]},
    }


def normalise(plain, functions):
    """What differs for a reason, taken away on both sides."""
    plain = json.loads(json.dumps(plain))
    # SAM names a version after a hash of the code.
    versions = {name: VERSION.sub("Version", name) for name in plain["Resources"]}
    # The name of a condition may be any: its definition counts.
    definitions = {name: json.dumps(what) for name, what in plain.pop("Conditions").items()}
    plain = rename(rename(plain, versions), definitions)
    resources = walk(plain["Resources"], literal)
    for name, resource in resources.items():
        properties = resource.setdefault("Properties", {})
        if "Tags" in properties:
            # SAM says of what it made that it did.
            tags = [tag for tag in properties["Tags"] if tag["Key"] != "lambda:createdBy"]
            properties["Tags"] = sorted(tags, key=lambda tag: tag["Key"])
        for empty in ("Tags", "DestinationConfig", "Code"):
            # Nothing is said by an empty one.
            if properties.get(empty) in ([], {}):
                del properties[empty]
        if name in functions:
            normalise_function(properties, functions[name])
        elif resource["Type"] == "AWS::IAM::Role" and name.removesuffix("Role") in functions:
            resource["Properties"] = role(properties)
    return resources


def normalise_function(properties, written):
    for name in ("Handler", "Runtime"):
        if name not in written:
            properties.pop(name, None)
    code = {k: v for k, v in properties.pop("Code", {}).items() if (k, v) not in CODE.items()}
    if code:
        properties["Code"] = code


def role(properties):
    """The role's own properties, every action with its resource, and the managed policies by name."""
    if "Statements" in properties:
        statements, managed = properties.pop("Statements"), properties.pop("Managed")
    else:
        policies = properties.pop("Policies", [])
        statements = [s for policy in policies for s in policy["PolicyDocument"]["Statement"]]
        managed = [arn.split(":policy/")[1] for arn in properties.pop("ManagedPolicyArns")]
    grants = []
    for statement in statements:
        actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
        # IAM knows no case, and SAM writes `sns:publish`.
        grants += [[action.lower(), objects(statement["Resource"])] for action in actions]
    grants.sort(key=json.dumps)
    # Every role trusts Lambda, unless the user says whom it trusts.
    if properties.get("AssumeRolePolicyDocument", {}).get("Statement") == [LAMBDA]:
        del properties["AssumeRolePolicyDocument"]
    managed = [name for name in managed if name not in STATEMENTS]
    return properties | {"grants": grants, "managed": sorted(managed)}


def objects(resource):
    """The objects of a bucket are joined in two ways: `Join` in SAM, a text or a `Sub` in ours."""
    match resource:
        case {"Fn::Join": ["/", [arn, "*"]]}:
            return {"objects of": arn}
        case str() if resource.startswith("arn:aws:s3:::") and resource.endswith("/*"):
            return {"objects of": resource[:-2]}
        case {"Fn::Sub": ["${Arn}/*", {"Arn": arn}]}:
            return {"objects of": arn}
    return resource


def literal(node):
    """Values that both sides write in different ways, in one way."""
    match node:
        case {"Fn::Sub": ["CodeDeployDefault.Lambda${ConfigName}", {"ConfigName": name}]}:
            return f"CodeDeployDefault.Lambda{name}"
        case {"Fn::Sub": str(text)} if text.startswith("arn:${AWS::Partition}:iam::aws:policy/"):
            # The translator was told a region, so it knows the partition.
            return text.replace("${AWS::Partition}", "aws")
        case {"Fn::GetAtt": str(text)}:
            return {"Fn::GetAtt": text.split(".", 1)}
        case {"Fn::If": [condition, then, otherwise]} if condition.startswith('{"Fn::Not": '):
            inner = json.loads(condition)["Fn::Not"][0]["Condition"]
            return {"Fn::If": [inner, otherwise, then]}
    return node


def walk(node, change):
    match node:
        case dict():
            node = {key: walk(value, change) for key, value in node.items()}
        case list():
            node = [walk(value, change) for value in node]
    return change(node)


def rename(node, names):
    match node:
        case dict():
            return {names.get(key, key): rename(value, names) for key, value in node.items()}
        case list():
            return [rename(value, names) for value in node]
        case str():
            head, dot, tail = node.partition(".")
            return names.get(head, head) + dot + tail
    return node


def main(*files):
    cases = {}
    for file in files:
        for name, case in json.loads(pathlib.Path(file).read_text(encoding="utf-8")).items():
            sam = translation(case["sam"])
            cases[name] = {
                "sam": normalise(sam, case["sam"]),
                "plain": normalise(case["plain"], case["sam"]),
            }
    known = set(SamFunction.property_types) | set(schema.Properties.__fields__)
    json.dump({"properties": sorted(known), "cases": cases}, sys.stdout, indent=2)
