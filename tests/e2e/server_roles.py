"""Every route with every role, by name and with changes that really happen, with no sign-in and with a token that may only read; and bodies of every kind that must never end in a 500."""
import json
import pathlib
import random
import re

from server_client import ROLES, Client, Server, check, make_workspace, route_table

workspace = make_workspace()
pathlib.Path("made").mkdir()
pathlib.Path(workspace, "server").mkdir()
pathlib.Path(workspace, "server/server.toml").write_text(f'[workspaces]\nfolder = "{pathlib.Path("made").resolve()}"\n')
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

# Changes that really happen: each role makes, changes and removes things of its own where the contract lets it, and only there.
admin_token = clients["admin"]
TABLE = {(method, path): roles for method, path, roles in route_table()}
FOLDERS = pathlib.Path("made").resolve()
happened = 0


def attempt(role, method, path, target, body, success):
    """The answer's JSON when the role may; checks that it may exactly where the contract says so."""
    global happened
    answer = clients[role].request(method, target, body=body)
    if role in TABLE[method, path]:
        check(answer.status == success, f"{method} {target} as {role}: {answer.status}, expected {success}: {answer.body[:300]!r}")
        happened += 1
        return answer.json if answer.body else {}
    check(answer.status == 403 and NOT_ROLE.encode() in answer.body, f"{method} {target} as {role}: {answer.status}, expected 403: {answer.body[:300]!r}")
    return None


SQUARE = {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "x"}, "geometry": {"type": "Polygon", "coordinates": [[[1, 1], [2, 1], [2, 2], [1, 1]]]}}]}
W = "/api/v1/w/{ws}"
for role in ROLES:
    for place, body, change in ((f"{W}/views", {"name": role, "page": "/w/field/map"}, {"name": f"{role} 2"}),
                                (f"{W}/schedules", {"name": role, "check": True, "first": "2099-01-01"}, {"every": "day"}), ("/api/v1/users", {"name": f"by-{role}", "password": "correct horse battery", "roles": ["viewer"]}, {"display_name": "x"}),
                                ("/api/v1/tokens", {"name": role, "scope": "feed"}, None), (f"{W}/watch", {"name": role, "threshold": 0.1, "why": "test"}, None), (f"{W}/uploads", {"name": "a.ris", "bytes": 3}, None)):
        target = place.replace("{ws}", "field")
        thing = attempt(role, "POST", place, target, body, 201)
        # What a role may not make, somebody else made for it: changing and removing is refused on its own.
        owner = thing or next(clients[other] for other in ROLES if other in TABLE["POST", place]).expect(201, "POST", target, body).json
        own = f"{target}/{owner.get('id') or owner['name']}"
        if change is not None:
            attempt(role, "PATCH", place + "/{id}", own, change, 200)
        if attempt(role, "DELETE", place + "/{id}", own, None, 204) is None:
            next(clients[other] for other in ROLES if other in TABLE["DELETE", place + "/{id}"]).expect(204, "DELETE", own)
    attempt(role, "POST", "/api/v1/workspaces", "/api/v1/workspaces", {"id": f"of-{role}"}, 201)
    if attempt(role, "PUT", "/api/v1/map-base", "/api/v1/map-base", {"approval": "GS(2024)0650号", "geojson": SQUARE}, 201) is None:
        admin_token.expect(201, "PUT", "/api/v1/map-base", {"approval": "GS(2024)0650号", "geojson": SQUARE})
    clients[role].expect(200, "GET", "/api/v1/map-base/geojson")
    if attempt(role, "DELETE", "/api/v1/map-base", "/api/v1/map-base", None, 204) is None:
        admin_token.expect(204, "DELETE", "/api/v1/map-base")
    clients[role].expect(404, "GET", "/api/v1/map-base/geojson")
    for kind, roles in (("run", ("analyst", "curator")), ("backup", ("admin",))):
        answer = clients[role].post("/api/v1/w/field/jobs", {"kind": kind})
        check(answer.status == (201 if role in roles else 403), f"job {kind} as {role}: {answer.status} {answer.body[:200]!r}")
        if answer.status == 201:
            admin_token.post(f"/api/v1/jobs/{answer.json['id']}/cancel")
check(sorted(one.name for one in FOLDERS.iterdir()) == ["of-admin", "of-curator"], "workspaces of those who may, in their folder")
for wrong in ("", "..", "../x", "/tmp/x", "a/b", "A", "名", "-a", "x" * 64, "a b", "of-admin", "field"):
    answer = admin_token.post("/api/v1/workspaces", {"id": wrong})
    check(answer.status in (400, 409), f"workspace {wrong!r}: {answer.status}")
(FOLDERS / "linked").symlink_to("/")
admin_token.expect(409, "POST", "/api/v1/workspaces", {"id": "linked"})
for approval in ("", "GS", "GS(2024)0650", "none"):
    admin_token.expect(400, "PUT", "/api/v1/map-base", {"approval": approval, "geojson": SQUARE})
log = admin_token.get("/api/v1/audit?limit=500").json["items"]
check(any(entry["target"] == "/api/v1/map-base" and entry["action"] == "PUT" for entry in log), "a map is in the audit log")
print(f"{happened} changes happened")

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
