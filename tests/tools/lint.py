"""The newest cfn-lint, for templates without SAM.

Takes any number of templates, gives one JSON object on standard output: `found`, each finding with its `rule`
and its `line`, and `replaced`, the properties for which CloudFormation replaces a version of a function, as
AWS's own schema has them. The rules are loaded once for each process, which takes as long as a template does.
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
