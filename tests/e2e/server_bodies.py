"""Broken bodies at every route that takes one, made from openapi.yaml so that new routes are covered: truncated, of the wrong type, deeply nested, huge, not
UTF-8, with a field missing or unknown. Each is answered with 4xx as problem+json in the reader's language, never with 5xx, and the server stands."""
import json
import re

from server_client import Client, Server, check, contract, make_workspace, resolve

ROOTS = contract()
server = Server(make_workspace())
admin = server.set_up()
admin.expect(201, "POST", "/api/v1/users", {"name": "all", "password": "correct horse battery", "roles": ["viewer", "analyst", "expert", "moderator", "curator", "auditor", "admin"]})
everyone = Client(server).sign_in("all")
client = Client(server, token=everyone.expect(201, "POST", "/api/v1/tokens", {"name": "bodies", "scope": "write"}).json["token"])
base = "/api/v1/w/field"


def made(path, body):
    answer = client.expect(201, "POST", path, body).json
    return str(answer.get("id") or answer.get("name"))


# Things that are there, so that a body is read and not only its address.
THERE = {
    "/api/v1/users/{id}": made("/api/v1/users", {"name": "somebody", "password": "correct horse battery", "roles": ["viewer"]}),
    "/api/v1/w/{ws}/views/{id}": made(f"{base}/views", {"name": "v", "page": "/w/field/map"}),
    "/api/v1/w/{ws}/schedules/{id}": made(f"{base}/schedules", {"name": "weekly", "every": "week", "check": True, "first": "2099-01-01"}),
    "/api/v1/w/{ws}/uploads/{id}": made(f"{base}/uploads", {"name": "a.ris", "bytes": 10}),
}


def target_of(path):
    for prefix in sorted(THERE, key=len, reverse=True):
        if path.startswith(prefix):
            path = path.replace("{id}", THERE[prefix], 1)
    return re.sub(r"\{(\w+)\}", lambda found: {"ws": "field", "seq": "1", "n": "0"}.get(found.group(1), f"{found.group(1)}-1"), path)


def example(schema, depth=0):
    """A body as the schema says."""
    schema = resolve(schema, ROOTS)
    for part in ("oneOf", "anyOf"):
        if part in schema:
            return example(schema[part][-1], depth)
    if "allOf" in schema:
        whole = {}
        for part in schema["allOf"]:
            whole |= example(part, depth)
        return whole
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type", "object")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "object":
        return {} if depth > 4 else {name: example(part, depth + 1) for name, part in schema.get("properties", {}).items()}
    return {"array": lambda: [example(schema.get("items", {}), depth + 1)], "string": lambda: "x", "boolean": lambda: True, "integer": lambda: max(1, schema.get("minimum", 1)), "number": lambda: 0.5}[kind]()


def types_of(schema):
    """The JSON types a field may have; every one when the contract leaves it open."""
    schema = resolve(schema, ROOTS)
    parts = [part for key in ("oneOf", "anyOf") for part in schema.get(key, [])]
    if parts:
        return set().union(*(types_of(part) for part in parts))
    if "allOf" in schema:
        return set().union(*(types_of(part) for part in schema["allOf"]))
    kind = schema.get("type") or ("string" if "enum" in schema else None)
    return {"object", "array", "string", "boolean", "integer", "number", "null"} if kind is None else {kind} if isinstance(kind, str) else set(kind)


def fields_of(schema):
    schema = resolve(schema, ROOTS)
    fields = dict(schema.get("properties", {}))
    for part in schema.get("allOf", []):
        fields |= fields_of(part)
    return fields


def required_of(schema):
    schema = resolve(schema, ROOTS)
    return set(schema.get("required", [])).union(*(required_of(part) for part in schema.get("allOf", [])))


VALUES = {"object": {"q": {"q": [1]}}, "array": [[], {"q": 1}, 7], "string": "\u0001 odd", "boolean": True, "integer": 7, "number": 1.5}
DEEP = b"[" * 1500 + b"]" * 1500
HUGE = b'{"%s":"' + b"x" * (9 << 20) + b'"}'


def broken(schema, good):
    """(what, body): each of them is wrong in one way."""
    text = json.dumps(good).encode()
    for at in sorted({1, len(text) // 3, len(text) // 2, len(text) - 1} - {0, len(text)}):
        yield "truncated", text[:at]
    yield "not UTF-8", b'{"\xff\xfe":"\xc3\x28"}'
    yield "half a character", text[:-1] + b',"n":"\xe4\xb8"}'
    for top in (b"[]", b"[{}]", b"null", b"7", b'"x"', b"tru", b"{}{}", DEEP, b'{"a":' * 1500 + b"1" + b"}" * 1500, b"\x00", b"{" * 70000):
        yield f"no object: {top[:8]!r}", top
    for name, part in fields_of(schema).items():
        allowed = types_of(part)
        allowed |= {"integer"} if "number" in allowed else set()
        for kind, value in VALUES.items():
            if kind not in allowed:
                yield f"{name} as {kind}", json.dumps(good | {name: value}).encode()
        if "array" in allowed:
            items = types_of(resolve(part, ROOTS).get("items", {}))
            if items == {"string"}:
                yield f"{name} as a list of lists", json.dumps(good | {name: [[["x"]]]}).encode()
        yield f"{name} nested", text[:-1] + (b"," if good else b"") + json.dumps(name).encode() + b":" + DEEP + b"}"
        if "string" in allowed:
            yield f"{name} not UTF-8", json.dumps({key: value for key, value in good.items() if key != name}).encode()[:-1] + (b"," if len(good) > 1 else b"") + json.dumps(name).encode() + b':"\xed\xa0\x80\xff"}'
        if name in required_of(schema):
            yield f"{name} missing", json.dumps({key: value for key, value in good.items() if key != name}).encode()


statuses, count, routes = {}, 0, 0
for path, item in ROOTS["paths"].items():
    for method, operation in item.items():
        if method not in ("post", "put", "patch", "delete"):
            continue
        content = operation.get("requestBody", {}).get("content", {})
        if "application/json" not in content or path in ("/api/v1/session", "/api/v1/setup", "/api/v1/password"):
            continue
        routes += 1
        schema = content["application/json"]["schema"]
        target = target_of(path)
        headers = {"Content-Type": "application/json", "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"}
        for what, body in broken(schema, example(schema)):
            answer = client.request(method.upper(), target, raw=body, headers=headers)
            place = f"{method.upper()} {target}, {what}: {answer.status} {answer.body[:200]!r}"
            if what.endswith("missing") and answer.status < 300:
                continue  # the server has a default
            check(400 <= answer.status < 500, place)
            check(answer.headers["Content-Type"].startswith("application/problem+json") and answer.json["detail"], place)
            said = answer.json["detail"]
            check(re.search("[\u4e00-\u9fff]", said) and not re.search(r"\b[a-z]{2,} [a-z]{2,} [a-z]{2,} [a-z]{2,}\b", said), f"{place}: not in Chinese: {said}")
            check(re.fullmatch("[a-z_]+", answer.json["title"]), place)
            statuses[answer.status] = statuses.get(answer.status, 0) + 1
            count += 1
        first = next(iter(fields_of(schema)), "x")
        try:
            answer = client.request(method.upper(), target, raw=HUGE % first.encode(), headers=headers)
            check(answer.status in (400, 404, 413), f"{method.upper()} {target}, 9 MiB: {answer.status}")
        except (BrokenPipeError, ConnectionError):
            pass  # refused before it was read
        count += 1

# The three that need no sign-in, with the same bodies; their answers may ask to wait.
nobody = Client(server)
for path in ("/api/v1/session", "/api/v1/setup"):
    schema = ROOTS["paths"][path]["post"]["requestBody"]["content"]["application/json"]["schema"]
    for what, body in broken(schema, example(schema)):
        answer = nobody.request("POST", path, raw=body, headers={"Content-Type": "application/json"})
        check(400 <= answer.status < 500, f"POST {path}, {what}: {answer.status} {answer.body[:200]!r}")
        count += 1
Client(server).expect(200, "GET", "/readyz")
client.expect(200, "GET", f"{base}/status")
server.stop()
print(f"{count} bodies at {routes} routes: {dict(sorted(statuses.items()))}")
