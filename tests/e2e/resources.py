"""Routes of results: each answers as the contract says, with the numbers of the commands, page by page, and every number opens its records."""
import json
import os
import struct
import subprocess
import urllib.parse

from contract import CONTRACT, check_answer
from server_client import PROGRAM, Client, Server, check

BASE = "/api/v1/w/field"
server = Server("field")
admin = server.set_up()
reader = server.add_user(admin, "reader", ["viewer"])
checked = set()


def get(path, template=None, **query):
    """GET below the workspace, held against the contract."""
    address = BASE + path + ("?" + urllib.parse.urlencode(query, doseq=True) if query else "")
    answer = reader.expect(200, "GET", address, headers={"Accept-Language": "en"})
    template = f"/api/v1/w/{{ws}}{template or path}"
    check_answer(answer, "GET", template)
    checked.add(template)
    return answer.json if answer.headers["Content-Type"].startswith("application/json") else answer.body


def command(*arguments):
    environment = {**os.environ, "JIANWEI_LANG": "en"}
    return json.loads(subprocess.run([PROGRAM, *arguments, "--json"], check=True, capture_output=True, env=environment).stdout)


def follow(href):
    return reader.expect(200, "GET", href).json


def without(row, *names):
    return {name: value for name, value in row.items() if not name.endswith("href") and name not in names}


def all_pages(path, template=None, limit=7, **query):
    items, cursor, total = [], None, None
    while True:
        page = get(path, template, limit=limit, **({"cursor": cursor} if cursor else {}), **query)
        check(len(page["items"]) <= limit and total in (None, page["total"]), f"{path}: a page of its size, the same total")
        total = page["total"]
        items += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    check(len(items) == total, f"{path}: {len(items)} items of {total}")
    return items


# Lists hold each item once, and they are those of the commands.
topics = all_pages("/topics")
check([without(topic) for topic in topics] == command("topics", "field"), "topics as the command's")
terms = all_pages("/terms", limit=97)
# The command also says what made each a term, which the server gives with one term.
check([without(term) for term in terms] == [without(term, "evidence") for term in command("terms", "field", "--top", "100000")], "terms as the command's")
for unit in ("term", "topic"):
    rows = all_pages("/emerging", limit=97, unit=unit, all="true")
    ranking = command("emerging", "field", "--unit", unit, "--all")["ranking"]
    check([without(row, "spark") for row in rows] == [without(row, "s_curve") for row in ranking], f"ranking of {unit}s as the command's")
    rising = all_pages("/emerging", unit=unit)
    check([row["id"] for row in rising] == [row["id"] for row in command("emerging", "field", "--unit", unit, "--top", "100000")["ranking"]], "what rises")
bursts = all_pages("/bursts", max_q=1)
check([without(burst) for burst in bursts] == command("bursts", "field", "--max-q", "1", "--top", "100000"), "bursts as the command's")
signals = get("/weak-signals")
known = command("weak-signals", "field", "--all")
check([without(row) for row in signals["signals"]] == known["signals"], "signals as the command's")
mapped = command("weak-signals", "field", "--map", "--all")
agreed = {row["id"]: without(row, "emergence_map", "issue_map") for row in signals["terms"]}
check(all(agreed[row["id"]] == row for row in mapped["signals"]), "maps of weak signals as the command's")
check(signals["thresholds"]["issue"] == {"x": mapped["median_frequency"], "y": mapped["median_growth"]}, "their thresholds")
check(get("/status") == command("status", "field"), "status as the command's")
check(get("/hindcast") == command("hindcast", "field"), "hindcast as the command's")
check([without(row) for row in all_pages("/countries")] == command("countries", "field", "--top", "1000")["actors"], "countries as the command's")
for kind in ("organisations", "persons"):
    rows = all_pages(f"/{kind}", limit=400)
    actors = command(kind, "field", "--top", "1000000")["actors"]
    check([without(row) for row in rows] == [without(row, "records") for row in actors], f"{kind} as the command's")
word = terms[0]["label"]
record_id = command("search", "field", word, "--top", "1")["hits"][0]["id"]
shown = reader.expect(200, "GET", f"{BASE}/records/{record_id}")
of_command = command("show", "field", record_id)
for version in of_command["versions"]:
    version["file"] = version["file"].rsplit("/", 1)[-1]  # the server names no folder of its machine
check(shown.json == of_command, "a record as the command's")
hits = get("/search", q=word, facets="true")
found = command("search", "field", word, "--top", "50")
check(hits["items"] == found["hits"] and hits["matches"] == found["matches"], "search as the command's")
for facet in ("kind", "language"):
    check(sum(row["documents"] for row in hits["facets"][facet]) == hits["matches"], f"facet {facet} counts every match once")
check([row["name"] for row in all_pages("/watch")] == [row["name"] for row in command("watch", "list", "field")], "rules as the command's")
check(all_pages("/alerts", state="open") == command("watch", "alerts", "field"), "alerts as the command's")

# One topic, one term.
topic, term = topics[0]["id"], get("/emerging", limit=1)["items"][0]["id"]
detail = get(f"/topics/{topic}", "/topics/{id}")
check(without(detail)["series"] == topics[0]["series"] and detail["documents"] == topics[0]["documents"], "a topic's page says what the list says")
documents = all_pages(f"/topics/{topic}/documents", "/topics/{id}/documents", limit=50)
command_documents = [row["id"] for row in command("show", "field", topic)["documents"]]
check(sorted(row["id"] for row in documents) == sorted(command_documents), "documents of a topic as the command's")
check([row["weight"] for row in documents] == sorted((row["weight"] for row in documents), reverse=True), "largest share first")
labels = {label for label, _ in topics[0]["terms"]}
check(all({reason["term"] for reason in row["why"]} <= labels for row in documents) and any(row["why"] for row in documents), "reasons are the topic's terms")
words = get(f"/topics/{topic}/terms", "/topics/{id}/terms")
check(all(0 < row["in_topic"] <= row["overall"] + 1e-6 for row in words["items"]), "a term is not more frequent in a topic than at all")
for row in words["items"][:5]:
    check(follow(row["documents_href"])["total"] == row["documents"], "documents of a term in a topic")
series = get(f"/topics/{topic}/series", "/topics/{id}/series")
check({str(row["year"]): row["documents"] for row in series["years"]} == topics[0]["series"], "series of a topic")
check(series["backtest"]["tested"] == series["forecast"]["tested"] and series["hindcast"]["present"], "a forecast stands beside its test")
neighbours = get(f"/topics/{topic}/neighbours", "/topics/{id}/neighbours", depth=2)
check(topic not in [row["id"] for row in neighbours["items"]], "a topic is no neighbour of itself")
for row in neighbours["items"][:3]:
    check(follow(row["documents_href"])["total"] == row["shared_documents"], "documents that two topics share")
check(all_pages(f"/topics/{topic}/history", "/topics/{id}/history") == command("topics", "field", "--history", topic), "history as the command's")
get(f"/terms/{term}", "/terms/{id}")
years = get(f"/terms/{term}/series", "/terms/{id}/series")["years"]
for row in [row for row in years if row["documents"] > 0][:3]:
    check(follow(row["documents_href"])["total"] == row["documents"], "documents of a term in a year")
check(get(f"/terms/{term}/documents", "/terms/{id}/documents")["total"] == next(row["documents"] for row in terms if row["id"] == term), "documents of a term")
for burst in bursts[:3]:
    check(follow(burst["documents_href"])["total"] == burst["documents"], "documents of a burst")

# Numbers open their records.
for path, template in ((f"/topics/{topic}/actors", "/topics/{id}/actors"), (f"/terms/{term}/actors", "/terms/{id}/actors")):
    actors = get(path, template)
    for group in ("organisations", "persons", "countries", "funders", "sources", "venues"):
        for row in actors[group][:2]:
            check(follow(row["documents_href"])["total"] == row["documents"], f"{path}: {group} {row['name']}")
for row in get("/countries", unit=topic)["items"][:3]:
    check(follow(row["documents_href"])["total"] == row["documents"], f"records of {row['name']} in a topic")
get("/organisations", by="standing")
for kind in ("organisations", "persons"):
    first = get(f"/{kind}", limit=1)["items"][0]
    page = get(f"/{kind}/{first['id']}", f"/{kind}/{{id}}")
    check(follow(page["documents_href"])["total"] == page["documents"] == first["documents"], f"records of {first['name']}")
    for row in page["topics"][:2] + page["terms"][:2] + page["partners"]["country"]["items"][:2] + page["years"][:2]:
        check(follow(row["documents_href"])["total"] == row["documents"], f"page of {first['name']}: {row}")
country = get("/countries", limit=1)["items"][0]["name"]
get(f"/countries/{country}", "/countries/{id}")
facets = get("/records", facets="true", limit=1)
check(sum(row["documents"] for row in facets["facets"]["years"]) == facets["total"], "every record has its year in the facets")

# The rest: overview, quality, evolution, indicators, networks, knowledge, reports.
overview = get("/overview")
check(sum(overview["records_by_kind"].values()) == overview["records"] == sum(year["count"] for year in overview["years"]), "records of the overview add up")
rising = [row["id"] for row in all_pages("/emerging", unit="topic")]
others = [row["id"] for row in all_pages("/emerging", unit="topic", all="true") if row["id"] not in rising]
check([row["id"] for row in overview["emerging"]] == (rising + others)[:5], "leaders of the overview: the rising ones, then the next by score")
quality = get("/quality")
check(quality["records"] == overview["records"] and all(len(row["filled"]) == len(quality["fields"]) for row in quality["sources"]), "quality")
for issue in quality["issues"]:
    rows = get(f"/quality/issues/{issue['id']}", "/quality/issues/{issue}", limit=20)
    check(rows["total"] == issue["count"] and [row["id"] for row in rows["items"]] == issue["records"], f"records of {issue['id']}")
evolution = get("/evolution")
tied = {(flow["period"] + step, flow[end]) for flow in evolution["flows"] for step, end in ((0, "from"), (1, "to"))}
check(all(node["isolated"] == ((node["period"], node["id"]) not in tied) for node in evolution["nodes"]), "isolated topics are kept and marked")
get("/indicators")
check(get("/indicators", unit=topic)["years"] == command("indicators", "field", topic)["years"], "indicators as the command's")
lag, told = get("/lag"), command("lag", "field", "--top", "50")
check({**lag, "units": [without(row) for row in lag["units"]]} == told, "lags as the command's")
get("/networks")
heaviest = get("/networks/term-network", "/networks/{id}", limit=8)
check(len(heaviest["nodes"]) == 8, "without a node the heaviest are shown")
ego = get("/networks/term-network", "/networks/{id}", node=heaviest["nodes"][0]["id"], limit=8)
check(2 <= len(ego["nodes"]) <= 9 and ego["nodes"][0]["id"] == ego["node"], "a network is seen around a node")
for edge in ego["edges"][:2]:
    check(follow(edge["documents_href"])["total"] > 0, "records behind an edge")
while reader.request("GET", f"{BASE}/knowledge?entity={term}").status == 503:
    pass  # being read out of the texts; each question waits for some seconds
around = get("/knowledge", entity=term, limit=200)
told = command("knowledge", "field", term, "--top", "200")["neighbours"]
check(len(around["edges"]) == len(told), f"{len(around['edges'])} edges, the command has {len(told)}")
check({edge["evidence"]["sentence"] for edge in around["edges"]} == {row["evidence"]["sentence"] for row in told}, "the sentence behind every edge")
get("/knowledge", entity=term, depth=2)
report = get("/reports")["items"][0]
check(report["id"] == "first" and report["by"] == "me" and reader.expect(200, "GET", report["files"][0]["href"]).body.startswith(b"<!"), "a report can be read")

# The map.
plan = get("/map")
data = get("/map/points", "/map/points")
n = struct.unpack_from("<4sI", data)
check(n == (b"JWM1", plan["n"]) and len(data) == (8 + 15 * plan["n"] + 3) // 4 * 4, "columns of the map")
places = struct.unpack_from(f"<{plan['n']}H", data, 8 + 8 * plan["n"])
spots = struct.unpack_from(f"<{plan['n']}h", data, 8 + 10 * plan["n"])
check(all(place == 65535 or place < len(plan["topics"]) for place in places), "topics of the points")
listed = get("/map/documents", indices="0,5,17")["items"]
check([row["year"] for row in listed] == [spots[i] for i in (0, 5, 17)], "documents of points")

# Rules are previewed, kept, removed; alerts are scored.
rule = {"name": "slow", "unit": "topic", "indicator": "growth", "comparison": "below", "threshold": 0.0}
analyst = server.add_user(admin, "ann", ["analyst"])
reader.expect(403, "POST", f"{BASE}/watch", {**rule, "why": "no right to"})
preview = analyst.expect(200, "POST", f"{BASE}/watch/preview", rule)
check_answer(preview, "POST", "/api/v1/w/{ws}/watch/preview")
made = analyst.expect(201, "POST", f"{BASE}/watch", {**rule, "why": "a test"})
check_answer(made, "POST", "/api/v1/w/{ws}/watch")
check(made.json["by"] == "ann", "who made a rule is who is signed in")
replayed = get(f"/watch/{made.json['id']}/replay", "/watch/{id}/replay")
check(without(replayed, "rule") == without(preview.json, "rule"), "a kept rule replays as its preview")
analyst.expect(400, "POST", f"{BASE}/watch", {**rule, "comparison": "beside", "why": "x"})
analyst.expect(204, "DELETE", f"{BASE}/watch/{made.json['id']}")
analyst.expect(404, "DELETE", f"{BASE}/watch/{made.json['id']}")
for alert in get("/alerts")["items"][:1]:
    check_answer(analyst.expect(201, "POST", f"{BASE}/alerts/{alert['id']}/score", {"verdict": "right", "why": "it came"}), "POST", "/api/v1/w/{ws}/alerts/{id}/score")
    check(alert["id"] not in [row["id"] for row in get("/alerts", state="open")["items"]], "a scored alert is not open")

# Sets: as ids, as points of the map, as a filter, as a search; compared; each user sees their own.
def keep_set(client, name, **content):
    answer = client.expect(201, "POST", f"{BASE}/sets", {"name": name, **content})
    check_answer(answer, "POST", "/api/v1/w/{ws}/sets")
    return answer.json


by_topic = keep_set(reader, "of a topic", query=f"topic={topic}", origin="topic")
check(by_topic["kind"] == "filter" and by_topic["records"] == len(documents), "a filter holds what the list holds")
half = keep_set(reader, "a list", records=[row["id"] for row in documents[::2]], origin="list")
check(half["records"] == len(documents[::2]), "a set of ids")
lasso = keep_set(reader, "lasso", points=list(range(100)), run=plan["run"], origin="map")
check(lasso["records"] == 100 and sorted(row["year"] for row in get(f"/sets/{lasso['id']}", "/sets/{id}", limit=500)["items"]) == sorted(spots[:100]), "points of the map")
found = keep_set(reader, "search", query=urllib.parse.urlencode({"q": word, "filter": "from=2012"}), origin="search")
check(found["records"] == get("/search", q=word, filter="from=2012")["matches"], "a search holds its matches")
members = all_pages(f"/sets/{half['id']}", "/sets/{id}", limit=20)
check({row["id"] for row in members} == {row["id"] for row in documents[::2]}, "records of a set")
gone = keep_set(reader, "gone", records=["r0000000000000001", documents[0]["id"]])
check(get(f"/sets/{gone['id']}", "/sets/{id}")["missing"] == 1, "a record that the run does not have is counted")
compared = get("/sets/compare", a=by_topic["id"], b=half["id"])
check((compared["shared"], compared["only_a"], compared["only_b"]) == (len(documents[::2]), len(documents) - len(documents[::2]), 0), "parts of two sets")
check(sum(row["a"] for row in compared["years"]) == len(documents) and all(row["shared"] <= min(row["a"], row["b"]) for row in compared["years"]), "years of two sets")
for row in get("/sets/compare", a=by_topic["id"], b=lasso["id"])["terms_a"][:5]:
    check(row["share_a"] > row["share_b"] and row["a"] == follow(f"{BASE}/records?topic={topic}&term={row['id']}")["total"], "words of a set")
check([row["name"] for row in all_pages("/sets")] == sorted(["of a topic", "a list", "lasso", "search", "gone"]), "sets by name")
check(analyst.expect(200, "GET", f"{BASE}/sets").json["total"] == 0, "others do not see them")
for method, body in (("GET", None), ("PATCH", {"name": "mine"}), ("DELETE", None)):
    analyst.expect(404, method, f"{BASE}/sets/{half['id']}", body)
analyst.expect(404, "GET", f"{BASE}/sets/compare?a={half['id']}&b={half['id']}")
reader.expect(409, "POST", f"{BASE}/sets", {"name": "lasso", "query": "from=2015"})
reader.expect(409, "PATCH", f"{BASE}/sets/{half['id']}", {"name": "lasso"})
renamed = reader.expect(200, "PATCH", f"{BASE}/sets/{half['id']}", {"name": "半"})
check_answer(renamed, "PATCH", "/api/v1/w/{ws}/sets/{id}")
check(renamed.json["name"] == "半" and renamed.json["records"] == half["records"], "renamed")
reader.expect(409, "POST", f"{BASE}/sets", {"name": "old map", "points": [1], "run": "run-none"})
for content, field in (({}, "records"), ({"records": []}, "records"), ({"records": ["../x"]}, "records"), ({"records": [half["id"]], "query": "from=2015"}, "records"), ({"points": [-1], "run": plan["run"]}, "points"),
                       ({"points": [1]}, "run"), ({"query": "order=year"}, "query"), ({"query": "q=a&topic=x"}, "query"), ({"query": "x y"}, "query"), ({"query": "q=" + "a" * 5000}, "query")):
    problem = reader.expect(400, "POST", f"{BASE}/sets", {"name": "bad", **content})
    check(problem.json["field"] == field, f"{content}: {problem.json}")
for name in ("", "  ", "a" * 300, "a\nb", 5):
    check(reader.expect(400, "POST", f"{BASE}/sets", {"name": name, "query": "from=2015"}).json["field"] == "name", f"name {name!r}")
reader.expect(204, "DELETE", f"{BASE}/sets/{half['id']}")
reader.expect(404, "GET", f"{BASE}/sets/{half['id']}")
view = reader.expect(201, "POST", f"{BASE}/views", {"name": "robots", "page": "/w/field/map", "query": "color=year&from=2015"})
check_answer(view, "POST", "/api/v1/w/{ws}/views")
check(get("/views")["items"] == [view.json] and analyst.expect(200, "GET", f"{BASE}/views").json["total"] == 0, "views of one user")
check_answer(reader.expect(200, "PATCH", f"{BASE}/views/{view.json['id']}", {"name": "machines"}), "PATCH", "/api/v1/w/{ws}/views/{id}")
for page in ("http://elsewhere/", "//elsewhere", "javascript:1", "/a?b", ""):
    reader.expect(400, "POST", f"{BASE}/views", {"name": "bad", "page": page})
reader.expect(204, "DELETE", f"{BASE}/views/{view.json['id']}")
reader.expect(404, "DELETE", f"{BASE}/views/{view.json['id']}")

# Wrong parameters are named; unknown things are not found; nothing is read outside.
for path, name in (("/topics?limit=0", "limit"), ("/topics?limit=x", "limit"), ("/terms?cursor=-1", "cursor"), ("/emerging?unit=word", "unit"), ("/emerging?all=perhaps", "all"), ("/bursts?max_q=2", "max_q"),
                   (f"/topics/{topic}/neighbours?depth=3", "depth"), ("/records?from=2020&to=2010", "from"), ("/records?country=ZZ", "country"), ("/map/documents?indices=x", "indices"), ("/map/documents", "indices"),
                   ("/search", "q"), ("/search?q=a&method=magic", "method"), ("/search?q=network&filter=nonsense", "filter"), ("/knowledge", "entity"), (f"/knowledge?entity={term}&relation=likes", "relation"),
                   ("/indicators?sort=nothing", "sort"), ("/alerts?state=gone", "state"), ("/organisations?by=weight", "by"), ("/networks/term-network?limit=100000", "limit")):
    problem = reader.expect(400, "GET", BASE + path)
    check(problem.headers["Content-Type"].startswith("application/problem+json") and problem.json["field"] == name, f"{path}: {problem.json}")
for path in ("/topics/topic-9999", "/topics/topic-9999/documents", "/terms/term-0", "/records/r0000000000000000", "/networks/none", "/networks/term-network?node=nobody", "/organisations/none", "/persons/none", "/countries/QQ",
             "/knowledge?entity=nothing-like-it", "/quality/issues/none", "/reports/none/none", "/reports/first/nothing", "/reports/..%2f..%2fjianwei.toml/x", "/reports/first/..%2f..%2f..%2fjianwei.toml", "/watch/none/replay",
             "/records?topic=topic-9999", "/emerging-not-there"):
    reader.expect(404, "GET", BASE + path)
for path in ("/topics", "/map/points", "/overview"):
    tag = reader.expect(200, "GET", BASE + path).headers["ETag"]
    check(reader.expect(304, "GET", BASE + path, headers={"If-None-Match": tag}).body == b"", f"{path}: 304")
Client(server).expect(401, "GET", f"{BASE}/topics")

# What was planted is found through the interface, too.
truth = json.load(open("synth/truth.json", encoding="utf-8"))
planted = [{signal["en"].lower(), signal["zh"].lower()} for signal in truth["weak_signals"]]
seen = sum(any({form.lower() for form in [*row["forms"], row["label"]]} & names for row in signals["signals"]) for names in planted)
check(seen >= 1, "a planted weak signal")

# Every GET of the contract that this file speaks for was asked.
operations = {"overview", "quality", "issueRecords", "topics", "topic", "topicDocuments", "topicTerms", "topicSeries", "topicActors", "topicNeighbours", "topicHistory", "terms", "term", "termDocuments", "termSeries", "termActors",
              "records", "emerging", "hindcast", "weakSignals", "bursts", "evolution", "indicators", "lag", "countries", "country", "organisations", "organisation", "persons", "person", "networks", "network", "knowledge", "map",
              "mapPoints", "mapDocuments", "sets", "setRecords", "compareSets", "savedViews", "search", "watches", "replayWatch", "alerts", "reports", "status"}
mine = {path for path, item in CONTRACT["paths"].items() if item.get("get", {}).get("operationId") in operations}
check(len(mine) == len(operations), "every operation stands in the contract")
check(mine <= checked, f"not asked: {mine - checked}")
server.stop()
print(f"{len(checked)} routes answer as the contract says")
