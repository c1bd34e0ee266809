"""A small chat-completion endpoint on this machine answers well or badly; drafts are kept only when they cite what was sent, and change nothing until a person
accepts them."""
import http.server
import json
import pathlib
import subprocess
import threading
import time

from server_client import PROGRAM, Client, Server, check


class Model(http.server.BaseHTTPRequestHandler):
    mode, asked, keys = "good", [], []

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        Model.keys.append(self.headers["Authorization"])
        material = json.loads(body["messages"][1]["content"])
        Model.asked.append(material)
        ids = [record["id"] for record in material["records"]]
        cited = {"good": ids[0], "invented": "r0000000000000bad"}.get(Model.mode, ids[0])
        draft = {"label_zh": "草拟名称", "label_en": "Drafted name", "label_records": [ids[0]], "score": 0.99, "summary": [{"text": "What it is about.", "records": [cited]}, {"text": "And more.", "records": ids[-2:]}]}
        content = "no idea" if Model.mode == "prose" else "```json\n" + json.dumps(draft, ensure_ascii=False) + "\n```"
        answer = json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode()
        self.send_response(500 if Model.mode == "broken" else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


def jianwei(*arguments, code=0):
    done = subprocess.run([PROGRAM, *arguments, "-q"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    check(done.returncode == code, f"{arguments}: exit code {done.returncode}, expected {code}: {done.stderr[-400:]!r}")
    return done.stdout if code == 0 else done.stderr


def as_json(*arguments):
    return json.loads(jianwei(*arguments, "--json"))


model = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Model)
threading.Thread(target=model.serve_forever, daemon=True).start()
jianwei("demo", "syn", "--records", "500")
jianwei("init", "ws")
pathlib.Path("ws/study.toml").write_text("[hindcast]\nenabled = false\n")
jianwei("import", "ws", "syn")
jianwei("run", "ws")
topic = as_json("topics", "ws")[0]
settings = pathlib.Path("ws/jianwei.toml")
start = settings.read_text()

# Off by default; the refusal names the setting; records go to no other machine in clear.
check(b"[draft]" in jianwei("draft", "ws", topic["id"], code=5) and Model.asked == [], "off by default")
settings.write_text(start + '\n[draft]\nurl = "http://10.0.0.1/v1/chat/completions"\nmodel = "m"\n')
check(b"plain http" in jianwei("draft", "ws", topic["id"], code=2), "no plain http to another machine")
on = start + f'\n[draft]\nurl = "http://127.0.0.1:{model.server_address[1]}/v1/chat/completions"\nmodel = "small"\nkey_file = "{pathlib.Path("key").resolve()}"\nrecords = 5\n'
settings.write_text(on)
check(b"key_file" in jianwei("draft", "ws", topic["id"], code=2), "a key that is missing is named")
pathlib.Path("key").write_text("secret-of-the-model\n")

# Bad answers are refused whole: nothing is kept.
for mode, says in (("invented", b"r0000000000000bad"), ("prose", b"no JSON object"), ("broken", b"status 500")):
    Model.mode = mode
    check(says in jianwei("draft", "ws", topic["id"], code=6), f"{mode} is refused and says why")
check(as_json("draft", "ws", "--list") == [], "nothing of it is kept")
Model.mode = "good"
draft = as_json("draft", "ws", topic["id"])
check(draft["state"] == "draft" and len(draft["records"]) == 5 and "score" not in draft and Model.keys[-1] == "Bearer secret-of-the-model", f"{draft}")
check(as_json("topics", "ws")[0]["label"]["en"] == topic["label"]["en"], "a draft changes nothing")
check(len(Model.asked[-1]["records"]) == 5 and Model.asked[-1]["words"], "words and five records are sent")

# Accepting it is a judgement with the cited records as evidence; a second time is a conflict; undo brings the old name back.
jianwei("draft", "ws", "--accept", draft["id"], code=2)
accepted = as_json("draft", "ws", "--accept", draft["id"], "--take", "label,summary", "--label-en", "Edited name", "--why", "read them", "--by", "ann")
check(accepted["state"] == "accepted" and len(accepted["judgements"]) == 2 and accepted["decided_by"] == "ann", f"{accepted}")
renamed = next(one for one in as_json("topics", "ws") if one["id"] == topic["id"])
check(renamed["label"] == {"zh": "草拟名称", "en": "Edited name"}, f"{renamed['label']}")
jianwei("draft", "ws", "--accept", draft["id"], "--why", "again", code=4)
text = json.dumps(as_json("judge", "history", "ws", topic["id"]))
check(draft["label_records"][0] in text and draft["id"] in text and "small" in text, "evidence, draft and model stand in the ledger")
jianwei("judge", "undo", "ws", str(accepted["judgements"][0]), "--why", "test")
check(next(one for one in as_json("topics", "ws") if one["id"] == topic["id"])["label"]["en"] == topic["label"]["en"], "undone")

# A damaged file hides no other draft; it is named.
pathlib.Path("ws/drafts/draft-0000000000000bad.json").write_text('{"id":')
listed = subprocess.run([PROGRAM, "draft", "ws", "--list", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
check(len(json.loads(listed.stdout)) == 1 and b"draft-0000000000000bad.json" in listed.stderr, f"{listed.stderr!r}")
jianwei("draft", "ws", "--refuse", "draft-0000000000000bad", "--why", "x", code=7)

# The same over HTTP: a job, then a person.
settings.write_text(start)
server = Server("ws")
chief = server.set_up()
ann, eve, vic = (server.add_user(chief, name, [role]) for name, role in (("ann", "analyst"), ("eve", "expert"), ("vic", "viewer")))
base = "/api/v1/w/ws"
check(b"[draft]" in ann.expect(403, "POST", f"{base}/jobs", {"kind": "draft", "parameters": {"topic": topic["id"]}}).body, "off by default")
check(ann.expect(200, "GET", f"{base}/drafts").json["enabled"] is False, "told to the page")
settings.write_text(on)


def ask(wanted):
    job = ann.expect(201, "POST", f"{base}/jobs", {"kind": "draft", "parameters": {"topic": wanted}}).json["id"]
    for _ in range(600):
        now = ann.expect(200, "GET", f"/api/v1/jobs/{job}").json
        if now["state"] not in ("queued", "running"):
            return now
        time.sleep(0.1)
    check(False, "the job does not end")


Model.mode = "invented"
check(ask(topic["id"])["state"] == "failed", "an invented citation fails the job")
Model.mode = "good"
made = ask(topic["id"])
check(made["state"] == "done" and made["result"]["by"] == "ann", f"{made}")
one = f"{base}/drafts/{made['result']['id']}"
check(vic.expect(200, "GET", one).json == made["result"], "anybody reads it")
vic.expect(403, "POST", f"{one}/accept", {"take": ["label"], "reason": "x"})
for body in ({"take": ["label"]}, {"take": [], "reason": "x"}, {"take": ["score"], "reason": "x"}, {"take": "label", "reason": "x"}, {"take": ["label"], "reason": " "}):
    ann.expect(400, "POST", f"{one}/accept", body)
proposed = eve.expect(201, "POST", f"{one}/accept", {"take": ["label"], "reason": "fits"}).json
check(proposed["draft"]["state"] == "accepted" and proposed["judgements"][0]["event"]["actor"] == "eve" and proposed["judgements"][0]["event"]["evidence"], f"{proposed['judgements']}")
ann.expect(409, "POST", f"{one}/refuse", {})
second = ask(topic["id"])["result"]["id"]
check(ann.expect(201, "POST", f"{base}/drafts/{second}/refuse", {"reason": "too wide"}).json["state"] == "refused", "put aside")
listed = ann.expect(200, "GET", f"{base}/drafts?topic={topic['id']}").json
check(len(listed["damaged"]) == 1 and "draft-0000000000000bad.json" in listed["damaged"][0], f"{listed['damaged']}")
check(listed["total"] == 3 and listed["enabled"] and listed["model"] == "small", f"{listed['total']}")
ann.expect(404, "GET", f"{base}/drafts/..%2f..%2fjianwei")
server.stop()
check("secret-of-the-model" not in pathlib.Path("server.log").read_text(), "the key is in no log")
