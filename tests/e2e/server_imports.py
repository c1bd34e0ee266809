"""What an uploaded file would give, before it is imported: real formats and encodings, archives, broken files and files that are nothing."""
import csv
import gzip
import io
import json
import os
import random
import zipfile

from contract import check_answer
from server_client import ROOT, Server, check, make_workspace

DATA = ROOT / "tests/data"
BASE = "/api/v1/w/field"
server = Server(make_workspace())
admin = server.set_up()
analyst = server.add_user(admin, "ann", ["analyst"])
viewer = server.add_user(admin, "vera", ["viewer"])


def upload(name, content, client=analyst):
    made = client.expect(201, "POST", f"{BASE}/uploads", {"name": name, "bytes": len(content)}).json
    if content:
        client.expect(204, "PUT", f"{BASE}/uploads/{made['id']}/parts/0", raw=content)
    return made["id"]


def ask(name, content, status=200, **more):
    number = upload(name, content)
    if content:
        analyst.expect(200, "POST", f"{BASE}/uploads/{number}/complete", {})
    answer = analyst.expect(status, "POST", f"{BASE}/imports/preview", {"upload": number, **more})
    check_answer(answer, "POST", "/api/v1/w/{ws}/imports/preview")
    check(os.getcwd().encode() not in answer.body, f"{name}: no folder of the server is named: {answer.body[:300]!r}")
    return answer.json


# Formats of databases, as they are recognised by the reader that imports them.
for folder in ("wos", "ris", "bibtex", "csl_json", "endnote", "noteexpress", "pubmed", "openalex", "xlsx", "crossref", "lens"):
    for file in sorted((DATA / folder).iterdir()):
        told = ask(file.name, file.read_bytes())
        check(told["format"] and told["confidence"] > 0.5 and told["records"], f"{file.name} is recognised: {told['format']} {told['confidence']}")
        check(told["whole"] and len(told["records"]) <= 50 and len(told["rejects"]) <= 50, f"{file.name}: read whole, at most 50 shown")
        check(told["read"] == told["kept"] + told["updated"] + told["rejected"] + told["duplicates"], f"{file.name}: every record is counted once: {told['read']}")

# What is there already is expected as a duplicate; nothing was written.
before = admin.get(f"{BASE}/status").json
known = sorted((DATA / "ris").iterdir())[0]
told = ask(known.name, known.read_bytes())
check(told["duplicates"] > 0 and told["kept"] == 0, f"known records are duplicates: {told['duplicates']} of {told['read']}")
check(admin.get(f"{BASE}/status").json == before, "a preview writes nothing")

# Encodings and wrappings of one table give the same records, columns and fields.
table = (DATA / "generic/projects_zh.csv").read_text(encoding="utf-8-sig")
plain = ask("projects.csv", table.encode())
check(plain["columns"] and all(0 <= column["confidence"] <= 1 for column in plain["columns"]) and plain["mapping_toml"], "columns of a table are taken for fields")
packed = io.BytesIO()
with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
    archive.writestr("导出/projects.csv", table.encode("gb18030"))
    archive.writestr("readme.bin", bytes(range(256)) * 4)
for name, content in (("gb.csv", table.encode("gb18030")), ("utf16.csv", table.encode("utf-16")), ("bom.csv", table.encode("utf-8-sig")), ("projects.csv.gz", gzip.compress(table.encode())), ("projects.zip", packed.getvalue())):
    told = ask(name, content)
    check(told["format"] == plain["format"] and [row["field"] for row in told["columns"]] == [row["field"] for row in plain["columns"]], f"{name}: the same columns")
    check([record.get("title") for record in told["records"]] == [record.get("title") for record in plain["records"]], f"{name}: the same records, encoding {told['encoding']}")

# A mapping of one's own.
mapped = ask("projects.csv", table.encode(), mapping=plain["mapping_toml"])
check(len(mapped["records"]) == len(plain["records"]), "the suggested mapping reads what is suggested")
ask("projects.csv", table.encode(), status=400, mapping="this is [no TOML")

# The same of a table between tabs and of a workbook: their columns are shown, and taken for something else when asked to.
tabs = "\n".join("\t".join(row) for row in csv.reader(io.StringIO(table)))
for name, content in (("projects.tsv", tabs.encode()), ("projects.xlsx", (DATA / "xlsx/projects.xlsx").read_bytes())):
    told = ask(name, content)
    titled = [column["column"] for column in told["columns"] if column["field"] == "title"]
    check(len(titled) == 1 and told["mapping_toml"] and told["records"], f"{name}: columns are taken for fields: {told['columns']}")
    by_hand = "\n".join(f'"{titled[0]}" = "abstract"' if line.startswith((f"'{titled[0]}'", f'"{titled[0]}"')) else line for line in told["mapping_toml"].splitlines())
    changed = ask(name, content, mapping=by_hand)
    check(changed["records"] and not any(record.get("title") for record in changed["records"]), f"{name}: a column taken for something else by hand is read so: {by_hand}")
ask("projects.csv", table.encode(), status=400, format="magic")

# Broken files: what is good is shown, what is bad is listed with its place.
lines = (DATA / "generic/venue.jsonl").read_text().splitlines()
broken = ask("broken.jsonl", "\n".join([lines[0], '{"title": "cut of', *lines[1:]]).encode())
check(broken["rejects"] and broken["rejects"][0]["line"] == 2 and broken["records"], f"a broken line is named: {broken['rejects'][:1]}")
many = ask("many.jsonl", ("\n".join(json.dumps({"title": f"A study of things number {i}", "year": 2000 + i % 20, "authors": ["Li Wei"], "abstract": "Long enough."}) for i in range(300)) + "\n" + "{broken\n" * 80).encode())
check(len(many["records"]) == 50, "fifty are shown")
random.seed(3)
whole = gzip.compress(table.encode())
for name, content in (("nothing.bin", random.randbytes(3000)), ("image.png", b"\x89PNG\r\n\x1a\n" + bytes(200)), ("zeros.csv", bytes(2000))):
    check(ask(name, content)["records"] == [], f"{name} is nothing")
for name, content in (("cut.csv.gz", whole[:len(whole) // 2]), ("cut.zip", packed.getvalue()[:60])):
    number = upload(name, content)
    analyst.expect(200, "POST", f"{BASE}/uploads/{number}/complete", {})
    answer = analyst.post(f"{BASE}/imports/preview", {"upload": number})
    check(answer.status in (200, 400) and os.getcwd().encode() not in answer.body, f"{name}: {answer.status} {answer.body[:300]!r}")

# Not complete, not there, of no right.
number = upload("late.csv", b"")
analyst.expect(409, "POST", f"{BASE}/imports/preview", {"upload": number})
analyst.expect(404, "POST", f"{BASE}/imports/preview", {"upload": "../../server.db"})
analyst.expect(400, "POST", f"{BASE}/imports/preview", {})
viewer.expect(403, "POST", f"{BASE}/imports/preview", {"upload": number})
server.stop()
print("files are seen before they are kept")
