"""Validates files with a JSON Schema.

Takes the path of the schema and the paths of the files, and prints a JSON list with one line for each error.
"""

import json
import pathlib
import sys

from jsonschema import Draft202012Validator


def main(schema, *files):
    schema = json.loads(pathlib.Path(schema).read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    errors = [
        f"{file}: {error.json_path}: {error.message}"
        for file in files
        for error in validator.iter_errors(json.loads(pathlib.Path(file).read_text(encoding="utf-8")))
    ]
    json.dump(errors, sys.stdout)
