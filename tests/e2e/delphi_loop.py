"""The whole loop as a moderator and ten experts go it: topics -> technology list -> Delphi study in two rounds -> dissent, key technologies, radar -> ledger -> the next machine run.

    delphi_loop.py [FILE...]     # in a folder with the workspace ws, its run done; the files are imported before the next run
"""
import json
import pathlib
import subprocess
import sys

from delphi import Expert
from server_client import PROGRAM, Server, check

EXPERTS = 10
BASE = "/api/v1/w/ws"


def program(*arguments):
    return subprocess.run([PROGRAM, *arguments, "--quiet"], check=True, capture_output=True, text=True).stdout


def answer(expert_number, item_number, round_number):
    """Item 1 in, item 2 out, item 3 two camps, item 4 comes together in the second round, item 5 in."""
    importance = {1: "top", 2: "none", 3: "top" if expert_number % 2 else "none", 4: "high" if round_number == 2 or expert_number < 5 else "middle", 5: "high"}[item_number]
    year = {1: 2030, 2: 2050, 3: 2040, 4: 2036, 5: 2033}[item_number] + expert_number % 3
    return {"familiarity": {"option": "well" if expert_number < 7 else "some"}, "importance": {"option": importance}, "standing": {"option": "par"}, "technical": {"year": year}, "social": {"realized": "unknown"} if expert_number == 9 else {"year": year + 4},
            "constraints": {"options": ["people", "money"]}}


def study_of(moderator):
    moderator.expect(201, "POST", f"{BASE}/longlists", {"zh": "技术清单", "en": "Technology list"})
    entries = moderator.expect(201, "POST", f"{BASE}/longlists/list-1/entries", {"from": "topics", "limit": 5}).json["items"]
    check(len(entries) == 5 and all(entry["origin"]["records"] for entry in entries), "entries rest on records")
    for entry in entries:
        moderator.expect(200, "POST", f"{BASE}/longlists/list-1/changes", {"action": "accepted", "entry": entry["id"], "reason": "screened"})
    moderator.expect(201, "POST", f"{BASE}/longlists/list-1/versions", {"reason": "for the study"})
    study = moderator.expect(201, "POST", f"{BASE}/longlists/list-1/study", {}).json["study"]
    one = f"{BASE}/delphi/studies/{study}"
    moderator.expect(200, "POST", f"{one}/items/change", {"action": "reword", "item": "item-5", "zh": "专家改写的技术", "en": "Worded anew by experts", "reason": "clearer"})
    return entries, one


def two_rounds(server, moderator, one):
    moderator.expect(200, "POST", f"{one}/steps", {"step": "lock_protocol"})
    people = [{"name": f"专家 {i}" if i % 2 else f"Expert {i}", "email": f"e{i}@example.org", "attributes": {"sector": "academia" if i < 5 else "industry"}} for i in range(EXPERTS)]
    links = moderator.expect(201, "POST", f"{one}/invitations", {"invitees": people}).json["items"]
    moderator.expect(200, "POST", f"{one}/steps", {"step": "recruit"})
    experts = [Expert(server, link["link"]) for link in links]
    for round_number in (1, 2):
        moderator.expect(200, "POST", f"{one}/steps", {"step": "open_round"})
        for i, expert in enumerate(experts):
            if round_number == 1:
                expert.ask(204, "POST", "/consent", {"text_version": "1"})
            cards = expert.client.expect(200, "GET", f"/api/v1/w/ws/panel/cards", headers={"X-Seat": expert.secret, "Accept-Language": "zh" if i % 2 else "en"}).json["items"]
            check(len(cards) == 5 and all(card["zh"] or card["en"] for card in cards), "every card has words")
            if i == 4:
                advice = moderator.expect(200, "GET", f"{one}/next-questions?limit=20").json
                check(advice["undecided"] >= 1 and all(q["seat"].startswith("seat-") for q in advice["questions"]), "what to ask first")
            for card in cards:
                expert.ask(200, "PUT", f"/cards/{card['item']}", answer(i, int(card["item"][5:]), round_number))
            if round_number == 1 and i in (3, 4):
                expert.ask(201, "POST", "/cards/item-3/arguments", {"text": "成本下降很快" if i == 3 else "No market before 2040"})
        moderator.expect(200, "POST", f"{one}/steps", {"step": "close_round"})
        moderator.job(moderator.expect(202, "POST", f"{one}/steps", {"step": "analyze"}).json["job"])
        state = moderator.expect(200, "GET", one).json
        if round_number == 1:
            check(all(item["state"] == "active" for item in state["items"]), "nothing is settled in the first round")
            moderator.expect(200, "POST", f"{one}/steps", {"step": "release_feedback"})
    moderator.expect(200, "POST", f"{one}/steps", {"step": "conclude"})
    return {item["id"]: item["state"] for item in state["items"]}


def outcomes(moderator, one, entries):
    dissent = moderator.expect(200, "GET", f"{one}/dissent?round=2").json["items"]
    check([item["item"] for item in dissent] == ["item-3"] and len(dissent[0]["arguments"]) == 2, f"dissent: {dissent}")
    replay = moderator.expect(200, "GET", f"{one}/replay?round=2").json
    check(replay["questions"] == 50 and replay["points"][-1]["active"] == 1 and replay["stopped_at"] <= 50, f"replay: {replay}")
    request = {"list": "list-1", "study": one.rsplit("/", 1)[1], "criteria": [{"id": "importance", "source": "delphi:importance"}, {"id": "growth", "source": "data:growth"}, {"id": "size", "source": "data:documents"}],
               "weights": {"method": "ahp", "comparisons": [1, 3, 5, 1 / 3, 1, 2, 1 / 5, 1 / 2, 1]}, "select": 2, "expert_position": "importance", "data_position": "growth"}
    selection = moderator.expect(201, "POST", f"{BASE}/selections", request).json["result"]
    items = {item["id"]: item for item in selection["items"]}
    check(sum(item["selected"] for item in selection["items"]) == 2 and selection["experts"] == EXPERTS and 0 <= selection["consistency_ratio"] < 0.1, "two are chosen")
    check(all(item["by_answers"]["score_low"][0] <= item["scores"][0] <= item["by_answers"]["score_high"][0] for item in selection["items"]), "intervals of the answers")
    split = items[entries[2]["id"]]["by_answers"]
    check(split["score_high"][0] - split["score_low"][0] > 20, "two camps: the mean could be another with another panel")
    positions = moderator.expect(200, "GET", f"{BASE}/longlists/list-1/positions?year=2026").json
    marks = {entry["id"]: entry for entry in positions["entries"]}
    first = marks[entries[0]["id"]]
    check(first["expert"]["ring"] == "near" and abs(first["expert"]["position"] - 1) < 1e-9 and int(first["expert"]["year"]) == 2031, f"expert mark: {first}")
    check(marks[entries[1]["id"]]["expert"]["ring"] == "beyond" and marks[entries[4]["id"]]["expert"]["ring"] == "mid", "rings by horizon")
    check(all(entry["machine"] and entry["machine"]["documents"] > 0 for entry in positions["entries"]), "machine marks")
    check({line["kind"] for line in first["history"]} == {"version", "selection", "study"}, f"history: {first['history']}")
    return selection


def ledger_and_next_run(moderator, curator, one, entries, following):
    entered = moderator.job(moderator.expect(202, "POST", f"{one}/ledger", {}).json["job"])["items"]
    topics = [entry["origin"]["topic"] for entry in entries]
    check(not any(line["problem"] for line in entered), f"{entered}")
    kinds = {(line["kind"], line["topic"]) for line in entered}
    check({("vote", topic) for topic in topics[:3]} | {("remove", topics[1]), ("rename", topics[4]), ("comment", topics[2])} <= kinds, f"{kinds}")
    check(moderator.job(moderator.expect(202, "POST", f"{one}/ledger", {}).json["job"])["items"] == [], "once is enough")
    proposed = curator.expect(200, "GET", f"{BASE}/judgements?state=proposed").json["items"]
    check({event["kind"] for event in proposed} == {"remove", "rename"}, f"a moderator proposes: {proposed}")
    rename = next(event["sequence"] for event in proposed if event["kind"] == "rename")
    curator.expect(200, "POST", f"{BASE}/judgements/{rename}/approve", {"reason": "agreed"})
    for path in following:
        program("import", "ws", path)
    program("run", "ws")
    labels = {topic["id"]: topic["label"] for topic in json.loads(program("topics", "ws", "--json"))}
    check(labels.get(topics[4], {}).get("en") == "Worded anew by experts", f"the next run knows the experts' words: {labels.get(topics[4])}")
    traces = {trace["id"]: trace["steps"] for trace in curator.expect(200, "GET", f"{BASE}/iterations/topics?last=5").json["items"]}
    steps = traces[topics[4]]
    check(len(steps) >= 2 and steps[0]["machine"]["label"]["en"] != "Worded anew by experts" and steps[0]["revised"]["label"]["en"] == "Worded anew by experts", f"machine, then people: {steps[0]}")
    check({line["kind"] for line in steps[0]["judgements"]} == {"vote", "rename"} and any(line["by"].startswith("panel study-") for line in steps[0]["judgements"]), "by whom")
    check(steps[1]["machine"] is not None and steps[1]["run"] != steps[0]["run"], "then the machine again")


def main():
    following = sys.argv[1:] or [str(path) for path in sorted(pathlib.Path("next").glob("*.*"))]
    server = Server("ws")
    admin = server.set_up()
    moderator = server.add_user(admin, "mo", ["moderator"])
    curator = server.add_user(admin, "cu", ["curator"])
    entries, one = study_of(moderator)
    states = two_rounds(server, moderator, one)
    check(states == {"item-1": "consensus_in", "item-2": "consensus_out", "item-3": "stable_dissent", "item-4": states["item-4"], "item-5": "consensus_in"}, f"the rule fires: {states}")
    selection = outcomes(moderator, one, entries)
    ledger_and_next_run(moderator, curator, one, entries, following)
    server.stop()
    chosen = [item["en"] or item["zh"] for item in selection["items"] if item["selected"]]
    print(f"{states}; chosen: {chosen}; the next run carries the experts' words")


if __name__ == "__main__":
    sys.exit(main())
