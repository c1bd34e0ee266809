"""A server started by a test, a small HTTP client for it, and the contract it is held against."""
import http.client
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import time

import yaml

ROOT = pathlib.Path(os.environ.get("ROOT", "."))
PROGRAM = os.environ["JIANWEI"]
PASSWORD = "correct horse battery"
ROLES = ("viewer", "analyst", "expert", "moderator", "curator", "admin", "auditor")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def check(condition, message):
    if not condition:
        sys.exit(f"FAILED: {message}")


class Answer:
    def __init__(self, response, body):
        self.status, self.headers, self.body = response.status, response.headers, body

    @property
    def json(self):
        return json.loads(self.body)


class Client:
    """One user: cookie and CSRF token are kept like a browser keeps them."""

    def __init__(self, server, token=None):
        self.server, self.cookie, self.csrf, self.token = server, None, None, token

    def request(self, method, path, body=None, headers=None, raw=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        sent = {"Accept-Language": "en"} | (headers or {})
        if self.token:
            sent.setdefault("Authorization", f"Bearer {self.token}")
        if self.cookie:
            sent.setdefault("Cookie", self.cookie)
        if self.csrf and method not in ("GET", "HEAD"):
            sent.setdefault("X-CSRF-Token", self.csrf)
        data = raw
        if body is not None:
            data = json.dumps(body).encode()
            sent.setdefault("Content-Type", "application/json")
        try:
            connection.request(method, path, body=data, headers=sent)
            response = connection.getresponse()
            answer = Answer(response, response.read())
        finally:
            connection.close()
        cookie = answer.headers.get("Set-Cookie") or ""
        if cookie.startswith("jianwei_session=") and "Max-Age=0" not in cookie and answer.status in (200, 201):
            self.cookie = cookie.split(";")[0]
            self.csrf = answer.json["csrf"]
        return answer

    def get(self, path, **more):
        return self.request("GET", path, **more)

    def post(self, path, body=None, **more):
        return self.request("POST", path, body=body if body is not None else {}, **more)

    def expect(self, status, method, path, body=None, **more):
        answer = self.request(method, path, body=body, **more)
        check(answer.status == status, f"{method} {path}: {answer.status}, expected {status}: {answer.body[:300]!r}")
        return answer

    def job(self, number):
        """The result of a job, once it is done."""
        for _ in range(1200):
            state = self.expect(200, "GET", f"/api/v1/jobs/{number}").json
            if state["state"] in ("done", "failed", "cancelled"):
                check(state["state"] == "done", f"{state}")
                return state["result"]
            time.sleep(0.1)
        check(False, f"job {number} does not end")

    def sign_in(self, name, password=PASSWORD):
        self.expect(201, "POST", "/api/v1/session", {"name": name, "password": password})
        return self


class Server:
    """`jianwei serve` on a free port; its log is kept in ./server.log."""

    def __init__(self, *workspaces, options=(), log="server.log", port=0):
        self.arguments = [PROGRAM, "serve", *map(str, workspaces), "--listen", f"127.0.0.1:{port}", "--json", "--rate", "100000", *options]
        self.log = log
        self.use_postgres(workspaces[0])
        self.start()

    def use_postgres(self, workspace):
        """The same tests against PostgreSQL where tools/with_postgres.sh runs them; a workspace without judgements gets its ledger there, too."""
        url = os.environ.get("JIANWEI_TEST_POSTGRES")
        if not url:
            return
        state = pathlib.Path(workspace) / "server"
        state.mkdir(exist_ok=True)
        settings = state / "server.toml"
        settings.write_text(f'[database]\nurl = "{url}"\n' + (settings.read_text() if settings.exists() else ""))

    def start(self):
        self.process = subprocess.Popen(self.arguments, stdout=subprocess.PIPE, stderr=open(self.log, "ab"))
        line = self.process.stdout.readline()
        check(line, f"the server did not start: {open(self.log, 'rb').read()[-600:]!r}")
        self.started = json.loads(line)
        self.port = int(re.search(r":(\d+)$", self.started["url"]).group(1))

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=30)
        check(code == 0, f"exit code {code} after SIGTERM")

    def kill(self):
        self.process.kill()
        self.process.wait()

    def set_up(self, name="chief"):
        """The first account; returns its client."""
        client = Client(self)
        client.expect(201, "POST", "/api/v1/setup", {"secret": self.started["secret"], "name": name, "password": PASSWORD, "language": "en"})
        return client

    def add_user(self, admin, name, roles):
        admin.expect(201, "POST", "/api/v1/users", {"name": name, "password": PASSWORD, "roles": roles, "language": "en"})
        return Client(self).sign_in(name)


def make_workspace(name="field"):
    """A workspace with a few records."""
    subprocess.run([PROGRAM, "init", name, "--quiet"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([PROGRAM, "import", name, str(ROOT / "tests/data/ris"), "--quiet"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return name


def contract():
    """openapi.yaml as a tree."""
    return yaml.safe_load((ROOT / "src/server/openapi.yaml").read_text())


def route_table():
    """(method, path, roles) of each route; roles is None where nobody needs to sign in."""
    return [(method.upper(), path, None if "security" in operation else operation["x-roles"])
            for path, item in contract()["paths"].items() for method, operation in item.items() if method in ("get", "post", "put", "patch", "delete")]


def resolve(schema, root):
    while "$ref" in schema:
        target = root
        for part in schema["$ref"].lstrip("#/").split("/"):
            target = target[part]
        schema = target
    return schema


TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "number": (int, float), "null": type(None)}


def is_type(value, name):
    return isinstance(value, TYPES[name]) and not (name in ("integer", "number") and isinstance(value, bool))


def mismatch(value, schema, root, place="answer"):
    """Why a value is not as the schema says, "" when it is. The keywords this contract uses."""
    schema = resolve(schema, root)
    for part in schema.get("allOf", []):
        if why := mismatch(value, part, root, place):
            return why
    if "anyOf" in schema:
        reasons = [mismatch(value, part, root, place) for part in schema["anyOf"]]
        return "" if "" in reasons else reasons[-1]
    if "oneOf" in schema:
        reasons = [mismatch(value, part, root, place) for part in schema["oneOf"]]
        return "" if "" in reasons else reasons[-1]
    names = schema.get("type")
    names = [names] if isinstance(names, str) else names
    if names and not any(is_type(value, name) for name in names):
        return f"{place}: {str(value)[:60]!r} is not {names}"
    if "enum" in schema and value not in schema["enum"]:
        return f"{place}: {value!r} is none of {schema['enum']}"
    if isinstance(value, dict):
        for name in schema.get("required", []):
            if name not in value:
                return f"{place}.{name} is missing"
        for name, item in value.items():
            part = schema.get("properties", {}).get(name, schema.get("additionalProperties", {}))
            if part is False:
                return f"{place}.{name} is not in the contract"
            if isinstance(part, dict) and (why := mismatch(item, part, root, f"{place}.{name}")):
                return why
    if isinstance(value, list):
        for index, item in enumerate(value[:200]):
            if why := mismatch(item, schema.get("items", {}), root, f"{place}[{index}]"):
                return why
    return ""
