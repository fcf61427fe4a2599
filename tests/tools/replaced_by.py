"""The properties of a resource type that CloudFormation replaces the resource for, as AWS's own schema has it.

Takes a type, gives the names of its properties as JSON on standard output.
"""

import json
import sys

from cfnlint.schema import PROVIDER_SCHEMA_MANAGER

schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", sys.argv[1]).schema
json.dump([pointer.removeprefix("/properties/") for pointer in schema["createOnlyProperties"]], sys.stdout)
