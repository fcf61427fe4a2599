"""Prints the limits of CloudFormation's schemas, which the newest cfn-lint brings.

Takes names such as `AWS::SQS::Queue/properties/DelaySeconds`: a type and the path of a value in its schema. The type
`Template` has the limits of templates. Prints one JSON object with, by name, the `min`, the `max` and the `enum` of
the value, as far as the schema has them.
"""

import json
import sys

from cfnlint.helpers import LIMITS
from cfnlint.schema import PROVIDER_SCHEMA_MANAGER

KEYWORDS = {"min": ("minimum", "minLength", "minItems"), "max": ("maximum", "maxLength", "maxItems")}


def limits_of(name):
    kind, *path = name.split("/")
    if kind == "Template":
        node = LIMITS
        for key in path:
            node = node[key]
        return {"max": node}
    node = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", kind).schema
    for key in path:
        node = node[key]
    found = {}
    for limit, keywords in KEYWORDS.items():
        found |= {limit: node[keyword] for keyword in keywords if keyword in node}
    return found | ({"enum": node["enum"]} if "enum" in node else {})


if __name__ == "__main__":
    json.dump({name: limits_of(name) for name in sys.argv[1:]}, sys.stdout)
