#!/usr/bin/env python3
"""Calibration and change on real judgements: bench/quality/expert_survey.py JIANWEI CORPUS

CORPUS: the folder expert-survey (two waves of ratings by 523 people; pooled expert probabilities on COVID-19 with the later truth). The probabilities go through
`jianwei lookback`; the two waves are summed up here: median shift, interquartile range, net change, of those who answered both times.
"""
import csv
import gzip
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile


def rows(path):
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def covid(program, corpus, folder):
    truth = {(r["questionLabel"], r["surveyIssued"]): r["truth"] for r in rows(corpus / "covid19-expert-truthDatabase.csv.gz")}
    table = folder / "forecasts.csv"
    with open(table, "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["thing", "probability", "member", "kind", "made_at", "verdict", "evidence"])
        for r in rows(corpus / "covid19-expert-consensusForecasts_forBinaryVariables_DB.csv.gz"):
            known = truth.get((r["questionLabel"], r["surveyIssued"]), "")  # a label is used again in later surveys
            try:
                verdict = {1.0: "realised", 0.0: "not"}.get(float(known), "")
            except ValueError:
                verdict = ""
            out.writerow([f"{r['questionLabel']}@{r['surveyIssued']}", r["prob"], "consensus", "panel", r["surveyIssued"], verdict, "truth database"])
        # Of a question with categories each one is an event: did the truth fall into it?
        for r in rows(corpus / "covid19-expert-consensusForecasts_forCategoricalVariables_DB.csv.gz"):
            if float(r["prob"]) > 1.0:
                continue  # a quantile of a number, no probability
            category = int(r["questionLabel"].rsplit("_", 1)[1])
            known = truth.get((r["questionLabel"], r["surveyIssued"]), "")
            verdict = "" if known in ("", "NA") else "realised" if int(float(known)) == category else "not"
            out.writerow([f"{r['questionLabel']}@{r['surveyIssued']}", r["prob"], "consensus, categories", "panel", r["surveyIssued"], verdict, "truth database"])
    run = lambda *arguments: subprocess.run([program, *arguments], check=True, capture_output=True, text=True).stdout
    run("init", str(folder / "ws"))
    print(run("lookback", "import", str(folder / "ws"), str(table), "--json").strip())
    report = json.loads(run("lookback", "report", str(folder / "ws"), "--json"))
    for member in report["members"]:
        print({k: (round(v, 3) if isinstance(v, float) else v) for k, v in member.items() if k != "bins"})
        for b in member["bins"]:
            print(f"  stated {b['stated']:.2f}  came true {b['realized']:.2f} [{b['interval_low']:.2f}, {b['interval_high']:.2f}]  n {b['count']}")
    print("all:", report["all"], "open:", report["open"])


def two_waves(corpus):
    people = rows(corpus / "a1r-two-wave-ratings.csv.gz")
    items = [c for c in people[0] if c.startswith("Q")]
    number = lambda text: float(text) if text not in ("", "77", "99", "77.0", "99.0", "NA") else None
    shrunk = stable = compared = 0
    unchanged = []
    for item in items:
        pairs = [(number(p[item]), number(p["T2" + item])) for p in people]
        pairs = [(a, b) for a, b in pairs if a is not None and b is not None]
        if len(pairs) < 2:
            continue
        compared += 1
        before, after = [a for a, _ in pairs], [b for _, b in pairs]
        spread = lambda values: statistics.quantiles(values, n=4, method="inclusive")[2] - statistics.quantiles(values, n=4, method="inclusive")[0]
        shrunk += spread(after) < spread(before)
        share = lambda values, k: sum(v == k for v in values) / len(values)
        net = sum(abs(share(before, k) - share(after, k)) for k in range(11)) / 2
        stable += net < 0.15
        unchanged.append(sum(a == b for a, b in pairs) / len(pairs))
    print(f"two waves: {compared} items, {len(people)} people; interquartile range smaller in {shrunk}; net change below 0.15 (stable) in {stable}; same answer by {statistics.mean(unchanged):.1%} of those who answered twice")


def main():
    program, corpus = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        covid(program, corpus, pathlib.Path(folder))
    two_waves(corpus)


if __name__ == "__main__":
    main()
