"""Checks plain templates with the newest cfn-lint.

Takes any number of templates and prints one JSON object. `found` has each finding with its `rule` and its
`line`. `replaced` has the properties of a function's version that cause a replacement, according to AWS's
schema. Each process loads the rules once, which takes as long as to check a template.
"""

import json
import multiprocessing
import sys

from cfnlint.config import ConfigMixIn
from cfnlint.runner import Runner
from cfnlint.schema import PROVIDER_SCHEMA_MANAGER


def lint(templates):
    runner = Runner(ConfigMixIn(["--regions", "us-east-1", "--template", *templates]))
    return [{"rule": match.rule.id, "line": f"{match.filename}: {match}"} for match in runner.run()]


def main(templates):
    processes = min(len(templates), multiprocessing.cpu_count())
    parts = [templates[start::processes] for start in range(processes)]
    with multiprocessing.Pool(processes) as pool:
        found = [found for part in pool.map(lint, parts, chunksize=1) for found in part]
    version = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", "AWS::Lambda::Version").schema
    replaced = [pointer.removeprefix("/properties/") for pointer in version["createOnlyProperties"]]
    json.dump({"found": found, "replaced": replaced}, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1:])
