"""A SAM template as JSON on standard output, its short intrinsics written out."""

import json
import pathlib
import sys

from samcli.yamlhelper import yaml_parse


def main(path):
    template = yaml_parse(pathlib.Path(path).read_text(encoding="utf-8"))
    json.dump(template, sys.stdout, default=str)
