"""How steady topics are, for LDA and embedded topics: over seeds, over nine tenths of the records, and when a tenth more records come.

usage: topic_stability.py JIANWEI FOLDER RECORDS.jsonl.gz...

Deals every tenth record away, runs, adds it and runs again (kept: share of the earlier records with the same topic id; rand: adjusted Rand index of their topics), once going on from the
last topics and once from nothing (--fresh); then `topics --quality` (three other seeds, three subsamples of 90 %).
"""
import gzip
import json
import pathlib
import shutil
import subprocess
import sys

jianwei, folder, sources = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3:]


def ask(*arguments):
    return json.loads(subprocess.run([jianwei, *map(str, arguments), "--json", "-q"], check=True, capture_output=True, text=True).stdout)


folder.mkdir(parents=True, exist_ok=True)
with open(folder / "most.jsonl", "w", encoding="utf-8") as most, open(folder / "more.jsonl", "w", encoding="utf-8") as more:
    number = 0
    for source in sources:
        with gzip.open(source, "rt", encoding="utf-8") as lines:
            for line in lines:
                number += 1
                (more if number % 10 == 3 else most).write(line)
print("| method | topics | start | kept of records | adjusted Rand | other seeds | subsamples of 90 % |\n| --- | --- | --- | --- | --- | --- | --- |")
for method in ("lda", "embedded"):
    for fresh in (False, True):
        workspace = folder / f"{method}-{fresh}"
        shutil.rmtree(workspace, ignore_errors=True)
        subprocess.run([jianwei, "init", workspace, "-q"], check=True)
        (workspace / "study.toml").write_text(f'[topics]\nmethod = "{method}"\n[hindcast]\nenabled = false\n')
        ask("import", workspace, folder / "most.jsonl")
        ask("run", workspace)
        agreement = ["", ""]
        if not fresh:
            quality = ask("topics", workspace, "--quality")
            agreement = [" ".join(f"{x:.2f}" for x in quality[key]) for key in ("adjusted_rand_seeds", "adjusted_rand_subsamples")]
        ask("import", workspace, folder / "more.jsonl")
        run = ask("run", workspace, *(["--fresh"] if fresh else []))
        identity = run["topic_identity"]
        kept = identity["kept_documents"] / identity["shared_documents"]
        print(f"| {method} | {run['topics']} | {'nothing' if fresh else 'last topics'} | {kept:.3f} of {identity['shared_documents']} | {identity['adjusted_rand']:.3f} | {agreement[0]} | {agreement[1]} |", flush=True)
