"""A hostile tester at every route: ids that climb, numbers out of bounds, odd bytes, duplicate keys, slow and many clients. Never a 500, never a
folder of the server in an answer, and the server stands."""
import http.client
import json
import os
import random
import re
import socket
import subprocess
import urllib.parse

from server_client import PROGRAM, Client, Server, check, make_workspace, route_table

subprocess.run([PROGRAM, "init", "empty", "--quiet"], check=True, stdout=subprocess.DEVNULL)
server = Server(make_workspace(), "empty")
admin = server.set_up()
users = admin.expect(201, "POST", "/api/v1/users", {"name": "all", "password": "correct horse battery", "roles": ["viewer", "analyst", "expert", "moderator", "curator", "auditor", "admin"]}).json
everyone = Client(server).sign_in("all")
client = Client(server, token=everyone.expect(201, "POST", "/api/v1/tokens", {"name": "fuzz", "scope": "write"}).json["token"])
HERE = os.getcwd().encode()
seen = {}


def judge(answer, what):
    seen[answer.status] = seen.get(answer.status, 0) + 1
    check(answer.status < 500 or answer.status == 503, f"{what}: {answer.status} {answer.body[:300]!r}")
    if answer.status >= 400:
        check(answer.headers["Content-Type"].startswith("application/problem+json"), f"{what}: {answer.status} as {answer.headers['Content-Type']}")
        check(HERE not in answer.body and b"root:" not in answer.body, f"{what}: a folder of the server: {answer.body[:400]!r}")
        json.loads(answer.body)


def fill(path, value, workspace):
    return re.sub(r"\{(\w+)\}", lambda found: workspace if found.group(1) == "ws" else value, path)


IDS = ("..", "../..", "..%2f..%2fetc%2fpasswd", "%2e%2e%2fjianwei.toml", "a" * 3000, "%e4%b8%bb%e9%a2%98", "%ff%fe", "%f0%9f%98%80", "'%20OR%201=1--", "topic-99999999999999999999", "term--1", "%22%3E%3Cscript%3E", ".", "0", "-1", "r0000000000000000", "%20", "%0a")
NUMBERS = ("-1", "0", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "1e9", "nan", "inf", "0x10", "5 ", "٣", "", "999999999999999999999999", "2.5", "../..", "%00")
NAMES = ("limit", "cursor", "depth", "year", "from", "to", "unit", "sort", "q", "topic", "term", "country", "source", "filter", "method", "facets", "indices", "entity", "relation", "node", "state", "max_q", "by", "all", "a", "b", "kind", "object", "last", "before", "after")
gets = [path for method, path, _ in route_table() if method == "GET" and path != "/api/v1/events"]
for path in gets:
    for workspace in ("field", "empty", "nowhere", "..", "%2e%2e"):
        target = fill(path, "none-0", workspace)
        judge(client.get(target), target)
    for value in IDS if "{" in path.replace("{ws}", "") else ():
        target = fill(path, value, "field")
        judge(client.get(target), target)
random.seed(11)
for _ in range(1500):
    path = random.choice(gets)
    query = "&".join(f"{random.choice(NAMES)}={value if '%' in value else urllib.parse.quote(value)}" for value in random.choices(NUMBERS + IDS, k=random.randrange(1, 4)))
    target = f"{fill(path, 'none-0', random.choice(('field', 'empty')))}?{query}"
    judge(client.get(target), target)

# Bodies: keys twice, deep, NUL, surrogates, huge numbers, wrong shapes.
BODIES = (b'{"name":"a","name":"b","query":"from=2015"}', b'{"a":' * 2000 + b"1" + b"}" * 2000, b'{"name":"\\u0000","query":"q=a"}', b'{"name":"\\ud800","query":"q=a"}', b'{"name":"x","records":[' + b",".join([b'"r0000000000000001"'] * 5000) + b"]}",
          b'{"name":"x","points":[1e400]}', b'{"name":"x","points":[99999999999999999999]}', b'{"name":"x","query":"q=%00"}', b'{"name":"x","query":"topic=%ff"}', b'{"name":["x"],"query":{"a":1}}', b"\xff\xfe{\x00}\x00", b"[]", b"null", b'"x"', b"{}" * 10, b"{" * 100000,
          b'{"upload":"../../server.db"}', b'{"upload":"x","mapping":"' + b"[" * 5000 + b'"}', b'{"threshold":1e999,"name":"x","why":"y"}', b'{"name":"x","threshold":NaN}')
unsafe = [(method, path) for method, path, _ in route_table() if method != "GET" and not path.endswith("/session") and path not in ("/api/v1/setup", "/api/v1/password")]
for method, path in unsafe:
    for body in BODIES:
        for workspace in ("field", "empty"):
            target = fill(path, "none-0", workspace)
            judge(client.request(method, target, raw=body, headers={"Content-Type": "application/json"}), f"{method} {target} {body[:40]!r}")

# The wire: broken requests, headers without end, clients that send a byte now and then, many that only connect.
def raw(data, wait=5.0):
    with socket.create_connection(("127.0.0.1", server.port), timeout=wait) as wire:
        wire.sendall(data)
        try:
            return wire.recv(65536)
        except (socket.timeout, ConnectionError):
            return b""


for data in (b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00", b"GET /" + b"a" * 100000 + b" HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\r\nX: " + b"y" * 200000 + b"\r\n\r\n", b"POST /api/v1/session HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
             b"POST /api/v1/session HTTP/1.1\r\nContent-Length: 99999999999999\r\n\r\n", b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 5000 + b"\r\n", b"\r\n\r\n\r\n", b"GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n", b"GET http://other/ HTTP/1.1\r\nHost: a\r\n\r\n",
             b"POST /api/v1/session HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\nzz\r\n"):
    answer = raw(data, 2.0)
    check(HERE not in answer and not re.match(rb"HTTP/1.1 5", answer), f"{data[:40]!r}: {answer[:100]!r}")
slow = []
for _ in range(300):
    wire = socket.create_connection(("127.0.0.1", server.port), timeout=5)
    wire.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\nX-Slow: ")
    slow.append(wire)
for wire in slow[:50]:
    try:
        wire.sendall(b"z")
    except OSError:
        pass
Client(server).expect(200, "GET", "/healthz")  # answered while three hundred keep their requests open
client.expect(200, "GET", "/api/v1/w/field/status")
for wire in slow:
    wire.close()

# A list that was read and left half way does not keep a thread.
for _ in range(50):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request("GET", "/api/v1/openapi.yaml", headers={"Authorization": f"Bearer {client.token}"})
    connection.sock.close()
Client(server).expect(200, "GET", "/readyz")
everyone.expect(200, "GET", "/api/v1/session")
server.stop()
print(f"statuses of odd requests: {dict(sorted(seen.items()))}")
