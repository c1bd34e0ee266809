#!/usr/bin/env python3
"""Answers a Delphi study through the real HTTP API and reports how long a save takes.

  delphi_load.py JIANWEI FOLDER --items 836 --experts 5000 --rounds 2 --connections 32 [--share 0.1]

Makes a workspace and a study of that size, invites everybody, and lets a share of the experts (chosen by number) answer every item in each round; the others'
answers are not sent. Prints saves, saves per second, p50/p95/p99/max in milliseconds, and the time of the results page. Standard library only.
"""
import argparse
import http.client
import json
import pathlib
import random
import re
import signal
import subprocess
import threading
import time

OPTIONS = ["none", "low", "middle", "high", "top"]


def start(program, workspace):
    process = subprocess.Popen([program, "serve", workspace, "--listen", "127.0.0.1:0", "--json", "--rate", "100000"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    started = json.loads(process.stdout.readline())
    return process, started, int(re.search(r":(\d+)$", started["url"]).group(1))


class Caller:
    def __init__(self, port):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def call(self, method, path, body=None, headers=None):
        self.connection.request(method, path, body=None if body is None else json.dumps(body), headers={"Content-Type": "application/json", **(headers or {})})
        response = self.connection.getresponse()
        data = response.read()
        if response.status >= 400:
            raise SystemExit(f"{method} {path}: {response.status} {data[:300]!r}")
        return response, json.loads(data) if data else None


def sign_in(caller, started):
    """The first account, and a moderator; returns the moderator's headers."""
    response, session = caller.call("POST", "/api/v1/setup", {"secret": started["secret"], "name": "chief", "password": "correct horse battery"})
    headers = {"Cookie": response.headers["Set-Cookie"].split(";")[0], "X-CSRF-Token": session["csrf"]}
    caller.call("POST", "/api/v1/users", {"name": "mo", "password": "correct horse battery", "roles": ["moderator"]}, headers)
    response, session = caller.call("POST", "/api/v1/session", {"name": "mo", "password": "correct horse battery"})
    return {"Cookie": response.headers["Set-Cookie"].split(";")[0], "X-CSRF-Token": session["csrf"]}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("folder")
    parser.add_argument("--items", type=int, default=836)
    parser.add_argument("--experts", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--connections", type=int, default=32)
    parser.add_argument("--share", type=float, default=0.1)
    options = parser.parse_args()

    folder = pathlib.Path(options.folder)
    folder.mkdir(parents=True, exist_ok=True)
    workspace = folder / "load"
    subprocess.run([options.program, "init", workspace, "--quiet"], check=True)
    process, started, port = start(options.program, workspace)
    caller = Caller(port)
    headers = sign_in(caller, started)
    base = "/api/v1/w/load/delphi/studies"
    study = caller.call("POST", base, {"title": {"en": "Load"}, "template": "china"}, headers)[1]["id"]
    one = f"{base}/{study}"
    caller.call("POST", f"{one}/items", {"items": [{"field": f"field {i % 12}", "zh": f"技术课题 {i}", "en": f"Technology item {i}"} for i in range(options.items)]}, headers)
    caller.call("POST", f"{one}/steps", {"step": "lock_protocol"}, headers)
    links = []
    for first in range(0, options.experts, 500):
        people = [{"name": f"Expert {i}", "attributes": {"sector": ["academia", "industry", "government"][i % 3]}} for i in range(first, min(first + 500, options.experts))]
        links += [item["link"].split("#")[1] for item in caller.call("POST", f"{one}/invitations", {"invitees": people}, headers)[1]["items"]]
    caller.call("POST", f"{one}/steps", {"step": "recruit"}, headers)

    chosen = links[: max(1, int(options.experts * options.share))]
    print(f"{options.items} items, {options.experts} experts invited, {len(chosen)} answer, {options.rounds} rounds, {options.connections} connections")
    for round_number in range(1, options.rounds + 1):
        caller.call("POST", f"{one}/steps", {"step": "open_round"}, headers)
        milliseconds, lock = [], threading.Lock()

        def work(part, round_number=round_number):
            own, mine = Caller(port), []
            rng = random.Random(part)
            for number in range(part, len(chosen), options.connections):
                seat = {"X-Seat": chosen[number]}
                if round_number == 1:
                    own.call("POST", "/api/v1/w/load/panel/consent", {"text_version": "1"}, seat)
                items = list(range(1, options.items + 1))
                rng.shuffle(items)
                for item in items:
                    answer = {"familiarity": {"option": "some"}, "importance": {"option": OPTIONS[min(4, (item + rng.randrange(3)) % 6)]}, "technical": {"year": 2030 + rng.randrange(20)}, "standing": {"option": "par"}}
                    begin = time.perf_counter()
                    own.call("PUT", f"/api/v1/w/load/panel/cards/item-{item}", answer, seat)
                    mine.append((time.perf_counter() - begin) * 1000)
            with lock:
                milliseconds.extend(mine)

        begin = time.perf_counter()
        threads = [threading.Thread(target=work, args=(part,)) for part in range(options.connections)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = time.perf_counter() - begin
        milliseconds.sort()
        at = lambda p: milliseconds[min(len(milliseconds) - 1, int(p * len(milliseconds)))]
        print(f"round {round_number}: {len(milliseconds)} saves in {seconds:.1f} s ({len(milliseconds) / seconds:.0f}/s), p50 {at(.5):.1f} p95 {at(.95):.1f} p99 {at(.99):.1f} max {milliseconds[-1]:.1f} ms")
        begin = time.perf_counter()
        caller.call("POST", f"{one}/steps", {"step": "close_round"}, headers)
        caller.call("POST", f"{one}/steps", {"step": "analyze"}, headers)
        print(f"round {round_number}: closed and analyzed in {time.perf_counter() - begin:.1f} s")
        begin = time.perf_counter()
        results = caller.call("GET", f"{one}/results?round={round_number}", None, headers)[1]["items"]
        print(f"round {round_number}: results page of {len(results)} items in {time.perf_counter() - begin:.2f} s")
        if sum(item["result"]["cards"] for item in results) != len(milliseconds):
            raise SystemExit("an acknowledged answer is missing")
        if round_number < options.rounds:
            caller.call("POST", f"{one}/steps", {"step": "release_feedback"}, headers)
    process.send_signal(signal.SIGTERM)
    process.wait()


if __name__ == "__main__":
    main()
