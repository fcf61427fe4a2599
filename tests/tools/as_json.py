"""Prints a SAM template as JSON. Short forms of intrinsic functions are written in their long form."""

import json
import pathlib
import sys

from samcli.yamlhelper import yaml_parse


def main(path):
    template = yaml_parse(pathlib.Path(path).read_text(encoding="utf-8"))
    json.dump(template, sys.stdout, default=str)
