"""Prints the limits of AWS's service models, which botocore brings.

Takes names such as `lambda:Timeout`: a service and a shape. Prints one JSON object with, by name, the `min`, the
`max` and the `enum` of the shape, as far as the model has them.
"""

import json

import botocore.session


def limits_of(session, name):
    service, shape = name.split(":")
    shape = session.get_service_model(service).shape_for(shape)
    found = {key: shape.metadata[key] for key in ("min", "max") if key in shape.metadata}
    enum = getattr(shape, "enum", None)
    return found | ({"enum": list(enum)} if enum else {})


def main(*names):
    session = botocore.session.get_session()
    print(json.dumps({name: limits_of(session, name) for name in names}))
