"""cut_at_year.py FROM TO YEAR: the synthetic files without the records dated after YEAR."""
import csv
import json
import pathlib
import re
import sys

source, target, year = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), int(sys.argv[3])
target.mkdir(parents=True, exist_ok=True)

records = (source / "synthetic_wos.ris").read_text().split("ER  - \n\n")[:-1]
kept = [r for r in records if int(re.search(r"^PY  - (\d+)", r, re.M)[1]) <= year]
(target / "synthetic_wos.ris").write_text("".join(r + "ER  - \n\n" for r in kept))

lines = (source / "synthetic_openalex.jsonl").read_text().splitlines(keepends=True)
(target / "synthetic_openalex.jsonl").write_text("".join(x for x in lines if json.loads(x)["publication_year"] <= year))

for name, column in (("synthetic_scopus.csv", "Year"), ("synthetic_projects.csv", "Start Date")):
    with open(source / name, newline="") as file, open(target / name, "w", newline="") as out:
        rows = csv.DictReader(file)
        writer = csv.DictWriter(out, rows.fieldnames, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writeheader()
        writer.writerows(row for row in rows if int(row[column][:4]) <= year)
