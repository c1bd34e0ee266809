"""kill -9 under write load, again and again: every write that was acknowledged is there afterwards, none is there twice, and the audit chain holds."""
import http.client
import itertools
import threading

from server_client import Client, Server, check, make_workspace

workspace = make_workspace()
server = Server(workspace)
admin = server.set_up()
counter = itertools.count()
acknowledged, unclear, lock = [], [], threading.Lock()
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


for round_number in range(ROUNDS):
    stop = threading.Event()
    threads = [threading.Thread(target=write, args=(stop,)) for _ in range(WRITERS)]
    before = len(acknowledged)
    for thread in threads:
        thread.start()
    while len(acknowledged) < before + 40:
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
server.stop()
print(f"{len(acknowledged)} acknowledged writes over {ROUNDS} kills, none lost; {len(unclear)} were cut off")
