"""SAM to plain CloudFormation, by AWS's own translator and without an account.

Takes the path of a SAM template, gives the CloudFormation template as JSON on standard output.
"""

import json
import pathlib
import sys

from samcli.lib.translate.sam_template_validator import SamTemplateValidator
from samcli.yamlhelper import yaml_parse


class NoFurtherPolicies:
    """Managed policies beyond those that come with the translator: it asks IAM for them, we do not."""

    def load(self):
        return {}


def translate(template):
    """The plain template; code that lies in a folder is taken as uploaded."""
    validator = SamTemplateValidator(template, NoFurtherPolicies(), region="us-east-1")
    return yaml_parse(validator.get_translated_template_if_valid())


def main(path):
    source = yaml_parse(pathlib.Path(path).read_text(encoding="utf-8"))
    json.dump(translate(source), sys.stdout, indent=2, default=str)
