"""Uploads in parts, jobs with progress events, cancel, retry, restart, reports; Idempotency-Key; metrics."""
import hashlib
import http.client
import json
import subprocess
import sys
import threading
import time

from server_client import PROGRAM, Client, Server, check, make_workspace


class Stream:
    """An event stream read in a thread of its own."""

    def __init__(self, client, last_id=None, topics="jobs"):
        self.connection = http.client.HTTPConnection("127.0.0.1", client.server.port, timeout=60)
        headers = {"Cookie": client.cookie} | ({"Last-Event-ID": last_id} if last_id else {})
        self.connection.request("GET", f"/api/v1/events?topics={topics}", headers=headers)
        self.response = self.connection.getresponse()
        check(self.response.status == 200 and self.response.headers["Content-Type"] == "text/event-stream", "the stream opens")
        self.events, self.ended = [], threading.Event()
        self.thread = threading.Thread(target=self.read, daemon=True)
        self.thread.start()

    def read(self):
        event = {}
        try:
            for line in self.response:
                text = line.decode().rstrip("\n")
                if not text and event:
                    self.events.append(event)
                    event = {}
                elif ": " in text and not text.startswith(":"):
                    name, value = text.split(": ", 1)
                    event[name] = value
        except (OSError, http.client.HTTPException, AttributeError, ValueError):
            pass
        self.ended.set()

    def wait_for(self, condition, what, seconds=120):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for event in list(self.events):
                if condition(event):
                    return event
            time.sleep(0.05)
        sys.exit(f"FAILED: no event: {what}; seen {[e.get('event') for e in self.events]}")

    def close(self):
        self.connection.sock and self.connection.sock.close()


def job_event(event, number, state):
    return event.get("event") == "jobs" and json.loads(event["data"])["id"] == number and json.loads(event["data"])["state"] == state


def wait_for_job(client, number, states, seconds=180):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        job = client.get(f"/api/v1/jobs/{number}").json
        if job["state"] in states:
            return job
        time.sleep(0.1)
    sys.exit(f"FAILED: job {number} is {job['state']}, expected {states}")


workspace = make_workspace()
server = Server(workspace)
admin = server.set_up()
viewer = server.add_user(admin, "vera", ["viewer"])
stream = Stream(admin)
stream.wait_for(lambda e: e.get("event") == "ready", "ready")

# A file of 17 MB in three parts, out of order and one of them twice; names cannot leave the folder.
record = "TY  - JOUR\nTI  - Quantum sensing of fields in paper {0}\nAB  - Sensors of quantum states measure fields. {1}\nPY  - {2}\nDO  - 10.1/{0}\nER  - \n\n"
data = "".join(record.format(i, "Filling. " * 1500, 2005 + i % 18) for i in range(1300)).encode()
base = "/api/v1/w/field/uploads"
admin.expect(400, "POST", base, {"name": "..", "bytes": 5})
viewer.expect(403, "POST", base, {"name": "a.ris", "bytes": 5})
upload = admin.expect(201, "POST", base, {"name": "../../etc/records.ris", "bytes": len(data)}).json
check(upload["name"] == "records.ris" and upload["part_count"] == 3, f"upload {upload}")
size = upload["part_bytes"]
for n in (2, 0, 0):
    admin.expect(204, "PUT", f"{base}/{upload['id']}/parts/{n}", raw=data[n * size:(n + 1) * size])
admin.expect(409, "POST", f"{base}/{upload['id']}/complete", {})
admin.expect(400, "PUT", f"{base}/{upload['id']}/parts/1", raw=b"short")
admin.expect(400, "PUT", f"{base}/{upload['id']}/parts/3", raw=b"more")
server.stop()
server.start()
check(admin.get(f"{base}/{upload['id']}").json["parts"] == [0, 2], "parts outlive a restart")
admin.expect(204, "PUT", f"{base}/{upload['id']}/parts/1", raw=data[size:2 * size])
admin.expect(400, "POST", f"{base}/{upload['id']}/complete", {"sha256": "0" * 64})
check(admin.expect(200, "POST", f"{base}/{upload['id']}/complete", {"sha256": hashlib.sha256(data).hexdigest()}).json["complete"], "complete")

# The stream was ended by the stop; the new server cannot know the old ids and says so.
check(stream.ended.wait(20), "the stop ends the streams")
stream = Stream(admin, last_id=stream.events[-1]["id"])
stream.wait_for(lambda e: e.get("event") == "reset", "reset")

# Import as a job, asked twice with one key.
jobs = "/api/v1/w/field/jobs"
viewer.expect(403, "POST", jobs, {"kind": "import", "parameters": {"upload": upload["id"]}})
admin.expect(400, "POST", jobs, {"kind": "dance"})
admin.expect(400, "POST", jobs, {"kind": "import", "parameters": {"upload": upload["id"], "color": 1}})
admin.expect(404, "POST", jobs, {"kind": "import", "parameters": {"upload": "upload-0"}})
key = {"Idempotency-Key": "first-import"}
body = {"kind": "import", "parameters": {"upload": upload["id"]}}
job = admin.expect(201, "POST", jobs, body, headers=key).json
check(admin.expect(201, "POST", jobs, body, headers=key).json["id"] == job["id"], "one key, one job")
admin.expect(409, "POST", jobs, {"kind": "run"}, headers=key)
done = wait_for_job(admin, job["id"], ("done", "failed"))
check(done["state"] == "done" and done["result"]["totals"]["kept"] == 1300, f"import: {str(done)[:500]}")
stream.wait_for(lambda e: job_event(e, job["id"], "done"), "the import's end")
check(any("read 1300" in line["text"] for line in viewer.get(f"/api/v1/jobs/{job['id']}/log").json["items"]), "the log")

# A run, cancelled at work, tried again; what a reconnecting browser missed is sent again.
run = admin.expect(201, "POST", jobs, {"kind": "run", "parameters": {"seed": 3, "topics": "4"}}).json
stream.wait_for(lambda e: job_event(e, run["id"], "running"), "the run starts")
last = stream.events[-1]["id"]
stream.close()
admin.expect(200, "POST", f"/api/v1/jobs/{run['id']}/cancel")
state = wait_for_job(admin, run["id"], ("cancelled", "done"))["state"]
stream = Stream(admin, last_id=last)
stream.wait_for(lambda e: job_event(e, run["id"], state), "what was missed")
if state == "cancelled":
    admin.expect(200, "POST", f"/api/v1/jobs/{run['id']}/retry")
check(wait_for_job(admin, run["id"], ("done", "failed"))["state"] == "done", "the run")
admin.expect(409, "POST", f"/api/v1/jobs/{run['id']}/cancel")
check(admin.get("/api/v1/session").json["workspaces"][0]["last_run"], "the session tells of the run")

# A job that waits outlives a kill; the one at work is begun again.
waiting = [admin.expect(201, "POST", jobs, {"kind": "run", "parameters": {"seed": seed, "topics": "4", "fresh": True}}).json["id"] for seed in (5, 6)]
wait_for_job(admin, waiting[0], ("running", "done"))
server.kill()
server.start()
for number in waiting:
    check(wait_for_job(admin, number, ("done", "failed", "cancelled"))["state"] == "done", f"job {number} after a kill")

# A report.
report = admin.expect(201, "POST", jobs, {"kind": "report", "parameters": {"language": "zh", "formats": ["html"]}}).json
made = wait_for_job(admin, report["id"], ("done", "failed"))
check(made["state"] == "done" and made["result"]["files"] == ["report.html"], f"report: {made}")
check(len(open(f"field/reports/{made['result']['id']}/report.html").read()) > 10_000, "the report has content")

check('jianwei_jobs{state="done"}' in Client(server).get("/metrics").body.decode(), "metrics")
Client(server).expect(403, "GET", "/metrics", headers={"X-Forwarded-For": "10.0.0.1"})
check(admin.get("/api/v1/audit/verify").json["whole"], "the chain holds over kills")
server.stop()
print("uploads, jobs, events and reports hold")
