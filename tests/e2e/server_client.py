"""A server started by a test, and a small HTTP client for it (standard library only)."""
import http.client
import json
import os
import pathlib
import re
import signal
import subprocess
import sys

ROOT = pathlib.Path(os.environ.get("ROOT", "."))
PROGRAM = os.environ["JIANWEI"]
PASSWORD = "correct horse battery"
ROLES = ("viewer", "analyst", "expert", "moderator", "curator", "admin", "auditor")


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
        sent = dict(headers or {})
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
        cookie = answer.headers.get("Set-Cookie")
        if cookie and "Max-Age=0" not in cookie:
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

    def sign_in(self, name, password=PASSWORD):
        self.expect(201, "POST", "/api/v1/session", {"name": name, "password": password})
        return self


class Server:
    """`jianwei serve` on a free port; its log is kept in ./server.log."""

    def __init__(self, *workspaces, options=(), log="server.log"):
        self.arguments = [PROGRAM, "serve", *map(str, workspaces), "--listen", "127.0.0.1:0", "--json", *options]
        self.log = log
        self.start()

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


def route_table():
    """The routes of openapi.yaml: (method, path, roles or None when open). A reader for this file's own shape: no YAML library is needed."""
    routes, path, method = [], None, None
    for line in (ROOT / "src/server/openapi.yaml").read_text().splitlines():
        if re.match(r"^components:", line):
            break
        if found := re.match(r"^  (/\S*):\s*$", line):
            path = found.group(1)
        elif (found := re.match(r"^    (get|post|put|patch|delete):\s*$", line)) and path:
            method = found.group(1).upper()
            routes.append([method, path, None, False])
        elif found := re.match(r"^      x-roles: \[(.*)\]", line):
            routes[-1][2] = [role.strip() for role in found.group(1).split(",")]
        elif re.match(r"^      security: \[\]", line):
            routes[-1][3] = True
    return [(method, path, roles if not open_ else None) for method, path, roles, open_ in routes]
