"""The logical ids that SAM makes of a template, as its documentation says.

Takes a SAM template as read from YAML, gives every id of the CloudFormation template, as often as
something asks for it. SAM itself lets the second of two equal ids replace the first without a word,
so a template is sound only if no id comes twice here and the translator comes to the same ids.
"""

import re

# The ten hexadecimal digits of a version are a hash of the code's location.
VERSION = re.compile(r"Version[0-9a-f]{10}$")

# Event type to what it makes, after `<Function><Event>`.
EVENTS = {
    "S3": ["Permission"],
    "SNS": ["", "Permission"],
    "Schedule": ["", "Permission"],
    "ScheduleV2": ["", "Role"],
    "EventBridgeRule": ["", "Permission"],
    "CloudWatchEvent": ["", "Permission"],
    "HttpApi": ["Permission"],
    "SQS": [""],
    "Kinesis": [""],
    "DynamoDB": [""],
}

# Type of a destination to what it makes where none is named, after the outcome.
DESTINATIONS = {"SQS": "Queue", "SNS": "Topic"}


def of(template):
    """Every id, sorted, repeated where SAM would overwrite; `*` stands for a version's hash."""
    common = template.get("Globals", {}).get("Function", {})
    ids, apis, preferences = [], set(), []
    for name, resource in template["Resources"].items():
        ids.append(name)
        properties = {**common, **resource.get("Properties", {})}
        if resource["Type"] == "AWS::Serverless::Function":
            ids += function(name, properties)
            preferences.append(properties.get("DeploymentPreference"))
            apis |= {
                "ServerlessHttpApi"
                for event in properties.get("Events", {}).values()
                if event["Type"] == "HttpApi" and "ApiId" not in event.get("Properties", {})
            }
        elif resource["Type"] == "AWS::Serverless::HttpApi":
            stage = properties.get("StageName", "ApiGatewayDefault")
            ids.append(f"{name}{stage}Stage")
    preferences = [preference for preference in preferences if preference]
    if preferences:
        # One for the whole stack.
        ids.append("ServerlessDeploymentApplication")
        if not all("Role" in preference for preference in preferences):
            ids.append("CodeDeployServiceRole")
    for api in apis:
        ids += [api, f"{api}ApiGatewayDefaultStage"]
    return sorted(ids)


def function(name, properties):
    ids = [] if "Role" in properties else [f"{name}Role"]
    if alias := properties.get("AutoPublishAlias"):
        ids += [f"{name}Alias{alias}", f"{name}Version*"]
    if "EventInvokeConfig" in properties:
        ids.append(f"{name}EventInvokeConfig")
        destinations = properties["EventInvokeConfig"].get("DestinationConfig", {})
        ids += [
            f"{name}EventInvokeConfig{outcome}{DESTINATIONS[to['Type']]}"
            for outcome, to in destinations.items()
            if "Destination" not in to
        ]
    if url := properties.get("FunctionUrlConfig"):
        ids.append(f"{name}Url")
        if url["AuthType"] == "NONE":
            ids += [f"{name}UrlPublicPermissions", f"{name}URLInvokeAllowPublicAccess"]
    if "DeploymentPreference" in properties:
        ids.append(f"{name}DeploymentGroup")
    for event, what in properties.get("Events", {}).items():
        if what["Type"] not in EVENTS:
            raise SystemExit(f"what does SAM make of an event of type {what['Type']}? add it")
        ids += [f"{name}{event}{suffix}" for suffix in EVENTS[what["Type"]]]
    return ids


def plain(generated):
    """Ids of a translated template, with `*` for a version's hash."""
    return sorted(VERSION.sub("Version*", name) for name in generated)
