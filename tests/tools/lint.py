"""Puts templates without SAM in front of cfn-lint, all rules that it has by default.

Takes any number of templates, gives one JSON array on standard output: {rule, line} for each finding. The
rules are loaded once for each process, which takes as long as a template does.
"""

import json
import multiprocessing
import sys

from cfnlint.config import ConfigMixIn
from cfnlint.runner import Runner


def lint(templates):
    runner = Runner(ConfigMixIn(["--regions", "us-east-1", "--template", *templates]))
    return [{"rule": match.rule.id, "line": f"{match.filename}: {match}"} for match in runner.run()]


def main(templates):
    processes = min(len(templates), multiprocessing.cpu_count())
    parts = [templates[start::processes] for start in range(processes)]
    with multiprocessing.Pool(processes) as pool:
        json.dump([found for part in pool.map(lint, parts, chunksize=1) for found in part], sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1:])
