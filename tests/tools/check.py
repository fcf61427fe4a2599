"""Puts SAM templates in front of AWS's own readers of them.

Takes a folder for the results and any number of templates. For each it runs `sam validate --lint`, which is
cfn-lint on what SAM makes of the template, and aws-sam-translator, and reads the `cloudformation.yaml`
beside it, if there is one. Gives one JSON array on standard output: {template, problems, expected,
generated, translated, plain}. One process for all, since each of these tools takes seconds to start.
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


# SAM has cfn-lint load its rules for each template, which takes longer than most templates do. Where it is given
# several templates, cfn-lint itself loads them once.
Rules.create_from_directory = functools.cache(Rules.create_from_directory)


def validate(path):
    with contextlib.redirect_stderr(io.StringIO()):
        result = CliRunner().invoke(sam, ["validate", "--lint", "--template", str(path)])
    return [] if result.exit_code == 0 else [f"sam validate --lint: {result.output.strip()}"]


def plain(path):
    """The template without SAM, its short intrinsics written out; `None` where there is none."""
    beside = path.with_name("cloudformation.yaml")
    if not beside.exists():
        return None
    return json.loads(json.dumps(yaml_parse(beside.read_text(encoding="utf-8")), default=str))


def check(job):
    path, translated = job
    problems = validate(path)
    answer = {
        "template": str(path),
        "problems": problems,
        "translated": str(translated),
        "plain": plain(path),
    }
    template = yaml_parse(path.read_text(encoding="utf-8"))
    answer["expected"] = generated_ids.of(template)
    try:
        made = translate(template)
    except Exception as error:  # whatever it is, it is what the template's user would see
        problems.append(f"aws-sam-translator: {error!r}")
        answer["generated"] = []
        return answer
    answer["generated"] = generated_ids.plain(made["Resources"])
    translated.write_text(json.dumps(made, indent=2, default=str, ensure_ascii=False), encoding="utf-8")
    return answer


def main(results, *templates):
    results = pathlib.Path(results)
    jobs = [(pathlib.Path(t), results / f"{n}.json") for n, t in enumerate(templates)]
    with multiprocessing.Pool(min(len(jobs), multiprocessing.cpu_count())) as pool:
        json.dump(pool.map(check, jobs, chunksize=1), sys.stdout, indent=2)
