"""Translates SAM templates to plain CloudFormation with AWS's translator, without an AWS account.

Takes the path of a SAM template and prints the CloudFormation template as JSON.
"""

import json
import pathlib
import sys

from samcli.lib.translate.sam_template_validator import SamTemplateValidator
from samcli.yamlhelper import yaml_parse


class NoMorePolicies:
    """No managed policies beyond those in the translator's data: SAM CLI would get more from IAM."""

    def load(self):
        return {}


def translate(template):
    """Returns the plain template. Code in a local folder is treated as uploaded."""
    validator = SamTemplateValidator(template, NoMorePolicies(), region="us-east-1")
    return yaml_parse(validator.get_translated_template_if_valid())


def main(path):
    source = yaml_parse(pathlib.Path(path).read_text(encoding="utf-8"))
    json.dump(translate(source), sys.stdout, indent=2, default=str)
