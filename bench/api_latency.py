#!/usr/bin/env python3
"""Latency of the routes that read results: api_latency.py WORKSPACE [REPEATS]

Starts `jianwei serve` on a free port, asks every route once (what is made at the first question is made then), then REPEATS times with other
topics, terms, pages and words each time, one request after the other over one connection. Prints per route and over all requests the wall
time (median, 95th percentile, largest) and the processor time of the server per request. JIANWEI names the program.
"""
import http.client
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import urllib.parse

PROGRAM = os.environ.get("JIANWEI", "build/release/bin/jianwei")
PASSWORD = "correct horse battery"
workspace, repeats = pathlib.Path(sys.argv[1]).resolve(), int(sys.argv[2]) if len(sys.argv) > 2 else 30
state = tempfile.TemporaryDirectory()
server = subprocess.Popen([PROGRAM, "serve", str(workspace), "--listen", "127.0.0.1:0", "--state", state.name, "--json"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
started = json.loads(server.stdout.readline())
connection = http.client.HTTPConnection("127.0.0.1", int(started["url"].rsplit(":", 1)[1]), timeout=600)
headers = {}


def ask(method, path, body=None):
    connection.request(method, path, body=json.dumps(body) if body else None, headers={**headers, **({"Content-Type": "application/json"} if body else {})})
    response = connection.getresponse()
    content = response.read()
    if response.status in (429, 503):  # too fast for one address, or being made: the server says how long to wait
        time.sleep(float(response.headers.get("Retry-After", 0)) if response.status == 429 else 0)
        return ask(method, path, body)
    if response.status >= 400:
        sys.exit(f"{method} {path}: {response.status} {content[:300]}")
    if cookie := response.headers.get("Set-Cookie"):
        headers["Cookie"] = cookie.split(";")[0]
    return content


def get(path):
    return json.loads(ask("GET", base + path))


def processor_seconds():
    fields = pathlib.Path(f"/proc/{server.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


base = f"/api/v1/w/{workspace.name}"
ask("POST", "/api/v1/setup", {"secret": started["secret"], "name": "bench", "password": PASSWORD})
topics = [row["id"] for row in get("/topics?limit=500")["items"]]
terms = get("/terms?limit=500")["items"]
records = [row["id"] for row in get("/records?limit=500")["items"]]
organisations = [row["id"] for row in get("/organisations?limit=100")["items"]]
persons = [row["id"] for row in get("/persons?limit=100")["items"]]
topic = lambda i: topics[i * 7 % len(topics)]
term = lambda i: terms[i * 13 % len(terms)]["id"]
word = lambda i: urllib.parse.quote(terms[i * 29 % len(terms)]["label"])
routes = {
    "overview": lambda i: "/overview",
    "quality": lambda i: "/quality",
    "topics": lambda i: "/topics?limit=500",
    "topic": lambda i: f"/topics/{topic(i)}",
    "topic documents": lambda i: f"/topics/{topic(i)}/documents?facets=true",
    "topic terms": lambda i: f"/topics/{topic(i)}/terms",
    "topic series": lambda i: f"/topics/{topic(i)}/series",
    "topic actors": lambda i: f"/topics/{topic(i)}/actors",
    "topic neighbours": lambda i: f"/topics/{topic(i)}/neighbours?depth=2",
    "topic history": lambda i: f"/topics/{topic(i)}/history",
    "term": lambda i: f"/terms/{term(i)}",
    "term documents": lambda i: f"/terms/{term(i)}/documents?cursor={i}",
    "emerging topics": lambda i: "/emerging?unit=topic&all=true&limit=500",
    "emerging terms": lambda i: f"/emerging?all=true&cursor={50 * i}",
    "weak signals": lambda i: "/weak-signals",
    "bursts": lambda i: "/bursts",
    "evolution": lambda i: "/evolution",
    "indicators of a topic": lambda i: f"/indicators?unit={topic(i)}",
    "indicators of all topics": lambda i: "/indicators",
    "countries": lambda i: "/countries",
    "countries in a topic": lambda i: f"/countries?unit={topic(i)}",
    "organisations": lambda i: f"/organisations?cursor={50 * i}",
    "organisation": lambda i: f"/organisations/{organisations[i % len(organisations)]}" if organisations else "/organisations",
    "persons by name": lambda i: f"/persons?q={'wang li zhang chen liu'.split()[i % 5]}",
    "person": lambda i: f"/persons/{persons[i % len(persons)]}",
    "network": lambda i: f"/networks/term-network?cursor={i}",
    "knowledge": lambda i: f"/knowledge?depth=2&entity={term(i)}",
    "map": lambda i: "/map",
    "map points": lambda i: "/map/points",
    "map documents": lambda i: f"/map/documents?indices={i},{i + 100},{i + 1000}",
    "search": lambda i: f"/search?q={word(i)}&facets=true",
    "records": lambda i: f"/records?facets=true&topic={topic(i)}",
    "record": lambda i: f"/records/{records[i * 3 % len(records)]}",
}
first = {}
for name, route in routes.items():
    start = time.perf_counter()
    ask("GET", base + route(0))
    first[name] = time.perf_counter() - start
slow = ", ".join(f"{name} {seconds:.1f}" for name, seconds in sorted(first.items(), key=lambda item: -item[1]) if seconds >= 0.1)
print(f"first questions: {sum(first.values()):.1f} s ({slow}), {processor_seconds():.1f} s of the processor since the start")
print(f"{'route':28}{'median ms':>10}{'p95':>9}{'max':>9}{'cpu ms':>9}")
every, before_all = [], processor_seconds()
for name, route in routes.items():
    times, before = [], processor_seconds()
    for i in range(1, repeats + 1):
        begin = time.perf_counter()
        ask("GET", base + route(i))
        times.append(1000 * (time.perf_counter() - begin))
    times.sort()
    every += times
    print(f"{name:28}{times[len(times) // 2]:10.1f}{times[int(0.95 * len(times))]:9.1f}{times[-1]:9.1f}{1000 * (processor_seconds() - before) / repeats:9.1f}")
every.sort()
print(f"{'all':28}{every[len(every) // 2]:10.1f}{every[int(0.95 * len(every))]:9.1f}{every[-1]:9.1f}{1000 * (processor_seconds() - before_all) / len(every):9.1f}")
server.terminate()
server.wait()
