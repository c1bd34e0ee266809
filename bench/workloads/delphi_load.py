#!/usr/bin/env python3
"""Answers a Delphi study through the real HTTP API and reports how long a save takes, what closing costs, and how long the moderator waits for each page.

  delphi_load.py JIANWEI DRIVER FOLDER [--items 836 --experts 5000 --rounds 2 --connections 32 --share 1 --kill 3 --fill bench_delphi_fill --exports]

DRIVER is bench_delphi_saves (preset with -DJIANWEI_BENCHMARKS=ON). Makes a workspace and a study of that size, invites everybody, and lets a share of the experts answer every item in each round. With --kill the server is killed (-9) so
many seconds into a load of its own before round 1, started again, and every acknowledged save must be there. With --fill
the answers of all experts are written by that program and the share answers through the API on top of them: what a save, a page and an analysis cost in a study that is full. Prints one JSON object a step. Standard library only.
"""
import argparse
import http.client
import json
import pathlib
import re
import signal
import subprocess
import time


class Server:
    def __init__(self, program, workspace):
        self.command = [program, "serve", workspace, "--listen", "127.0.0.1:0", "--json", "--rate", "100000"]
        self.start()

    def start(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.started = json.loads(self.process.stdout.readline())
        self.port = int(re.search(r":(\d+)$", self.started["url"]).group(1))

    def call(self, method, path, body=None, headers=None):
        # A connection of its own: the server closes kept ones after two minutes, and filling takes longer.
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=3600)
        connection.request(method, path, body=None if body is None else json.dumps(body), headers={"Content-Type": "application/json", **(headers or {})})
        response = connection.getresponse()
        data = response.read()
        connection.close()
        if response.status >= 400:
            raise SystemExit(f"{method} {path}: {response.status} {data[:300]!r}")
        return response, data

    def cpu(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / 100

    def peak_mib(self):
        return int(re.search(r"VmHWM:\s+(\d+)", pathlib.Path(f"/proc/{self.process.pid}/status").read_text()).group(1)) // 1024

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        self.process.wait()


class Moderator:
    """The first account, and a moderator beside it."""

    def __init__(self, server):
        self.server = server
        headers = self.session("/api/v1/setup", {"secret": server.started["secret"], "name": "chief", "password": "correct horse battery"}, {})
        server.call("POST", "/api/v1/users", {"name": "mo", "password": "correct horse battery", "roles": ["moderator"]}, headers)
        self.sign_in()

    def sign_in(self):
        self.headers = self.session("/api/v1/session", {"name": "mo", "password": "correct horse battery"}, {})

    def session(self, path, body, headers):
        response, data = self.server.call("POST", path, body, headers)
        return {"Cookie": response.headers["Set-Cookie"].split(";")[0], "X-CSRF-Token": json.loads(data)["csrf"]}

    def call(self, method, path, body=None):
        data = self.server.call(method, path, body, self.headers)[1]
        return json.loads(data) if data else None

    def step(self, one, name):
        """Takes a step; one that is a job is waited for. Returns the seconds."""
        begin = time.perf_counter()
        answer = self.call("POST", f"{one}/steps", {"step": name})
        while "job" in answer:
            job = self.call("GET", f"/api/v1/jobs/{answer['job']}")
            if job["state"] in ("failed", "cancelled"):
                raise SystemExit(f"{name}: {job}")
            if job["state"] == "done":
                break
            time.sleep(0.1)
        return time.perf_counter() - begin

    def timed(self, path):
        begin = time.perf_counter()
        size = len(self.server.call("GET", path, None, self.headers)[1])
        return {"seconds": round(time.perf_counter() - begin, 2), "mib": round(size / 2**20, 1)}


def say(what, **figures):
    print(json.dumps({"step": what, **figures}), flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("driver")
    parser.add_argument("folder")
    parser.add_argument("--items", type=int, default=836)
    parser.add_argument("--experts", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--connections", type=int, default=32)
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--kill", type=float, default=0.0)
    parser.add_argument("--fill", help="bench_delphi_fill: writes the answers of everybody before the share answers")
    parser.add_argument("--exports", action="store_true", help="the exports of all answers at the end, too")
    options = parser.parse_args()

    folder = pathlib.Path(options.folder)
    folder.mkdir(parents=True, exist_ok=True)
    workspace = folder / "load"
    subprocess.run([options.program, "init", workspace, "--quiet"], check=True)
    server = Server(options.program, workspace)
    moderator = Moderator(server)
    base = "/api/v1/w/load/delphi/studies"
    one = f"{base}/" + moderator.call("POST", base, {"title": {"en": "Load"}, "template": "china"})["id"]
    moderator.call("POST", f"{one}/items", {"items": [{"field": f"field {i % 12}", "zh": f"技术课题 {i}", "en": f"Technology item {i}"} for i in range(options.items)]})
    moderator.step(one, "lock_protocol")
    links = []
    for first in range(0, options.experts, 500):
        people = [{"name": f"Expert {i}", "attributes": {"sector": ["academia", "industry", "government"][i % 3]}} for i in range(first, min(first + 500, options.experts))]
        links += [item["link"].split("#")[1] for item in moderator.call("POST", f"{one}/invitations", {"invitees": people})["items"]]
    moderator.step(one, "recruit")
    chosen = links[: max(1, int(options.experts * options.share))]
    (folder / "links").write_text("".join(link + "\n" for link in chosen))
    say("study", items=options.items, invited=options.experts, answer=len(chosen), connections=options.connections)

    def drive(round_number):
        return subprocess.Popen([options.driver, str(server.port), "load", folder / "links", str(options.items), str(round_number), str(options.connections)], stdout=subprocess.PIPE)

    def cards(round_number):
        return sum(item["result"]["cards"] for item in moderator.call("GET", f"{one}/results?round={round_number}")["items"])

    for round_number in range(1, options.rounds + 1):
        moderator.step(one, "open_round")
        if options.kill and round_number == 1:
            driver = drive(1)
            time.sleep(options.kill)
            server.stop(signal.SIGKILL)
            acknowledged = json.loads(driver.communicate()[0])["saves"]
            server.start()
            moderator.sign_in()
            found = int(subprocess.run(["sqlite3", workspace / "delphi" / "delphi.db", "SELECT count(*) FROM answers"], check=True, capture_output=True, text=True).stdout)
            say("kill -9", acknowledged=acknowledged, found=found)
            if not acknowledged <= found <= acknowledged + options.connections:
                raise SystemExit("an acknowledged answer is missing")
        if options.fill:
            begin = time.perf_counter()
            filled = json.loads(subprocess.run([options.fill, workspace, one.rsplit("/", 1)[1]], check=True, capture_output=True, text=True).stdout)
            say(f"round {round_number}: filled", **filled, seconds=round(time.perf_counter() - begin, 1))
        cpu = server.cpu()
        driver = drive(round_number)
        saved = json.loads(driver.communicate()[0])
        if driver.returncode or saved["lost_connection"] or saved["saves"] != len(chosen) * options.items:
            raise SystemExit(f"round {round_number}: {saved}")
        say(f"round {round_number}: saves", **saved, a_second=round(saved["saves"] / saved["seconds"]), server_cpu=round(server.cpu() - cpu, 1))
        say(f"round {round_number}: pages while open", study=moderator.timed(one), results_first=moderator.timed(f"{one}/results?round={round_number}"), results_again=moderator.timed(f"{one}/results?round={round_number}"))
        cpu = server.cpu()
        say(f"round {round_number}: closed and analyzed", close=round(moderator.step(one, "close_round"), 2), analyze=round(moderator.step(one, "analyze"), 2), server_cpu=round(server.cpu() - cpu, 1), peak_mib=server.peak_mib())
        say(f"round {round_number}: pages", study=moderator.timed(one), results=moderator.timed(f"{one}/results?round={round_number}"), dissent=moderator.timed(f"{one}/dissent?round={round_number}"),
            subgroups=moderator.timed(f"{one}/items/item-1/subgroups?round={round_number}&by=sector"))
        if cards(round_number) != (options.experts * options.items if options.fill else saved["saves"]):
            raise SystemExit("an acknowledged answer is missing")
        if round_number < options.rounds:
            moderator.step(one, "release_feedback")
    say("size", answers_mib=round(sum(path.stat().st_size for path in (workspace / "delphi").iterdir()) / 2**20))
    server.stop()
    if options.exports:
        for form in ("csv", "jsonl", "xlsx", "dta", "r"):
            begin = time.perf_counter()
            out = folder / f"answers.{form}"
            run = subprocess.run(["/usr/bin/time", "-f", "%U %S %M", options.program, "delphi", "export", workspace, "study-1", "--format", form, "-o", out], check=True, capture_output=True, text=True)
            user, system, peak = run.stderr.strip().splitlines()[-1].split()
            say(f"export {form}", seconds=round(time.perf_counter() - begin, 1), cpu=round(float(user) + float(system), 1), peak_mib=int(peak) // 1024, mib=round(out.stat().st_size / 2**20, 1))
            out.unlink()


if __name__ == "__main__":
    main()
