"""kill -9 under write load, again and again: every write that was acknowledged is there afterwards, none is there twice, none is there by half, and both chains (audit log, judgements) hold."""
import http.client
import itertools
import json
import threading

from server_client import Client, Server, check

server = Server("field")
admin = server.set_up()
analyst = server.add_user(admin, "ann", ["analyst"])
BASE = "/api/v1/w/field"
topics = [topic["id"] for topic in admin.expect(200, "GET", f"{BASE}/topics?limit=100").json["items"]]
counter = itertools.count()
acknowledged, unclear, lock = [], [], threading.Lock()
judged, judging, refused = {}, [], []  # text of a comment -> its number; texts that were cut off
ROUNDS, WRITERS = 5, 4


def write(stop):
    """Makes tokens until the server falls."""
    client = Client(server)
    client.cookie, client.csrf = admin.cookie, admin.csrf
    while not stop.is_set():
        with lock:
            name = f"token-{next(counter)}"
        try:
            answer = client.post("/api/v1/tokens", {"name": name})
        except (OSError, http.client.HTTPException):
            with lock:
                unclear.append(name)
            return
        if answer.status == 201:
            with lock:
                acknowledged.append(name)


def judge(stop):
    """Comments on topics until the server falls."""
    client = Client(server)
    client.cookie, client.csrf = analyst.cookie, analyst.csrf
    while not stop.is_set():
        with lock:
            number = next(counter)
        text = f"comment {number} " + "说" * 50
        try:
            answer = client.post(f"{BASE}/judgements", {"kind": "comment", "object": {"id": topics[number % len(topics)]}, "arguments": {"text": text}})
        except (OSError, http.client.HTTPException):
            with lock:
                judging.append(text)
            return
        if answer.status != 201:
            with lock:
                refused.append(f"{answer.status} {answer.body[:200]!r}")
            return
        with lock:
            judged[text] = answer.json["event"]["sequence"]


def check_judgements(round_number):
    """No acknowledged judgement lost, none twice, none by half, one chain."""
    verified = analyst.expect(200, "GET", f"{BASE}/judgements/verify").json
    check(verified["whole"], f"round {round_number}: {verified['problem']}")
    events = [json.loads(line) for line in analyst.expect(200, "GET", f"{BASE}/judgements/export").body.decode().splitlines()]
    check([event["sequence"] for event in events] == list(range(1, verified["events"] + 1)), "the numbers have no gap")
    present = {event["arguments"]["text"]: event["sequence"] for event in events}
    check(len(present) == len(events), "a judgement is there twice")
    lost = [text for text, number in judged.items() if present.get(text) != number]
    check(not lost, f"round {round_number}: {len(lost)} acknowledged judgements are gone or have another number")
    check(set(present) <= set(judged) | set(judging), "a judgement nobody made, or half of one")


for round_number in range(ROUNDS):
    stop = threading.Event()
    threads = [threading.Thread(target=write, args=(stop,)) for _ in range(WRITERS)]
    threads += [threading.Thread(target=judge, args=(stop,)) for _ in range(WRITERS)]
    before, judged_before = len(acknowledged), len(judged)
    for thread in threads:
        thread.start()
    while len(acknowledged) < before + 40 or len(judged) < judged_before + 10:
        check(not refused, f"a judgement: {refused}")
        threads[0].join(0.01)
    server.kill()
    stop.set()
    for thread in threads:
        thread.join()
    server.start()
    present, cursor = [], ""
    while cursor is not None:
        page = admin.expect(200, "GET", f"/api/v1/tokens?limit=500&cursor={cursor}").json
        present += [token["name"] for token in page["items"]]
        cursor = page["next_cursor"]
    lost = set(acknowledged) - set(present)
    check(not lost, f"round {round_number}: {len(lost)} acknowledged writes are gone: {sorted(lost)[:5]}")
    check(len(present) == len(set(present)), "a write is there twice")
    check(set(present) <= set(acknowledged) | set(unclear), "a write nobody asked for")
    audit = admin.expect(200, "GET", "/api/v1/audit/verify").json
    check(audit["whole"], f"the audit chain is broken at {audit.get('broken_at')}")
    # A write is acknowledged after its entry in the log.
    check(audit["entries"] >= len(acknowledged), "an acknowledged write is not in the audit log")
    check_judgements(round_number)
server.stop()
print(f"{len(judged)} judgements, {len(acknowledged)} acknowledged writes over {ROUNDS} kills, none lost; {len(unclear)} were cut off")
