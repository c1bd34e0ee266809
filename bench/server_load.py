#!/usr/bin/env python3
"""Open event streams and a steady rate of requests against a server on this machine; its memory over time.

    JIANWEI=build/release/bin/jianwei ROOT=. python3 bench/server_load.py [SECONDS [STREAMS [REQUESTS_PER_SECOND]]]
"""
import http.client
import os
import pathlib
import selectors
import socket
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(os.environ.setdefault("ROOT", ".")).resolve()
os.environ["ROOT"] = str(ROOT)
os.environ["JIANWEI"] = str(pathlib.Path(os.environ.get("JIANWEI", ROOT / "build/release/bin/jianwei")).resolve())
sys.path.insert(0, str(ROOT / "tests/e2e"))
from server_client import Server, make_workspace  # noqa: E402

SECONDS, STREAMS, RATE = (int(sys.argv[i]) if len(sys.argv) > i else default for i, default in ((1, 600), (2, 300), (3, 50)))
PATHS = ("/api/v1/w/field/status", "/api/v1/session", "/api/v1/jobs", "/healthz")


def resident(pid):
    return int(pathlib.Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE") / 2**20


def cpu_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    server = Server(make_workspace())
    admin = server.set_up()
    streams = selectors.DefaultSelector()
    for _ in range(STREAMS):
        peer = socket.create_connection(("127.0.0.1", server.port))
        peer.sendall(f"GET /api/v1/events HTTP/1.1\r\nHost: test\r\nCookie: {admin.cookie}\r\n\r\n".encode())
        peer.setblocking(False)
        streams.register(peer, selectors.EVENT_READ, [0, 0])
    closed = 0
    latencies, errors, lock, stop = [], [], threading.Lock(), threading.Event()

    def ask(worker, workers):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        start, sent = time.monotonic() + worker / RATE, 0
        while not stop.is_set():
            time.sleep(max(0.0, start + sent * workers / RATE - time.monotonic()))
            began = time.monotonic()
            try:
                connection.request("GET", PATHS[sent % len(PATHS)], headers={"Cookie": admin.cookie})
                answer = connection.getresponse()
                answer.read()
                if answer.status != 200:
                    raise OSError(f"status {answer.status}")
            except (OSError, http.client.HTTPException) as error:
                with lock:
                    errors.append(str(error))
                connection.close()
            with lock:
                latencies.append(time.monotonic() - began)
            sent += 1

    threads = [threading.Thread(target=ask, args=(i, 5), daemon=True) for i in range(5)]
    for thread in threads:
        thread.start()
    begin = time.monotonic()
    next_report, memory = begin + 5, []
    while time.monotonic() < begin + SECONDS:
        for key, _ in streams.select(timeout=0.5):
            try:
                data = key.fileobj.recv(65536)
            except OSError:
                data = b""
            key.data[0] += data.count(b": ping")
            key.data[1] += len(data)
            if not data:
                closed += 1
                streams.unregister(key.fileobj)
        if time.monotonic() >= next_report:
            memory.append(resident(server.process.pid))
            next_report += max(5, SECONDS / 20)
    stop.set()
    for thread in threads:
        thread.join()
    pings = sum(key.data[0] for key in streams.get_map().values())
    used = cpu_seconds(server.process.pid)
    server.stop()
    latencies.sort()
    at = lambda share: 1000 * latencies[min(len(latencies) - 1, int(share * len(latencies)))]  # noqa: E731
    print(f"{SECONDS} s, {STREAMS} streams ({closed} closed, {pings} pings), {len(latencies)} requests ({len(latencies) / SECONDS:.1f}/s), {len(errors)} errors {errors[:3]}")
    print(f"latency ms: p50 {at(0.5):.1f}, p95 {at(0.95):.1f}, p99 {at(0.99):.1f}; server CPU {used:.1f} s; memory MiB: {' '.join(f'{m:.1f}' for m in memory)}")
    sys.exit(1 if errors or closed else 0)
