"""Translates the properties of functions with aws-sam-translator.

Takes files of cases. Each case has a name, `sam` (the properties of functions by their logical ids) and
`plain` (Skylift's output for them). Prints one JSON object. `properties` has every property of
`AWS::Serverless::Function` that the translator knows. `cases` has, by name, `sam` (the translator's output)
and `plain` (Skylift's output). Both are normalised: accepted differences are removed.
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

# The parameters, conditions and resources to which a case may refer.
SURROUNDINGS = {
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


# The statement of the trust policy that SAM gives to a role.
LAMBDA = {"Effect": "Allow", "Action": ["sts:AssumeRole"], "Principal": {"Service": ["lambda.amazonaws.com"]}}

# Managed policies for logs and traces. Our roles have statements with exact ARNs instead.
STATEMENTS = ["service-role/AWSLambdaBasicExecutionRole", "AWSXrayWriteOnlyAccess", "AWSXRayDaemonWriteAccess"]


def translate_functions(functions):
    """Returns the resources and conditions that SAM creates for functions with these properties."""
    template = json.loads(json.dumps(SURROUNDINGS)) | {"Transform": "AWS::Serverless-2016-10-31"}
    for name, properties in functions.items():
        function = {"Type": "AWS::Serverless::Function", "Properties": BASE | properties}
        template["Resources"][name] = function
    plain = translate(template)
    return {
        "Resources": {k: v for k, v in plain["Resources"].items() if k not in SURROUNDINGS["Resources"]},
        "Conditions": {k: v for k, v in plain["Conditions"].items() if k not in SURROUNDINGS["Conditions"]},
    }


def normalise(plain, functions):
    """Returns the resources without the accepted differences between SAM and Skylift."""
    plain = json.loads(json.dumps(plain))
    # SAM appends a hash of the code to the id of a version.
    versions = {name: VERSION.sub("Version", name) for name in plain["Resources"]}
    # The name of a condition has no meaning: compare its definition.
    definitions = {name: json.dumps(what) for name, what in plain.pop("Conditions").items()}
    plain = rename(rename(plain, versions), definitions)
    resources = walk(plain["Resources"], normalise_value)
    for name, resource in resources.items():
        properties = resource.setdefault("Properties", {})
        if "Tags" in properties:
            # SAM marks the resources that it creates with a tag.
            tags = [tag for tag in properties["Tags"] if tag["Key"] != "lambda:createdBy"]
            properties["Tags"] = sorted(tags, key=lambda tag: tag["Key"])
        for empty in ("Tags", "DestinationConfig", "Code"):
            # An empty value has no meaning.
            if properties.get(empty) in ([], {}):
                del properties[empty]
        if name in functions:
            normalise_function(properties, functions[name])
        elif resource["Type"] == "AWS::IAM::Role" and name.removesuffix("Role") in functions:
            resource["Properties"] = normalise_role(properties)
    return resources


def normalise_function(properties, written):
    for name in ("Handler", "Runtime"):
        if name not in written:
            properties.pop(name, None)
    code = {k: v for k, v in properties.pop("Code", {}).items() if (k, v) not in CODE.items()}
    if code:
        properties["Code"] = code


def normalise_role(properties):
    """Returns a role's properties, its actions with their resources, and the names of its managed policies."""
    if "Statements" in properties:
        statements, managed = properties.pop("Statements"), properties.pop("Managed")
    else:
        policies = properties.pop("Policies", [])
        statements = [s for policy in policies for s in policy["PolicyDocument"]["Statement"]]
        managed = [arn.split(":policy/")[1] for arn in properties.pop("ManagedPolicyArns")]
    grants = []
    for statement in statements:
        actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
        # IAM ignores case, and SAM writes `sns:publish`.
        grants += [[action.lower(), normalise_objects(statement["Resource"])] for action in actions]
    grants.sort(key=json.dumps)
    # Every role trusts Lambda, unless the user sets another trust policy.
    if properties.get("AssumeRolePolicyDocument", {}).get("Statement") == [LAMBDA]:
        del properties["AssumeRolePolicyDocument"]
    managed = [name for name in managed if name not in STATEMENTS]
    return properties | {"grants": grants, "managed": sorted(managed)}


def normalise_objects(resource):
    """Normalises the ARN of the objects of a bucket: SAM writes a `Join`, and Skylift a string or a `Sub`."""
    match resource:
        case {"Fn::Join": ["/", [arn, "*"]]}:
            return {"objects of": arn}
        case str() if resource.startswith("arn:aws:s3:::") and resource.endswith("/*"):
            return {"objects of": resource[:-2]}
        case {"Fn::Sub": ["${Arn}/*", {"Arn": arn}]}:
            return {"objects of": arn}
    return resource


def normalise_value(node):
    """Normalises values that SAM and Skylift write in different ways."""
    match node:
        case {"Fn::Sub": ["CodeDeployDefault.Lambda${ConfigName}", {"ConfigName": name}]}:
            return f"CodeDeployDefault.Lambda{name}"
        case {"Fn::Sub": str(text)} if text.startswith("arn:${AWS::Partition}:iam::aws:policy/"):
            # The translator knows the region, and writes its partition.
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
            sam = translate_functions(case["sam"])
            cases[name] = {
                "sam": normalise(sam, case["sam"]),
                "plain": normalise(case["plain"], case["sam"]),
            }
    known = set(SamFunction.property_types) | set(schema.Properties.__fields__)
    json.dump({"properties": sorted(known), "cases": cases}, sys.stdout, indent=2)
