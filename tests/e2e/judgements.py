"""Judgements through the API: who may, what it changes, what is kept."""
import json
import os
import sqlite3
import subprocess

from server_client import PROGRAM, Client, Server, check, route_table

server = Server("field")
chief = server.set_up()
viewer, expert, analyst, curator, admin = (server.add_user(chief, name, [name]) for name in ("viewer", "expert", "analyst", "curator", "admin"))
base = "/api/v1/w/field"


def topics():
    return json.loads(subprocess.run([PROGRAM, "topics", "field", "--json"], check=True, capture_output=True).stdout)


machine = topics()
a, b, c = (topic["id"] for topic in machine[:3])
check(viewer.get(f"{base}/judgements").json == {"items": [], "next_cursor": None, "total": 0}, "an empty ledger")
check(viewer.get(f"{base}/judgements/applied").json["digest"] == "", "nothing applied")

# Who may judge, and what is wrong with a request.
rename = {"kind": "rename", "object": {"type": "topic", "id": a}, "arguments": {"label_zh": "甲", "label_en": "first"}, "reason": "clearer"}
viewer.expect(403, "POST", f"{base}/judgements", rename)
admin.expect(403, "POST", f"{base}/judgements", rename)
analyst.expect(400, "POST", f"{base}/judgements", {"kind": "rename", "arguments": {}})
check("reason" in analyst.expect(400, "POST", f"{base}/judgements", {**rename, "reason": ""}).json["detail"], "a reason is asked for")
check("label_zh" in analyst.expect(400, "POST", f"{base}/judgements", {**rename, "arguments": {}}).json["detail"], "the field is named")
analyst.expect(404, "POST", f"{base}/judgements", {**rename, "object": {"type": "topic", "id": "topic-99999"}})
analyst.expect(400, "POST", f"{base}/judgements", {**rename, "arguments": [1]})
for broken in ("x", 7, None, {"id": ["a"]}):
    analyst.expect(400, "POST", f"{base}/judgements", {**rename, "object": broken})

# A judgement is seen by the next request, and only what changes results loads them anew.
before = viewer.expect(200, "GET", f"{base}/judgements/applied")
made = analyst.expect(201, "POST", f"{base}/judgements", rename).json
check(made["event"]["sequence"] == 1 and made["event"]["actor"] == "analyst" and made["event"]["role"] == "analyst" and made["event"]["state"] == "stands", f"the event: {made}")
after = viewer.expect(200, "GET", f"{base}/judgements/applied", headers={"If-None-Match": before.headers["ETag"]})
check(after.json["applied"] == [1] and after.json["objects"][0]["machine"]["label"]["en"] == machine[0]["label"]["en"], "what the machine said stays")
check(topics()[0]["label"] == {"zh": "甲", "en": "first"}, "the command line sees it")
check(viewer.expect(200, "GET", f"{base}/overview").json["judgements"] == 1, "the first page counts it")
viewer.expect(304, "GET", f"{base}/judgements/applied", headers={"If-None-Match": after.headers["ETag"]})
analyst.expect(409, "POST", f"{base}/judgements", rename)
analyst.expect(201, "POST", f"{base}/judgements", {"kind": "vote", "object": {"id": a}, "arguments": {"value": True}})
analyst.expect(201, "POST", f"{base}/judgements", {"kind": "comment", "object": {"id": a}, "arguments": {"text": "industry follows"}})

# An expert's judgement on a topic is a proposal; curators decide.
merge = {"kind": "merge", "object": {"id": b}, "arguments": {"others": [c]}, "reason": "one field", "evidence": []}
preview = expert.expect(200, "POST", f"{base}/judgements/preview", merge).json
check(preview["documents"] > 10 and set(preview["objects"]) == {b, c}, f"preview: {preview}")
proposal = expert.expect(201, "POST", f"{base}/judgements", merge).json["event"]
check(proposal["state"] == "proposed" and proposal["role"] == "expert" and len(topics()) == len(machine), "only proposed")
expert.expect(403, "POST", f"{base}/judgements/{proposal['sequence']}/approve")
expert.expect(403, "POST", f"{base}/judgements/1/undo", {"reason": "not mine"})
check(viewer.get(f"{base}/judgements?state=proposed").json["total"] == 1, "the queue of proposals")
curator.expect(200, "POST", f"{base}/judgements/{proposal['sequence']}/approve", {"reason": "agreed"})
curator.expect(409, "POST", f"{base}/judgements/{proposal['sequence']}/refuse")
check(c not in {topic["id"] for topic in topics()}, "approved, it holds")
difference = viewer.expect(200, "GET", f"{base}/judgements/{proposal['sequence']}/difference").json
check({d["id"]: d["what"] for d in difference}[c] == "gone", "what it changed")
viewer.expect(404, "GET", f"{base}/judgements/999/difference")
analyst.expect(404, "POST", f"{base}/judgements/abc/undo")

# Undone while something stands on it: a conflict in the queue, answered by a curator.
analyst.expect(200, "POST", f"{base}/judgements/{proposal['sequence']}/undo", {"reason": "too early"})
analyst.expect(201, "POST", f"{base}/judgements", {**rename, "object": {"id": c}, "arguments": {"label_en": "third"}})
redo = analyst.expect(200, "POST", f"{base}/judgements/{proposal['sequence']}/redo").json
check(len(redo["effect"]["conflicts"]) == 1, "the effect tells of the conflict")
conflicts = viewer.expect(200, "GET", f"{base}/conflicts").json
check(conflicts["total"] == 1 and conflicts["items"][0]["reason"] == "contradicts" and conflicts["items"][0]["successors"][0]["id"] == b, f"conflicts: {conflicts}")
number = conflicts["items"][0]["id"]
expert.expect(403, "POST", f"{base}/conflicts/{number}", {"action": "drop"})
curator.expect(400, "POST", f"{base}/conflicts/{number}", {"action": "burn"})
curator.expect(200, "POST", f"{base}/conflicts/{number}", {"action": "apply", "to": b, "reason": "the merged one"})
check(viewer.get(f"{base}/conflicts").json["total"] == 0, "answered")
check(any(t["id"] == b and t["label"]["en"] == "third" for t in topics()), "applied to the successor")
curator.expect(404, "POST", f"{base}/conflicts/{number}", {"action": "drop"})

# The loop, the chain, the export, paging.
turns = viewer.expect(200, "GET", f"{base}/iterations").json
check(len(turns) == 1 and any(t["what"] == "gone" for t in turns[0]["topics"]) and turns[0]["judgements"], "one turn")
verified = viewer.expect(200, "GET", f"{base}/judgements/verify").json
check(verified["whole"] and verified["events"] > 8, f"the chain: {verified}")
lines = viewer.expect(200, "GET", f"{base}/judgements/export").body.decode().splitlines()
check(len(lines) == verified["events"] and json.loads(lines[-1])["hash"] == verified["head"], "the export ends with the head")
page = viewer.get(f"{base}/judgements?limit=2").json
rest = viewer.get(f"{base}/judgements?limit=500&cursor={page['next_cursor']}").json
check(len(page["items"]) == 2 and len(rest["items"]) == page["total"] - 2, "pages")
check(viewer.get(f"{base}/judgements?object={a}&kind=comment").json["total"] == 1, "filters")

# Every judgement route, every role: 403 exactly where the contract does not name it.
people = {"viewer": viewer, "expert": expert, "analyst": analyst, "curator": curator, "admin": admin}
for method, path, roles in route_table():
    if "/judgements" not in path and "/conflicts" not in path and "/iterations" not in path:
        continue
    for role, person in people.items():
        answer = person.request(method, path.replace("{ws}", "field").replace("{seq}", "999999"), body={} if method != "GET" else None)
        check((answer.status == 403) == (role not in roles), f"{role} {method} {path}: {answer.status}")
        check(answer.status < 500, f"{role} {method} {path}: {answer.status}")
Client(server).expect(401, "GET", f"{base}/judgements")

# A forged ledger is noticed.
server.stop()
FORGE = "UPDATE ledger SET reason = 'forged' WHERE sequence = 2"
if url := os.environ.get("JIANWEI_TEST_POSTGRES"):
    subprocess.run(["psql", url, "-qc", FORGE], check=True)
else:
    database = sqlite3.connect("field/app.db")
    database.execute(FORGE)
    database.commit()
    database.close()
server.start()
check(not Client(server).sign_in("viewer").get(f"{base}/judgements/verify").json["whole"], "the forgery is seen")
server.stop()
