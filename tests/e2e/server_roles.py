"""Every route with every role, with no sign-in and with a token that may only read; and bodies of every kind that must never end in a 500."""
import json
import random
import re

from server_client import ROLES, Client, Server, check, make_workspace, route_table

workspace = make_workspace()
server = Server(workspace)
admin = server.set_up()
clients = {None: Client(server)}
for role in ROLES:
    user = server.add_user(admin, f"{role}-1", [role])
    # Tokens need no CSRF token and do not end with DELETE /session: what is left to refuse them is the role.
    made = user.expect(201, "POST", "/api/v1/tokens", {"name": "matrix", "scope": "write"}).json
    clients[role] = Client(server, token=made["token"])
reader = Client(server, token=admin.expect(201, "POST", "/api/v1/tokens", {"name": "reader", "scope": "read"}).json["token"])

NOT_ROLE = "this needs one of the roles"


def concrete(path):
    return re.sub(r"\{(\w+)\}", lambda found: "field" if found.group(1) == "ws" else "none-0", path)


checked = 0
for method, path, roles in route_table():
    if path == "/api/v1/events":
        continue  # a stream does not end: refused ones are asked below
    target = concrete(path)
    for role, client in clients.items():
        answer = client.request(method, target, body=None if method == "GET" else {})
        refused = answer.status == 401 and b"not_signed_in" in answer.body and b"sign in first" in answer.body or answer.status == 403 and NOT_ROLE.encode() in answer.body
        expected = roles is not None and role not in roles
        check(refused == expected, f"{method} {path} as {role}: {answer.status} {answer.body[:200]!r}; roles {roles}")
        if expected:
            check(answer.status == (401 if role is None else 403), f"{method} {path} as {role}: {answer.status}")
        checked += 1
    if method != "GET" and roles is not None:
        check(reader.request(method, target, body={}).status == 403, f"{method} {path} with a token that may only read")
Client(server).expect(401, "GET", "/api/v1/events")

# Bodies: not JSON, JSON of the wrong shape, wrong types, deep, long, odd characters. Never a 500, never a hang, and the server stands.
random.seed(7)
FIELDS = ("name", "password", "roles", "kind", "parameters", "scope", "days", "bytes", "uploads", "language", "secret", "sha256", "object", "arguments", "reason", "evidence", "query", "rule", "verdict")
VALUES = (None, True, -1, 2**63, 1e308, "", "x" * 5000, "\u0000", "../../etc/passwd", "'; DROP TABLE users; --", [], [[]], {}, {"a": {"b": [1]}}, ["viewer", 3], "名字", "\ud83d\ude00")


def random_body():
    kind = random.randrange(6)
    if kind == 0:
        return random.randbytes(random.randrange(200))
    if kind == 1:
        return b"[" * random.randrange(1, 3000)
    if kind == 2:
        return json.dumps(random.choice(VALUES)).encode()
    text = json.dumps({name: random.choice(VALUES) for name in random.sample(FIELDS, random.randrange(1, 7))}).encode()
    if kind == 3:
        at = random.randrange(len(text))
        return text[:at] + random.randbytes(2) + text[at + 1:]
    return text


unsafe = [(method, path) for method, path, _ in route_table() if method != "GET" and not path.endswith("/session") and path != "/api/v1/setup"]
fuzzer = Client(server, token=admin.expect(201, "POST", "/api/v1/tokens", {"name": "fuzz", "scope": "write"}).json["token"])
statuses = {}
for i in range(1500):
    method, path = random.choice(unsafe)
    answer = fuzzer.request(method, concrete(path), raw=random_body(), headers={"Content-Type": "application/json", "Idempotency-Key": str(random.randrange(50))})
    statuses[answer.status] = statuses.get(answer.status, 0) + 1
    check(answer.status < 500 or answer.status == 503, f"{method} {path}: {answer.status} {answer.body[:300]!r}")
for target in ("/%00", "/%zz", "/api/v1/w/%2e%2e%2f/status", "/../../etc/passwd", "/assets/..%2f..%2fetc/passwd", "/api/v1/w/field%00/status"):
    answer = fuzzer.get(target)
    check(answer.status in (400, 404) and b"root:" not in answer.body, f"{target}: {answer.status}")
Client(server).expect(200, "GET", "/readyz")
admin.expect(200, "GET", "/api/v1/session")
server.stop()
print(f"{checked} combinations of route and role; statuses of odd bodies: {statuses}")
