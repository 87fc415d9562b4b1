"""Runs a Python handler behind Lambda's Runtime API, on the standard library alone.

The strings and the order of things are those of the managed runtimes:
https://docs.aws.amazon.com/lambda/latest/dg/python-handler.html
https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html

argv[1] is a JSON object: `tmp` and `opt`, the folders that stand for /tmp and /opt on this machine; `debug`,
whether to wait for a debugger; `debugpy`, the folder that it is in.
"""

import builtins
import decimal
import functools
import http.client
import importlib
import io
import json
import logging
import os
import platform
import sys
import time
import traceback
import types

API = "/2018-06-01/runtime"


class Fault(Exception):
    """Something that the runtime itself reports, by a type of its own."""

    def __init__(self, error_type, message, trace=None):
        super().__init__(message)
        self.error_type = error_type
        self.trace = trace or []


class RuntimeApi:
    """One connection, kept open: the next event arrives as the answer to a request that waits."""

    def __init__(self, address):
        self.connection = http.client.HTTPConnection(address)

    def next(self):
        agent = {"User-Agent": f"lambda-lens-python/{platform.python_version()}"}
        self.connection.request("GET", f"{API}/invocation/next", headers=agent)
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise SystemExit(f"The Runtime API answered {answer.status} to a request for the next event.")
        return answer.headers, body

    def respond(self, request_id, body):
        self.post(f"{API}/invocation/{request_id}/response", body, {"Content-Type": "application/json"})

    def fail(self, request_id, error, cause):
        path = f"{API}/invocation/{request_id}/error"
        headers = {"Lambda-Runtime-Function-Error-Type": header_text(error["errorType"])}
        if len(cause) < 1024 * 1024:
            headers["Lambda-Runtime-Function-XRay-Error-Cause"] = cause
        self.post(path, to_json(error).encode(), headers)

    def fail_init(self, error):
        headers = {"Lambda-Runtime-Function-Error-Type": header_text(error["errorType"])}
        self.post(f"{API}/init/error", to_json(error).encode(), headers)

    def post(self, path, body, headers):
        self.connection.request("POST", path, body, headers)
        self.connection.getresponse().read()


def header_text(text):
    return "".join(character if " " <= character <= "~" else "?" for character in text)


class LambdaContext:
    """https://docs.aws.amazon.com/lambda/latest/dg/python-context.html"""

    def __init__(self, headers):
        environment = os.environ
        self.aws_request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        self.invoked_function_arn = headers["Lambda-Runtime-Invoked-Function-Arn"]
        self.function_name = environment["AWS_LAMBDA_FUNCTION_NAME"]
        self.function_version = environment["AWS_LAMBDA_FUNCTION_VERSION"]
        self.memory_limit_in_mb = environment["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.log_group_name = environment["AWS_LAMBDA_LOG_GROUP_NAME"]
        self.log_stream_name = environment["AWS_LAMBDA_LOG_STREAM_NAME"]
        self.tenant_id = headers.get("Lambda-Runtime-Aws-Tenant-Id")
        self.identity = identity_of(headers.get("Lambda-Runtime-Cognito-Identity"))
        self.client_context = client_context_of(headers.get("Lambda-Runtime-Client-Context"))
        self._epoch_deadline_time_in_ms = int(headers["Lambda-Runtime-Deadline-Ms"])

    def get_remaining_time_in_millis(self):
        return max(0, self._epoch_deadline_time_in_ms - int(time.time() * 1000))

    def log(self, message):
        sys.stdout.write(str(message))

    def __repr__(self):
        members = ",".join(f"{name}={value}" for name, value in vars(self).items() if name[0] != "_")
        return f"LambdaContext([{members}])"


def identity_of(header):
    given = json.loads(header) if header else {}
    return types.SimpleNamespace(
        cognito_identity_id=given.get("cognitoIdentityId"),
        cognito_identity_pool_id=given.get("cognitoIdentityPoolId"),
    )


def client_context_of(header):
    given = json.loads(header) if header else None
    if not given:
        return None
    client = given.get("client")
    names = ("installation_id", "app_title", "app_version_name", "app_version_code", "app_package_name")
    return types.SimpleNamespace(
        custom=given.get("custom"),
        env=given.get("env"),
        client=client and types.SimpleNamespace(**{name: client.get(name) for name in names}),
    )


def to_json(value):
    # From 3.12 on characters beyond ASCII are written as they are.
    return json.dumps(value, default=decimal_number, ensure_ascii=sys.version_info < (3, 12))


def decimal_number(value):
    if isinstance(value, decimal.Decimal):
        return float(value)
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


def load_handler(name):
    try:
        module_name, function_name = name.rsplit(".", 1)
    except ValueError as error:
        raise Fault("Runtime.MalformedHandlerName", f"Bad handler '{name}': {error}")
    if module_name.split(".")[0] in sys.builtin_module_names:
        message = f"Cannot use built-in module {module_name} as a handler module"
        raise Fault("Runtime.BuiltInModuleConflict", message)
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        message = f"Unable to import module '{module_name}': {error}"
        raise Fault("Runtime.ImportModuleError", message)
    except SyntaxError as error:
        trace = [f'  File "{error.filename}" Line {error.lineno}\n    {error.text}']
        message = f"Syntax error in module '{module_name}': {error}"
        raise Fault("Runtime.UserCodeSyntaxError", message, trace)
    try:
        return getattr(module, function_name)
    except AttributeError:
        message = f"Handler '{function_name}' missing on module '{module_name}'"
        raise Fault("Runtime.HandlerNotFound", message)


def error_of(exception, request_id):
    """The body of an error, in the order of keys in which Lambda shows it."""
    if isinstance(exception, Fault):
        kind, trace = exception.error_type, exception.trace
    else:
        kind = type(exception).__name__
        trace = traceback.format_list(own_frames(exception))
    return {
        "errorMessage": str(exception),
        "errorType": kind,
        "requestId": request_id,
        "stackTrace": trace,
    }


def own_frames(exception):
    """Without those of this file, which are not the handler's."""
    frames = traceback.extract_tb(exception.__traceback__)
    while frames and frames[0].filename == __file__:
        frames = frames[1:]
    return frames


def xray_cause(exception):
    frames = [] if isinstance(exception, Fault) else own_frames(exception)
    stack = [{"label": frame.name, "path": frame.filename, "line": frame.lineno} for frame in frames]
    return json.dumps(
        {
            "working_directory": os.getcwd(),
            "exceptions": [{"message": str(exception), "type": type(exception).__name__, "stack": stack}],
            "paths": sorted({frame.filename for frame in frames}),
        }
    )


def log_error(error):
    if log_format() == "JSON":
        line = {
            "timestamp": timestamp(time.time()),
            "log_level": "ERROR",
            **error,
        }
        sys.stdout.write(json.dumps(line) + "\n")
        return
    lines = [f"[ERROR] {error['errorType']}: {error['errorMessage']}"]
    if error["stackTrace"]:
        lines.append("Traceback (most recent call last):")
        lines += [line for frame in error["stackTrace"] for line in frame.splitlines()]
    sys.stdout.write("\n".join(lines) + "\n")


def log_format():
    return os.environ.get("AWS_LAMBDA_LOG_FORMAT", "")


def timestamp(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


class RequestIdFilter(logging.Filter):
    """Gives every record the id of the request that it belongs to."""

    request_id = ""

    def filter(self, record):
        record.aws_request_id = RequestIdFilter.request_id
        return True


class TextFormatter(logging.Formatter):
    converter = time.gmtime

    def __init__(self):
        super().__init__(
            "[%(levelname)s]\t%(asctime)s.%(msecs)dZ\t%(aws_request_id)s\t%(message)s", "%Y-%m-%dT%H:%M:%S"
        )


class JsonFormatter(logging.Formatter):
    """https://docs.aws.amazon.com/lambda/latest/dg/python-logging.html"""

    own = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "aws_request_id"}

    def format(self, record):
        line = {
            "timestamp": timestamp(record.created),
            "level": record.levelname,
            "message": record.getMessage(),
            "logger": record.name,
        }
        if record.aws_request_id:
            line["requestId"] = record.aws_request_id
        if record.exc_info and record.exc_info[0]:
            kind, exception, trace = record.exc_info
            line["stackTrace"] = traceback.format_tb(trace)
            line["errorType"] = kind.__name__
            line["errorMessage"] = str(exception)
            line["location"] = f"{record.pathname}:{record.funcName}:{record.lineno}"
        extra = {name: value for name, value in vars(record).items() if name not in self.own}
        return json.dumps({**line, **extra}, default=str)


def set_up_logging():
    handler = logging.StreamHandler(sys.stdout)
    handler.addFilter(RequestIdFilter())
    handler.setFormatter(JsonFormatter() if log_format() == "JSON" else TextFormatter())
    logging.addLevelName(5, "TRACE")
    logging.getLogger().addHandler(handler)
    level = os.environ.get("AWS_LAMBDA_LOG_LEVEL")
    if level:
        logging.getLogger().setLevel({"TRACE": 5, "FATAL": logging.CRITICAL}.get(level, level))


def invoke(api, handler):
    headers, body = api.next()
    request_id = headers["Lambda-Runtime-Aws-Request-Id"]
    RequestIdFilter.request_id = request_id
    trace_id = headers.get("Lambda-Runtime-Trace-Id")
    if trace_id:
        os.environ["_X_AMZN_TRACE_ID"] = trace_id
    else:
        os.environ.pop("_X_AMZN_TRACE_ID", None)
    try:
        answer = handler(event_of(body), LambdaContext(headers))
        text = answer_text(answer)
    except Exception as exception:  # SystemExit ends the process, as on Lambda
        error = error_of(exception, request_id)
        log_error(error)
        api.fail(request_id, error, xray_cause(exception))
        return
    api.respond(request_id, text.encode("utf-8", "replace"))


def event_of(body):
    try:
        return json.loads(body)
    except Exception as error:
        raise Fault("Runtime.UnmarshalError", f"Unable to unmarshal input: {error}")


def answer_text(answer):
    try:
        return to_json(answer)
    except Exception as error:
        raise Fault("Runtime.MarshalError", f"Unable to marshal response: {error}")


class LiteralPaths:
    """Takes /tmp and /opt in paths for the folders that stand for them.

    What C libraries and child processes open is out of reach.
    """

    one_path = (
        "open stat lstat listdir scandir mkdir remove unlink rmdir access chmod chown utime readlink truncate "
        "chdir statvfs mkfifo"
    ).split()
    two_paths = "rename replace link symlink".split()

    def __init__(self, folders, own_paths):
        self.tmp = folders["tmp"]
        self.opt = list(reversed(folders["opt"]))
        # What lies below /tmp and belongs to the machine is meant as it is.
        parts = [path.split("/") for path in own_paths if path.startswith("/tmp/")]
        self.kept = {part[2] for part in parts}

    def of(self, given):
        try:
            path = os.fspath(given)
        except TypeError:
            return given
        if not isinstance(path, str) or not path.startswith(("/tmp", "/opt")):
            return given
        _, top, *rest = os.path.normpath(path).split("/")
        if top == "tmp" and not (rest and rest[0] in self.kept):
            return os.path.join(self.tmp, *rest)
        if top == "opt" and self.opt:
            candidates = [os.path.join(folder, *rest) for folder in self.opt]
            return next((candidate for candidate in candidates if self.exists(candidate)), candidates[0])
        return given

    def install(self):
        stat = os.stat

        def exists(path):
            try:
                stat(path)
                return True
            except OSError:
                return False

        self.exists = exists
        for name in self.one_path:
            if hasattr(os, name):
                setattr(os, name, self.mapping(getattr(os, name), 1))
        for name in self.two_paths:
            setattr(os, name, self.mapping(getattr(os, name), 2))
        builtins.open = io.open = self.mapping(open, 1)

    def mapping(self, function, count):
        def mapped(*given, **named):
            return function(*(self.of(each) for each in given[:count]), *given[count:], **named)

        functools.update_wrapper(mapped, function)
        # `path in os.supports_fd` and its like ask for the function itself.
        for supported in (os.supports_fd, os.supports_dir_fd, os.supports_follow_symlinks):
            if function in supported:
                supported.add(mapped)
        return mapped


def wait_for_debugger(api, folder):
    """Nothing of the function is loaded yet, so that breakpoints are there for its initialisation too."""
    sys.path.append(folder)
    import debugpy

    _, port = debugpy.listen(("127.0.0.1", 0))
    agent = {"User-Agent": f"lambda-lens-python/{platform.python_version()}"}
    api.post("/lambda-lens/debugger", str(port), agent)
    debugpy.wait_for_client()
    sys.path.remove(folder)


def main():
    folders = json.loads(sys.argv[1])
    sys.argv = [__file__]
    task_root = os.environ["LAMBDA_TASK_ROOT"]
    layers = [os.path.join(folder, "python") for folder in reversed(folders["opt"])]
    # The folder of this file is no part of the function.
    sys.path[0:1] = [task_root, *layers]
    LiteralPaths(folders, [folders["tmp"], task_root, os.getcwd(), sys.prefix, __file__]).install()
    set_up_logging()
    api = RuntimeApi(os.environ["AWS_LAMBDA_RUNTIME_API"])
    if folders["debug"]:
        wait_for_debugger(api, folders["debugpy"])
    try:
        handler = load_handler(os.environ["_HANDLER"])
    except Exception as exception:
        error = error_of(exception, "")
        log_error(error)
        api.fail_init(error)
        sys.exit(1)
    while True:
        invoke(api, handler)


main()
