"""cut_at_year.py FROM WHOLE EARLY YEAR: the synthetic files twice, in full and without the records dated after YEAR.

Works whose copies lie on both sides of the year are left out of both: one of their copies is known before, another only after.
"""
import csv
import json
import pathlib
import re
import sys

source, whole, early, year = *map(pathlib.Path, sys.argv[1:4]), int(sys.argv[4])
whole.mkdir(parents=True, exist_ok=True)
early.mkdir(parents=True, exist_ok=True)

ris = [r + "ER  - \n\n" for r in (source / "synthetic_wos.ris").read_text().split("ER  - \n\n")[:-1]]
lines = (source / "synthetic_openalex.jsonl").read_text().splitlines(keepends=True)
scopus = list(csv.DictReader(open(source / "synthetic_scopus.csv", newline="")))
projects = list(csv.DictReader(open(source / "synthetic_projects.csv", newline="")))

dated = {re.search(r"^ID  - (.+)", r, re.M)[1]: int(re.search(r"^PY  - (\d+)", r, re.M)[1]) for r in ris}
dated |= {json.loads(x)["id"].rsplit("/", 1)[1]: json.loads(x)["publication_year"] for x in lines}
dated |= {row["EID"]: int(row["Year"]) for row in scopus}
straddling = set()
for work in json.load(open(source / "truth.json"))["work_records"]:
    names = work["same"] + ([work["preprint"]] if "preprint" in work else [])
    if len({dated[name] <= year for name in names}) > 1:
        straddling |= set(names)


def write(folder, last):
    keep = {name for name, y in dated.items() if y <= last and name not in straddling}
    (folder / "synthetic_wos.ris").write_text("".join(r for r in ris if re.search(r"^ID  - (.+)", r, re.M)[1] in keep))
    (folder / "synthetic_openalex.jsonl").write_text("".join(x for x in lines if json.loads(x)["id"].rsplit("/", 1)[1] in keep))
    for name, rows in (("synthetic_scopus.csv", [r for r in scopus if r["EID"] in keep]), ("synthetic_projects.csv", [r for r in projects if int(r["Start Date"][:4]) <= last])):
        with open(folder / name, "w", newline="") as out:
            writer = csv.DictWriter(out, rows[0].keys(), quoting=csv.QUOTE_ALL, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


write(whole, 9999)
write(early, year)
