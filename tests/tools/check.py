"""Checks SAM templates with AWS's tools.

Takes a folder for the results and any number of templates. For each template it runs `sam validate --lint`,
which is cfn-lint on the output of SAM, and aws-sam-translator. It also reads the `cloudformation.yaml` in the
same folder, if there is one, or the plain template of the same nested stack. Prints one JSON array of {template, problems, expected, generated, translated,
plain}. All templates are checked by one process, because each tool takes seconds to start.
"""

import contextlib
import functools
import io
import json
import multiprocessing
import pathlib
import sys

from cfnlint.rules import Rules
from click.testing import CliRunner
from samcli.cli.main import cli as sam
from samcli.yamlhelper import yaml_parse

import generated_ids
from translation import translate


# SAM makes cfn-lint load its rules again for each template, which takes longer than to check most templates.
# cfn-lint itself loads them once for several templates.
Rules.create_from_directory = functools.cache(Rules.create_from_directory)


def validate(path):
    with contextlib.redirect_stderr(io.StringIO()):
        result = CliRunner().invoke(sam, ["validate", "--lint", "--template", str(path)])
    return [] if result.exit_code == 0 else [f"sam validate --lint: {result.output.strip()}"]


def read_plain(path):
    """Reads the plain template with the long form of intrinsic functions. Returns `None` if there is none."""
    plain_path = path.with_name("cloudformation.yaml")
    if path.parent.name == "stacks":
        # The template of a nested stack.
        plain_path = path.parent.with_name("cloudformation") / path.name
    if not plain_path.exists():
        return None
    return json.loads(json.dumps(yaml_parse(plain_path.read_text(encoding="utf-8")), default=str))


def check_template(job):
    path, translated = job
    problems = validate(path)
    answer = {
        "template": str(path),
        "problems": problems,
        "translated": str(translated),
        "plain": read_plain(path),
    }
    template = yaml_parse(path.read_text(encoding="utf-8"))
    answer["expected"] = generated_ids.expected_ids(template)
    try:
        made = translate(template)
    except Exception as error:  # any error is one that a user of the template would see
        problems.append(f"aws-sam-translator: {error!r}")
        answer["generated"] = []
        return answer
    answer["generated"] = generated_ids.strip_hashes(made["Resources"])
    translated.write_text(json.dumps(made, indent=2, default=str, ensure_ascii=False), encoding="utf-8")
    return answer


def main(results, *templates):
    results = pathlib.Path(results)
    jobs = [(pathlib.Path(t), results / f"{n}.json") for n, t in enumerate(templates)]
    with multiprocessing.Pool(min(len(jobs), multiprocessing.cpu_count())) as pool:
        json.dump(pool.map(check_template, jobs, chunksize=1), sys.stdout, indent=2)
