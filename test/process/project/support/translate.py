"""Writes out SAM templates with AWS's own translator: paths in, one line of JSON for each."""

import json
import os
import sys

os.environ["AWS_DEFAULT_REGION"] = "us-east-1"

from samtranslator.translator.transform import transform  # noqa: E402
from samtranslator.yaml_helper import yaml_parse  # noqa: E402


class NoManagedPolicies:
    def load(self):
        return {}


for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        print(json.dumps(transform(yaml_parse(file.read()), {}, NoManagedPolicies())))
