"""The expert library from the command line and over HTTP, on a generated lake in ./ws."""
import csv
import json
import pathlib
import subprocess

from server_client import PROGRAM, Server, check


def run(*arguments, code=0):
    done = subprocess.run([PROGRAM, *arguments, "--json"], capture_output=True, text=True)
    check(done.returncode == code, f"{arguments}: {done.returncode}, expected {code}: {done.stderr[-400:]}")
    return json.loads(done.stdout) if done.stdout.strip() else None


def experts(*arguments, code=0):
    return run("experts", arguments[0], "ws", *arguments[1:], code=code)


def technologies(*arguments, code=0):
    return run("longlist", arguments[0], "ws", *arguments[1:], code=code)


def library():
    people = run("persons", "ws", "--top", "40")["actors"]
    added = [experts("add", "--person", p["id"]) for p in people[:20]]
    check(all(e["identity"] == "certain" for e in added), "taken from the lake, certain")
    experts("add", "--person", people[0]["id"], code=4)
    with open("experts.csv", "w", encoding="utf-8") as file:
        file.write("姓名,单位,单位性质,ORCID\n欧阳测试,某大学,学校,\n坏号码,某大学,学校,1234\n")
    imported = experts("import", "experts.csv")
    check(imported["added"] == 1 and imported["rejects"][0]["line"] == 3 and imported["rejects"][0]["field"] == "orcid", f"{imported}")
    page = experts("list", "--where", "sector=学校")
    check(page["total"] == 1 and page["facets"]["organisation"][0]["count"] == 1, "facets")
    profile = experts("show", added[0]["id"])
    check(profile["works"]["total"] > 0 and profile["topics"] and profile["topics"][0]["records"], "a profile rests on records")
    return people, added


def judging(people, added):
    record = people[0]["records"][-1]
    found = experts("recommend", "--record", record, "--top", "200")["items"]
    authors = [p["id"] for p in people if record in p["records"]]
    blocked = {i["id"] for i in found if not i["eligible"]}
    for item in found:
        if set(item["expert"]["persons"]) & set(authors):
            check(item["id"] in blocked, f"an author of {record} is free to judge it")
    check(found[0]["works"] and all(w["record"] != record for i in found for w in i["works"]), "the thing itself is no evidence")
    conflicts = experts("conflicts", added[0]["id"], "--record", record)["items"][0]
    check(not conflicts["free"] and conflicts["conflicts"][0]["kind"] == "same_person", f"{conflicts}")
    title = found[0]["works"][0]["title"]
    panel = experts("panel", "--text", title, "--size", "4")
    check(panel["feasible"] and len(panel["members"]) == 4, "a panel of four")
    none = experts("panel", "--text", title, "--size", "4", "--quota", "sector=moon:1")
    check(not none["feasible"] and none["contradiction"][0]["value"] == "moon", "the quota that cannot hold is named")
    records = [p["records"][0] for p in people[25:28]]
    arguments = [a for r in records for a in ("--records", r)]
    assignment = experts("assign", *arguments, "--per-item", "2", "--keep")
    check(assignment["feasible"] and all(len(i["experts"]) == 2 for i in assignment["items"]), f"{assignment}")
    lacking = experts("assign", *arguments, "--per-item", "50")
    check(not lacking["feasible"] and lacking["certificate"]["needed"] > lacking["certificate"]["available"], "the certificate")


def choosing():
    technologies("make", "--en", "Technologies", "--zh", "清单")
    entries = technologies("from", "list-1", "topics", "--top", "5")
    check(len(entries) == 5 and all(e["origin"]["records"] for e in entries), "entries rest on records")
    technologies("add", "list-1", "--en", "Perpetual motion", "--author", "expert-1")
    technologies("accept", *[e["id"] for e in entries])
    technologies("reword", entries[0]["id"], "--en", "Other words", "--reason", "clearer")
    check(technologies("freeze", "list-1")["version"] == 1, "a version")
    cover = technologies("cover", "list-1")
    check(cover["topics"] and sum(bool(e["topic"]) for e in cover["entries"]) >= 4, f"coverage: {cover}")
    subprocess.run([PROGRAM, "longlist", "show", "ws", "list-1", "-o", "list.csv"], check=True)
    check(len(list(csv.DictReader(open("list.csv", encoding="utf-8-sig")))) == 6, "the list as CSV")
    study = technologies("delphi", "list-1")["study"]
    check(study == "study-1", "a study about the list")
    technologies("delphi", "list-1", "--study", study, code=2)  # asks about all of them already
    # The author of an entry never judges it.
    check(not experts("conflicts", "expert-1", "--entry", "entry-6")["items"][0]["free"], "who proposed it")
    request = {"list": "list-1", "criteria": [{"id": "growth", "source": "data:growth"}, {"id": "size", "source": "data:documents"}], "weights": {"method": "direct", "values": [0.7, 0.3]}, "select": 2, "data_position": "growth"}
    pathlib.Path("request.json").write_text(json.dumps(request))
    result = run("select", "ws", "request.json", "--keep")
    check(sum(i["selected"] for i in result["items"]) == 2 and run("select", "ws", "selection-1") == result, "a selection is kept whole")
    check(run("select", "ws", "request.json") == result, "and computed again the same")
    check(run("select", "ws")["items"] == [{"id": "selection-1", "title": "", "list": "list-1", "ranking": "topsis", "select": 2, "entries": 5}], "the kept ones are listed")
    request["criteria"][0]["source"], request["study"] = "delphi:importance", "study-1"
    pathlib.Path("request.json").write_text(json.dumps(request))
    run("select", "ws", "request.json", code=2)  # nobody has answered yet


def looking_back():
    with open("back.csv", "w", encoding="utf-8") as file:
        file.write("thing,probability,member,kind,verdict\nentry-1,0.8,ann,expert,realised\nentry-1,0.6,machine,machine,\nentry-2,0.3,ann,expert,not\nentry-3,0.7,ann,expert,\n")
    check(run("lookback", "import", "ws", "back.csv")["outcomes"] == 2, "outcomes")
    report = run("lookback", "report", "ws")
    check(report["all"]["share"] == 0.5 and report["open"] == 1 and len(report["members"]) == 2, f"{report}")
    check(abs(run("lookback", "pool", "ws", "entry-3")["linear"] - 0.7) < 1e-9, "one forecast pools to itself")


def over_http(people):
    server = Server("ws")
    admin = server.set_up()
    moderator = server.add_user(admin, "mo", ["moderator"])
    viewer = server.add_user(admin, "vi", ["viewer"])
    base = "/api/v1/w/ws"
    viewer.expect(403, "GET", f"{base}/experts")
    page = moderator.expect(200, "GET", f"{base}/experts?limit=5").json
    check(page["total"] == 21 and len(page["items"]) == 5 and "email" not in page["items"][0], "a page without private fields")
    record = people[0]["records"][-1]
    found = moderator.expect(200, "POST", f"{base}/experts/recommend", {"record": record, "eligible_only": True}).json["items"]
    check(all(i["eligible"] for i in found), "only who may judge")
    moderator.expect(400, "POST", f"{base}/experts/recommend", {})
    check(not moderator.expect(200, "POST", f"{base}/experts/conflicts", {"experts": ["expert-1"], "record": record}).json["items"][0]["free"], "conflicts")
    check(moderator.expect(200, "POST", f"{base}/experts/panel", {"record": record, "size": 3}).json["feasible"], "a panel")
    moderator.expect(201, "POST", f"{base}/experts/ties", {"a": "expert-1", "b": "expert-2", "reason": "supervision"})
    profile = moderator.expect(200, "GET", f"{base}/experts/expert-1").json
    check(profile["ties"][0]["with"] == "expert-2" and profile["ties"][0]["name"] and profile["assigned"] >= 0, f"{profile['ties']}")
    check(moderator.expect(200, "PATCH", f"{base}/experts/expert-1", {"load": 2}).json["load"] == 2, "other fields")
    moderator.expect(200, "POST", f"{base}/experts/expert-1/consent", {"text_version": "1"})
    check(moderator.expect(200, "GET", f"{base}/experts/expert-1/export").json["expert"]["consent"] == "1", "everything kept")
    check(len(moderator.expect(200, "GET", f"{base}/longlists/list-1").json["entries"]) == 6, "the list")
    moderator.expect(200, "POST", f"{base}/longlists/list-1/votes", {"entry": "entry-1", "vote": 1})
    moderator.expect(201, "POST", f"{base}/selections", {"list": "list-1", "criteria": [{"id": "size", "source": "data:documents"}], "select": 2})
    check([s["id"] for s in moderator.expect(200, "GET", f"{base}/selections").json["items"]] == ["selection-2", "selection-1"], "the newest selection comes first")
    moderator.expect(204, "PUT", f"{base}/lookback/outcomes", {"thing": "entry-3", "verdict": "partly"})
    # A slip in a key is not passed over.
    for method, path, body, slip in (
        ("POST", "longlists", {"zh": "清单", "titel": "x"}, "titel"),
        ("POST", "longlists/list-1/entries", {"entries": [{"zh": "词", "fields": "x"}]}, "fields"),
        ("POST", "longlists/list-1/changes", {"action": "accepted", "entry": "entry-1", "why": "x"}, "why"),
        ("POST", "selections", {"list": "list-1", "criteria": [{"id": "size", "source": "data:documents", "weight": 1}]}, "weight"),
        ("PUT", "lookback/outcomes", {"thing": "entry-3", "verdict": "partly", "note": "x"}, "note"),
        ("POST", "lookback/forecasts", {"forecasts": [{"thing": "entry-3", "member": "m", "p": 0.5}]}, "p"),
    ):
        check(moderator.expect(400, method, f"{base}/{path}", body).json["detail"].startswith(slip + ":"), f"{path} names {slip}")
    moderator.expect(200, "DELETE", f"{base}/experts/expert-1", {"reason": "asked"})
    moderator.expect(404, "GET", f"{base}/experts/expert-1")
    moderator.expect(200, "GET", f"{base}/lookback")
    server.stop()


people, added = library()
judging(people, added)
choosing()
looking_back()
over_http(people)
check(experts("history")["whole"], "the chain of events is whole")
