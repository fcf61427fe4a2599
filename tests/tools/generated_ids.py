"""The logical ids that SAM generates for a template, according to its documentation.

Takes a parsed SAM template. Gives the ids of all resources in the CloudFormation template, with duplicates.
SAM itself silently lets the second of two equal ids replace the first. A template is therefore valid only if
there are no duplicates here, and if the translator generates the same ids.
"""

import re

# The id of a version ends with ten hexadecimal digits: a hash of the code's location.
VERSION = re.compile(r"Version[0-9a-f]{10}$")

# The suffixes of the ids for each event type. They follow `<Function><Event>`.
EVENTS = {
    "S3": ["Permission"],
    "SNS": ["", "Permission"],
    "Schedule": ["", "Permission"],
    "ScheduleV2": ["", "Role"],
    "EventBridgeRule": ["", "Permission"],
    "CloudWatchEvent": ["", "Permission"],
    "CloudWatchLogs": ["", "Permission"],
    "IoTRule": ["", "Permission"],
    "AlexaSkill": ["Permission"],
    "HttpApi": ["Permission"],
    "SQS": [""],
    "Kinesis": [""],
    "MSK": [""],
    "SelfManagedKafka": [""],
    "MQ": [""],
    "DocumentDB": [""],
    "DynamoDB": [""],
}

# The suffixes of the ids for each type of destination that SAM creates. They follow the outcome.
DESTINATIONS = {"SQS": "Queue", "SNS": "Topic"}


def expected_ids(template):
    """Returns all ids, sorted, with a duplicate where SAM would overwrite one. `*` replaces the hash of a version."""
    common = template.get("Globals", {}).get("Function", {})
    ids, apis, preferences = [], set(), []
    for name, resource in template["Resources"].items():
        ids.append(name)
        properties = {**common, **resource.get("Properties", {})}
        if resource["Type"] == "AWS::Serverless::Function":
            ids += function_ids(name, properties)
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
        # The whole stack has one.
        ids.append("ServerlessDeploymentApplication")
        if not all("Role" in preference for preference in preferences):
            ids.append("CodeDeployServiceRole")
    for api in apis:
        ids += [api, f"{api}ApiGatewayDefaultStage"]
    return sorted(ids)


def function_ids(name, properties):
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
            # An exit would end a process of the pool, which would then wait for its result for ever.
            raise ValueError(f"EVENTS has no ids for events of type {what['Type']}")
        suffixes = EVENTS[what["Type"]]
        if "RoleArn" in what.get("Properties", {}):
            suffixes = [suffix for suffix in suffixes if suffix != "Role"]
        ids += [f"{name}{event}{suffix}" for suffix in suffixes]
    return ids


def strip_hashes(generated):
    """Returns the sorted ids of a translated template, with `*` instead of the hash of a version."""
    return sorted(VERSION.sub("Version*", name) for name in generated)
