"""Lists the properties of functions and of their events that aws-sam-translator knows, and those that templates have.

Takes SAM templates. Prints one JSON object. `function` has every property of `AWS::Serverless::Function`, and `events`
every property of each type of event. `used` has the same for the templates: the properties of functions with those of
`Globals`, those of events, and in `resources` the properties of each other type of resource.
"""

import collections
import json
import sys
import typing

from samcli.yamlhelper import yaml_parse
from samtranslator.internal.schema_source import aws_serverless_function as schema


def fields(model):
    """Returns the names of the fields of a class of the schema."""
    return sorted(getattr(model, "model_fields", None) or model.__fields__)


def known_events():
    """Returns the properties of each type of event in the schema."""
    events = {}
    for name, kind in vars(schema).items():
        if not name.endswith("Event") or not hasattr(schema, name + "Properties") and name != "ScheduleEvent":
            continue
        hints = typing.get_type_hints(kind)
        [event] = typing.get_args(hints["Type"])
        properties = schema.EventsScheduleProperties if name == "ScheduleEvent" else getattr(schema, name + "Properties")
        events[event] = fields(properties)
    return events


def main(*paths):
    used = {"function": set(), "events": collections.defaultdict(set), "resources": collections.defaultdict(set)}
    for path in paths:
        with open(path, encoding="utf-8") as file:
            template = yaml_parse(file.read())
        used["function"].update(template.get("Globals", {}).get("Function", {}))
        for resource in template["Resources"].values():
            properties = resource.get("Properties") or {}
            if resource["Type"] != "AWS::Serverless::Function":
                used["resources"][resource["Type"]].update(properties)
                continue
            used["function"].update(properties)
            for event in properties.get("Events", {}).values():
                used["events"][event["Type"]].update(event.get("Properties") or {})
    known = {"function": fields(schema.Properties), "events": known_events()}
    print(json.dumps(known | {"used": used}, default=sorted))


if __name__ == "__main__":
    main(*sys.argv[1:])
