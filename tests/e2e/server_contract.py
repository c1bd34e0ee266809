"""What the routes answer is what openapi.yaml says: every GET whose parameters can be filled, problems, and the first items of lists."""
import re

from server_client import Server, check, contract, make_workspace, mismatch, resolve

workspace = make_workspace()
server = Server(workspace)
admin = server.set_up()
admin.expect(201, "POST", "/api/v1/tokens", {"name": "one"})
server.add_user(admin, "vera", ["viewer"])
root = contract()
PROBLEM = {"$ref": "#/components/schemas/Problem"}

checked = problems = 0
for path, item in root["paths"].items():
    operation = item.get("get")
    if operation is None or path == "/api/v1/events":
        continue
    for method in ("get", "post", "put", "patch", "delete"):
        if method in item:
            check(item[method].get("operationId") and item[method].get("summary"), f"{method} {path} has an operationId and a summary")
    target = re.sub(r"\{(\w+)\}", lambda found: "field" if found.group(1) == "ws" else "none-0", path)
    answer = admin.get(target)
    check(answer.status < 500, f"GET {target}: {answer.status} {answer.body[:200]!r}")
    kind = answer.headers["Content-Type"].split(";")[0]
    if answer.status >= 400:
        check(kind == "application/problem+json", f"GET {target}: {answer.status} as {kind}")
        why = mismatch(answer.json, PROBLEM, root)
        check(why == "", f"GET {target}: {why}")
        problems += 1
        continue
    described = resolve(operation["responses"].get("200", {}), root).get("content", {})
    check(kind in described, f"GET {target} answers {kind}, the contract says {list(described)}")
    if kind == "application/json":
        why = mismatch(answer.json, described[kind]["schema"], root)
        check(why == "", f"GET {target}: {why}")
    checked += 1

ids = [operation["operationId"] for item in root["paths"].values() for name, operation in item.items() if name != "parameters"]
check(len(ids) == len(set(ids)), "operationIds are unique")
server.stop()
print(f"{checked} answers and {problems} problems as the contract says")
