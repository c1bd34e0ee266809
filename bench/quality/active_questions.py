#!/usr/bin/env python3
"""Active questions on a real survey: bench/quality/active_questions.py PROGRAM CORPUS

PROGRAM: build/release/bin/bench_active_questions. CORPUS: the folder expert-survey (523 people rate 47 policy items 0 to 10 before and after deliberation). Each wave is replayed: the first
with nothing known, the second with the first as what the seats said before. An item is "in" when 7 to 10 has the share THRESHOLD, "out" when 0 to 3 has it.
"""
import csv
import gzip
import json
import pathlib
import subprocess
import sys

AGREE, DISAGREE = (8, 11), (1, 4)  # categories: rating + 1


def number(text):
    return 0 if text in ("", "NA") or float(text) > 10 else int(float(text)) + 1


def main():
    program, corpus = sys.argv[1], pathlib.Path(sys.argv[2])
    with gzip.open(corpus / "a1r-two-wave-ratings.csv.gz", "rt", encoding="utf-8") as file:
        people = list(csv.DictReader(file))
    items = [column for column in people[0] if column.startswith("Q")]
    for threshold in (0.5, 0.6):
        for wave in (1, 2):
            lines = [f"11 {AGREE[0]} {AGREE[1]} {DISAGREE[0]} {DISAGREE[1]} {threshold}"]
            for i, item in enumerate(items):
                for seat, person in enumerate(people):
                    before, after = number(person[item]), number(person["T2" + item])
                    now = before if wave == 1 else after
                    if now > 0:
                        lines.append(f"{i} {seat} {0 if wave == 1 else before} {now}")
            done = subprocess.run([program], input="\n".join(lines), capture_output=True, text=True, check=True)
            result = json.loads(done.stdout)
            print(f"wave {wave}, threshold {threshold}:", {k: v for k, v in result.items() if k != "points"})
            print("   asked, right by value, right in random order:", result["points"][1:20:3])


if __name__ == "__main__":
    main()
