"""Runs tools in forks of one process that has them loaded.

Prints the path of the Unix socket on which it listens, and runs until its standard input is closed. A client
sends one line of JSON, {tool, args, env, cwd}, and receives {status, stdout, stderr} when the tool has ended.
The tool `moto` is a server: the client receives {port} at once, and the server ends with the connection.

A tool takes a second or more to load, and the tests run tools hundreds of times. Here each tool is loaded once,
with its own entry point, and runs in a fork, so that no run affects another.
"""

import gc
import importlib
import json
import logging
import os
import pathlib
import select
import signal
import socket
import sys
import tempfile
import traceback

# The modules that a tool would otherwise load during its first run.
MODULES = {
    "aws": ["awscli.clidriver", "awscli.handlers"],
    "sam": [
        "samcli.cli.main",
        "samcli.commands.build.command",
        "samcli.commands.build.build_context",
        "samcli.commands.deploy.command",
        "samcli.commands.deploy.deploy_context",
        "samcli.commands.package.command",
        "samcli.commands.package.package_context",
        "samcli.commands.validate.validate",
        "cfnlint.api",
    ],
    "moto": ["moto.server", "moto.moto_server.threaded_moto_server", "moto.cloudformation.parsing"],
}
SERVICES = [
    "apigatewayv2",
    "applicationautoscaling",
    "awslambda",
    "cloudformation",
    "dynamodb",
    "events",
    "iam",
    "kinesis",
    "logs",
    "s3",
    "secretsmanager",
    "sns",
    "sqs",
    "ssm",
    "sts",
]
MODULES["moto"] += [f"moto.{service}.urls" for service in SERVICES]


def load(tool):
    """Loads the modules of a tool. A module that is already loaded costs nothing."""
    for module in MODULES.get(tool, [tool]):
        importlib.import_module(module)


def run(tool, args):
    """Runs a tool and returns its status."""
    if tool == "aws":
        # Other loaded modules enable more log output than the AWS CLI does.
        logging.disable(logging.INFO)
        sys.argv = ["aws", *args]
        return sys.modules["awscli.clidriver"].main()
    if tool == "sam":
        sys.argv = ["sam", *args]
        return sys.modules["samcli.cli.main"].cli()
    return sys.modules[tool].main(*args)


def status_of(tool, args):
    try:
        return run(tool, args) or 0
    except SystemExit as end:
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
            return 1
        return end.code or 0
    except BaseException:  # as Python does with an uncaught exception
        traceback.print_exc()
        return 1


def answer(connection, message):
    connection.sendall(json.dumps(message).encode())


def run_and_answer(connection, tool, args):
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        os.dup2(out.fileno(), 1)
        os.dup2(err.fileno(), 2)
        status = status_of(tool, args)
        sys.stdout.flush()
        sys.stderr.flush()
        texts = []
        for file in (out, err):
            file.seek(0)
            texts.append(file.read().decode("utf-8", "replace"))
    answer(connection, {"status": status, "stdout": texts[0], "stderr": texts[1]})


def serve_moto(connection):
    from moto.moto_server.threaded_moto_server import ThreadedMotoServer

    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    answer(connection, {"port": server.get_host_and_port()[1]})
    connection.shutdown(socket.SHUT_WR)
    connection.recv(1)


def handle_request(connection, request):
    """Handles one request, in a fork."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.environ.update(request["env"])
    os.chdir(request["cwd"])
    if request["tool"] == "moto":
        serve_moto(connection)
    else:
        run_and_answer(connection, request["tool"], request["args"])


def main(folder):
    # Nothing waits for the forks: the system removes those that have ended.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    sys.path.insert(0, str(pathlib.Path(__file__).parent))
    listener = socket.socket(socket.AF_UNIX)
    path = f"{folder}/tools"
    listener.bind(path)
    listener.listen(64)
    print(path, flush=True)
    while True:
        ready, _, _ = select.select([listener, sys.stdin], [], [])
        if sys.stdin in ready:
            return
        connection, _ = listener.accept()
        with connection, connection.makefile("rb") as lines:
            request = json.loads(lines.readline())
            load(request["tool"])
            gc.freeze()
            if os.fork() == 0:
                listener.close()
                try:
                    handle_request(connection, request)
                finally:
                    os._exit(0)


if __name__ == "__main__":
    # A temporary folder, because the path of a socket has to be short.
    with tempfile.TemporaryDirectory() as short:
        main(short)
