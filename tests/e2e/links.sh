# Networks, impact and knowledge of six papers whose values are known by hand.
python3 - <<'P'
# F cites A and B; five later papers cite {F}, {F}, {F, A}, {A}, {B}: n_i = 2, n_j = 1, n_k = 2.
papers = [("F", 2000, "AB"), ("P", 2001, "F"), ("Q", 2002, "F"), ("R", 2003, "FA"), ("S", 2004, "A"), ("T", 2005, "B")]
venues = {"A": "J ALPHA", "B": "J BETA", "F": "J FOCAL"}
authors = {"F": ["Adams, Ann", "Baker, Bob"], "P": ["Adams, Ann", "Baker, Bob", "Clark, Cy"], "Q": ["Clark, Cy"], "R": ["Clark, Cy"], "S": ["Clark, Cy"], "T": ["Clark, Cy"]}
years = {"A": 1990, "B": 1991, "F": 2000}
with open("hand.txt", "w") as out:
    out.write("FN Clarivate Analytics Web of Science\nVR 1.0\n")
    for i, (name, year, cited) in enumerate(papers):
        out.write(f"PT J\nAU " + "\n   ".join(authors[name]) + f"\nTI Paper {name} on recommender systems\nSO J FOCAL\n")
        sentence = ("Graph neural networks improve recommender systems.", "Many rank with graph neural networks.", "The depth of graph neural networks matters.")[i % 3]
        out.write("AB %s Study %s was made with care.\n" % (sentence, name))
        out.write("CR " + "\n   ".join(f"CITED {c}, {years[c]}, {venues[c]}, V1, P{ord(c)}, DOI 10.1000/{c.lower()}" for c in cited) + "\n")
        out.write(f"PY {year}\nVL 1\nBP {ord(name)}\nDI 10.1000/{name.lower()}\nWC Computer Science\nUT WOS:00000000000000{i}\nER\n\n")
    out.write("EF\n")
P
expect 0 "$JIANWEI" init ws
expect 0 "$JIANWEI" import ws hand.txt
expect 0 "$JIANWEI" run ws

# Impact: CD of F is 0.2, without n_k a third; F carries every path.
expect 0 "$JIANWEI" impact ws --json --top 100
check 'd["has_references"]'
check '[round(x["disruption"]["cd"], 9) for x in d["documents"] if x["title"].startswith("Paper F")] == [0.2]'
check '[round(x["disruption"]["cd_without_n_k"], 6) for x in d["documents"] if "disruption" in x] == [0.333333]'
check '[x["title"][:7] for x in d["main_path"]["documents"]][0] == "Paper F"'
expect 0 "$JIANWEI" impact ws --window 2 --json
check '[x["disruption"]["cd"] for x in d["documents"]] == [1.0]'
expect 0 "$JIANWEI" impact ws --by novelty
expect 2 "$JIANWEI" impact ws --window 0

# Networks: F and A are cited together once, A and B once; Adams and Baker wrote two papers together.
weight() { python3 -c 'import csv,sys; print(sorted(float(r["weight"]) for r in csv.DictReader(open(sys.argv[1], encoding="utf-8-sig")) if sys.argv[2] in r["source_label"]+r["target_label"] and sys.argv[3] in r["source_label"]+r["target_label"]))' "$@"; }
expect 0 "$JIANWEI" export ws co-citation-network -o cc.csv
[ "$(weight cc.csv ALPHA 'Paper F')" = "[1.0]" ] || fail "co-citation: $(cat cc.csv)"
[ "$(weight cc.csv ALPHA BETA)" = "[1.0]" ] || fail "co-citation: $(cat cc.csv)"
expect 0 "$JIANWEI" export ws coupling-network -o bc.csv
[ "$(weight bc.csv 'Paper P' 'Paper R')" = "[1.0]" ] || fail "coupling: $(cat bc.csv)"
expect 0 "$JIANWEI" export ws author-network --counting full -o full.csv
[ "$(weight full.csv Adams Baker)" = "[2.0]" ] || fail "authors: $(cat full.csv)"
expect 0 "$JIANWEI" export ws author-network -o fractional.csv
[ "$(weight fractional.csv Adams Baker)" = "[1.5]" ] || fail "authors, fractional: $(cat fractional.csv)"
expect 0 "$JIANWEI" export ws citation-network -o ct.gexf
says_file() { grep -q -- "$1" "$2" || fail "nothing says $1 in $2"; }
says_file 'defaultedgetype="directed"' ct.gexf
expect 3 "$JIANWEI" export ws country-network -o no.csv
says countries

# Knowledge: the sentence and its record support each relation. Words that all records hold are no terms, so other records stand around the six.
python3 - <<'P'
with open("others.ris", "w") as out:
    for i in range(24):
        out.write(f"TY  - JOUR\nTI  - Soil moisture {i} under winter wheat\nAB  - Winter wheat takes up soil moisture in plot {i}.\nAU  - Field, Fay\nPY  - {2000 + i % 6}\nID  - O{i}\nER  - \n\n")
P
expect 0 "$JIANWEI" init ws2
expect 0 "$JIANWEI" import ws2 hand.txt others.ris
expect 0 "$JIANWEI" run ws2
expect 0 "$JIANWEI" export ws2 knowledge-relations -o relations.csv
says_file 'improves' relations.csv
says_file 'Graph neural networks improve recommender systems.' relations.csv
expect 0 "$JIANWEI" export ws2 knowledge-entities -o entities.csv
expect 0 "$JIANWEI" knowledge ws2 "Clark, Cy" --json
check 'd["node"]["kind"] == "person" and any(n["relation"] == "works_on" for n in d["neighbours"])'
check 'all(n["evidence"]["record"].startswith("r") and n["evidence"]["sentence"] for n in d["neighbours"])'
expect 3 "$JIANWEI" knowledge ws2 "no such thing"
expect 0 "$JIANWEI" export ws impact -o impact.csv

# A decision about a name that no term wears.
expect 0 "$JIANWEI" terms stop ws2 "winter wheet" --reason typo --lang en
says 'no term of the newest run is called winter wheet'
