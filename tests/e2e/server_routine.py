"""Schedules make jobs and catch up once, also after a stop; issues and their difference; reports of a period; alerts by mail, webhook and Atom; live
collection from a server on this machine, refused without its setting."""
import http.server
import os
import pathlib
import subprocess
import sys
import threading
import time
import xml.etree.ElementTree

from server_client import PROGRAM, ROOT, Client, Server, check


def jianwei(*arguments):
    return subprocess.run([PROGRAM, *arguments, "-q"], check=True, stdout=subprocess.PIPE).stdout


jianwei("demo", "syn", "--records", "500")
jianwei("init", "ws")
pathlib.Path("ws/study.toml").write_text("[hindcast]\nenabled = false\n")
jianwei("import", "ws", "syn")
jianwei("run", "ws")
jianwei("watch", "add", "ws", "--name", "rising", "--indicator", "growth", "--above", "0.0", "--significance", "1", "--min-documents", "1", "--why", "everything that grows")
os.environ["HOOK_SECRET"] = "shared secret"
server = Server("ws")
chief = server.set_up()
ann = server.add_user(chief, "ann", ["analyst"])
carl = server.add_user(chief, "carl", ["curator"])
base = "/api/v1/w/ws"
settings = pathlib.Path("ws/jianwei.toml")


def wait_for(client, job, state="done"):
    for _ in range(1200):
        now = client.expect(200, "GET", f"/api/v1/jobs/{job}").json
        if now["state"] in ("done", "failed", "cancelled"):
            check(now["state"] == state, f"job {job} {now['kind']}: {now['state']}, expected {state}: {now['message']}")
            return now
        time.sleep(0.1)
    check(False, f"job {job} does not end")


def schedule_jobs(client):
    return client.expect(200, "GET", "/api/v1/jobs?kind=schedule").json["items"]


def add_job(client, kind, parameters):
    return client.expect(201, "POST", f"{base}/jobs", {"kind": kind, "parameters": parameters}).json["id"]


templates = ann.expect(200, "GET", f"{base}/report-templates?limit=100", headers={"Accept-Language": "zh"}).json
check("early-warning" in [form["id"] for form in templates["items"]] and all(form["title"] == form["title_zh"] for form in templates["items"]), "templates in the language asked for")

# Nothing calls out without the setting, and the refusal names it.
for target, body in ((f"{base}/schedules", {"name": "out", "collect": "openalex", "query": "x"}), (f"{base}/jobs", {"kind": "collect", "parameters": {"source": "openalex"}}), (f"{base}/jobs", {"kind": "deliver"})):
    refused = ann.expect(403, "POST", target, body)
    check(b"jianwei.toml" in refused.body and (b"[collect]" in refused.body or b"[mail]" in refused.body), f"{target}: {refused.body}")
for body in ({"name": "idle"}, {"name": "a/b", "run": True}, {"name": "x", "run": True, "every": "year"}, {"name": "x", "reports": ["nothing"]}, {"name": "x", "run": True, "first": "soon"}, {"run": True}, {"name": "x", "run": True, "speed": 3}, {"name": "x", "reports": ["monthly"], "formats": ["odt"]}):
    check(400 <= ann.post(f"{base}/schedules", body).status < 500, f"{body} is refused")

# Due dates that have passed are made good by one job, which says for how many it stands.
made = ann.expect(201, "POST", f"{base}/schedules", {"name": "每周", "every": "week", "first": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 30 * 86400)), "check": True, "reports": ["early-warning"], "language": "zh"}).json
check(made["next"][0] < time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()) and made["by"] == "ann", "the first date has passed")
for _ in range(300):
    if jobs := schedule_jobs(ann):
        break
    time.sleep(0.1)
check(len(jobs) == 1, f"one job is made: {jobs}")
done = wait_for(ann, jobs[0]["id"])
check(done["result"]["missed"] == 4 and "issue 1 of early-warning-zh" in done["result"]["message"], f"{done['result']}")
check(any("4 missed" in line["text"] for line in ann.expect(200, "GET", f"/api/v1/jobs/{done['id']}/log").json["items"]), "the log says so")
check(ann.expect(200, "GET", f"{base}/schedules").json["items"][0]["next"][0] > time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "the next date is to come")
issue = ann.expect(200, "GET", f"{base}/issues").json["items"][0]
check(issue["id"] == "early-warning-zh-0001" and ann.expect(200, "GET", f"{base}/issues/{issue['id']}/difference").json["since"] is None, "the first issue has none before it")

# Run now; the second issue knows the first.
name = "%E6%AF%8F%E5%91%A8"
wait_for(ann, ann.expect(201, "POST", f"{base}/schedules/{name}/run").json["id"])
difference = ann.expect(200, "GET", f"{base}/issues/early-warning-zh-0002/difference").json
check(difference["since"]["number"] == 1 and difference["since"]["new_records"] == [], "set beside the issue before")
check(ann.expect(200, "GET", f"{base}/issues/early-warning-zh-0002").json["numbers"], "with its numbers")
report = [one for one in ann.expect(200, "GET", f"{base}/reports").json["items"] if one["id"] == "early-warning-zh-0002"]
check(report and ann.expect(200, "GET", report[0]["files"][0]["href"]).body, "its files are those of a report")
log = ann.expect(200, "GET", f"{base}/schedules/log").json["items"]
check([run["outcome"] for run in log] == ["done", "done"] and log[1]["missed"] == 4, f"{log}")
ann.expect(404, "GET", f"{base}/issues/early-warning-zh-0009/difference")
ann.expect(404, "POST", f"{base}/schedules/none/run")

# Paused ones rest; removed ones are gone.
check(ann.expect(200, "PATCH", f"{base}/schedules/{name}", {"enabled": False}).json["next"] == [], "paused")
ann.expect(400, "PATCH", f"{base}/schedules/{name}", {"name": "other"})
ann.expect(400, "PATCH", f"{base}/schedules/{name}", {"count": 0})
check(ann.expect(200, "PATCH", f"{base}/schedules/{name}", {"enabled": True, "every": "month"}).json["plan"]["every"] == "month", "changed")
ann.expect(204, "DELETE", f"{base}/schedules/{name}")
ann.expect(404, "DELETE", f"{base}/schedules/{name}")

# Dates that pass while the server is down are made good at the next start.
ann.expect(201, "POST", f"{base}/schedules", {"name": "hourly", "every": "hour", "first": "2099-01-01", "check": True})
server.stop()
jianwei("schedule", "remove", "ws", "hourly")
jianwei("schedule", "add", "ws", "--name", "hourly", "--every", "day", "--first", time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 3 * 86400 - 60)), "--check")
server.start()
for _ in range(300):
    if jobs := [job for job in schedule_jobs(ann) if job["parameters"]["schedule"] == "hourly"]:
        break
    time.sleep(0.1)
check(wait_for(ann, jobs[0]["id"])["result"]["missed"] == 3 and len(jobs) == 1, "made good once after a stop")

# A report of a period and of some records, under its own title; the run everybody sees stays.
before = ann.expect(200, "GET", f"{base}/overview").json["last_run"]
years = [year["year"] for year in ann.expect(200, "GET", f"{base}/overview").json["years"]]
wait_for(ann, add_job(ann, "report", {"template": "study", "language": "en", "title": "Ten & two", "period": {"from": years[0], "to": years[-3]}, "filters": {"languages": ["en"]}}))
report = next(one for one in ann.expect(200, "GET", f"{base}/reports").json["items"] if one.get("title") == "Ten & two")
page = ann.expect(200, "GET", report["files"][0]["href"]).body.decode()
check("Ten &amp; two" in page and f"≤ {years[-3]}" in page and report["run"] != before["id"], "the head of the report names the period")
check(ann.expect(200, "GET", f"{base}/overview").json["last_run"] == before, "the newest run is still the one before")
for parameters in ({"period": {"from": 2020, "to": 2010}}, {"period": {"until": 1}}, {"filters": {"kinds": ["song"]}}, {"filters": []}, {"series": "x"}, {"title": "x" * 301}, {"template": "nothing"}):
    check(400 <= ann.post(f"{base}/jobs", {"kind": "report", "parameters": parameters}).status < 500, f"{parameters} is refused")
wait_for(ann, add_job(ann, "report", {"template": "monthly", "issue": True, "series": "special", "language": "en"}))
check([one["id"] for one in ann.expect(200, "GET", f"{base}/issues?series=special").json["items"]] == ["special-0001"], "a job makes an issue, too")

# The feed: only a token that is good for nothing else goes into its address.
feed = ann.expect(201, "POST", "/api/v1/tokens", {"name": "reader", "scope": "feed"}).json["token"]
strong = ann.expect(201, "POST", "/api/v1/tokens", {"name": "script", "scope": "write"}).json["token"]
nobody = Client(server)
atom = nobody.expect(200, "GET", f"{base}/alerts.atom?token={feed}")
check(atom.headers["Content-Type"].startswith("application/atom+xml"), "Atom")
alerts = ann.expect(200, "GET", f"{base}/alerts").json["total"]
check(len(xml.etree.ElementTree.fromstring(atom.body).findall("{http://www.w3.org/2005/Atom}entry")) == min(100, alerts) > 0, "an entry for each alert")
nobody.expect(401, "GET", f"{base}/alerts.atom?token={strong}")
nobody.expect(401, "GET", f"{base}/alerts.atom?token=x")
nobody.expect(401, "GET", f"{base}/alerts.atom")
nobody.expect(401, "GET", f"{base}/status?token={feed}")
for method, path in (("GET", f"{base}/status"), ("GET", "/api/v1/tokens"), ("POST", f"{base}/schedules")):
    Client(server, token=feed).expect(403, method, path, {} if method == "POST" else None)
Client(server, token=strong).expect(200, "GET", f"{base}/alerts.atom")
check(feed.encode() not in open("server.log", "rb").read(), "the token is not in the log")

# Mail and webhook: off, wrong, set; the test message is no alert.
delivery = ann.expect(200, "GET", f"{base}/alerts/delivery").json
check(delivery["mail"] is None and delivery["webhook"] is None and delivery["problem"] == "", f"{delivery}")
check(b"[mail]" in carl.expect(400, "POST", f"{base}/alerts/delivery/test", {"channel": "mail"}).body, "the setting is named")
ann.expect(403, "POST", f"{base}/alerts/delivery/test", {"channel": "mail"})
pathlib.Path("box").mkdir()
others = subprocess.Popen([sys.executable, str(ROOT / "tests/e2e/alerts_out.py"), "box"])
try:
    while not pathlib.Path("box/ports").exists():
        time.sleep(0.05)
    smtp, hook = pathlib.Path("box/ports").read_text().split()
    start = settings.read_text()
    settings.write_text(start + f'''
[mail]
url = "smtp://127.0.0.1:{smtp}"
from = "jianwei@example.org"
to = ["desk@example.org"]
[webhook]
url = "http://127.0.0.1:{hook}/alerts"
secret_variable = "NO_SUCH_SECRET"
hosts = ["127.0.0.1"]
''')
    check("NO_SUCH_SECRET" in ann.expect(200, "GET", f"{base}/alerts/delivery").json["problem"], "a secret that is missing is named")
    settings.write_text(settings.read_text().replace("NO_SUCH_SECRET", "HOOK_SECRET"))
    for channel in ("mail", "webhook"):
        check(carl.expect(200, "POST", f"{base}/alerts/delivery/test", {"channel": channel}).json == {"channel": channel, "sent": True, "problem": ""}, f"{channel} takes the test")
    check(pathlib.Path("box/mails").read_bytes().count(b"\n=====\n") == 1 and pathlib.Path("box/calls").read_text().count('"test"') >= 1, "both were called")
    pathlib.Path("box/refuse").touch()
    check(carl.expect(200, "POST", f"{base}/alerts/delivery/test", {"channel": "mail"}).json["problem"], "a refusal is told")
    pathlib.Path("box/refuse").unlink()
    ann.expect(201, "POST", f"{base}/alerts/mutes", {"rule": "rising", "why": "known"})
    check(wait_for(ann, add_job(ann, "deliver", {}))["result"]["sent"] == 0, "a muted rule rests")
    ann.expect(201, "POST", f"{base}/alerts/mutes", {"rule": "rising", "muted": False, "why": "again"})
    check(wait_for(ann, add_job(ann, "deliver", {}))["result"]["sent"] == 2 * alerts, "both channels")
    delivery = ann.expect(200, "GET", f"{base}/alerts/delivery").json
    check(delivery["mail"]["to"] == ["desk@example.org"] and delivery["webhook"] == {"host": "127.0.0.1"} and {row["state"] for row in delivery["deliveries"]} == {"sent"} and len(delivery["mutes"]) == 2, f"{delivery}")
finally:
    others.terminate()


# Live collection from a feed on this machine.
class Feed(http.server.BaseHTTPRequestHandler):
    asked = []

    def do_GET(self):
        Feed.asked.append(self.headers["User-Agent"])
        items = "".join(f"<item><title>Solid state battery news {i}</title><link>http://example.org/{i}</link><guid>g{i}</guid><description>Cells of number {i}.</description><pubDate>Mon, 0{i} Sep 2025 00:00:00 GMT</pubDate></item>" for i in range(1, 5))
        body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>n</title><link>http://example.org</link><description>d</description>{items}</channel></rss>'.encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


news = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Feed)
threading.Thread(target=news.serve_forever, daemon=True).start()
address = f"http://127.0.0.1:{news.server_address[1]}/feed.xml"
ann.expect(403, "POST", f"{base}/jobs", {"kind": "collect", "parameters": {"source": address}})
check(Feed.asked == [], "not called before it is allowed")
settings.write_text(start + f'\n[collect]\nsources = ["{address}"]\ncontact = "desk@example.org"\n')
got = wait_for(ann, add_job(ann, "collect", {"source": address}))
check(got["result"]["totals"]["kept"] == 4 and "desk@example.org" in Feed.asked[0], f"{got['result']}")
ann.expect(403, "POST", f"{base}/jobs", {"kind": "collect", "parameters": {"source": "openalex"}})
ann.expect(201, "POST", f"{base}/schedules", {"name": "news", "collect": address, "every": "day"})
settings.write_text(start)  # the setting is taken away: the schedule calls nobody
calls = len(Feed.asked)
failed = wait_for(ann, ann.expect(201, "POST", f"{base}/schedules/news/run").json["id"], "failed")
check("[collect]" in failed["message"] and len(Feed.asked) == calls, f"{failed['message']}")
server.stop()
