# Reports by template, issues of a series with their difference, lists of key technologies.
jianwei=$JIANWEI
"$jianwei" demo syn --records 500 -q >/dev/null
"$jianwei" init ws -q >/dev/null
printf '[hindcast]\nenabled = false\n' >ws/study.toml
first=$(ls syn/*.ris | head -1)
"$jianwei" import ws "$first" -q >/dev/null
"$jianwei" run ws -q >/dev/null

# The templates, in both languages.
"$jianwei" report ws --list --json --lang zh | python3 -c '
import json, sys
forms = {form["id"]: form for form in json.load(sys.stdin)}
assert {"study", "monthly", "key-technology", "early-warning", "countries", "special"} <= set(forms), forms.keys()
assert "月度" in forms["monthly"]["title"] and "changes" in forms["monthly"]["sections"]'

topic=$("$jianwei" topics ws --json | python3 -c 'import json, sys; rows = json.load(sys.stdin); rows = rows if isinstance(rows, list) else rows["topics"]; print(rows[0]["id"])')
"$jianwei" longlist make ws --en core -q >/dev/null
"$jianwei" longlist from ws list-1 topics --topic "$topic" -q >/dev/null
"$jianwei" longlist add ws list-1 --en "no such term" -q >/dev/null
"$jianwei" longlist accept ws entry-1 entry-2 --reason "national plan" -q >/dev/null

# Two issues on growing data: the second says what changed and names the documents.
"$jianwei" report ws --template monthly --issue --formats html --lang en -q >/dev/null
# A list that an older program kept becomes a technology list, once, with what was on it last.
python3 - <<'P'
import sqlite3
with sqlite3.connect("ws/routine.db") as old:
    row = "INSERT INTO technology_events (list, kind, units, why, decided_by, decided_at) VALUES ('old list', ?, ?, ?, 'ann', '2026-01-01T00:00:00Z')"
    old.execute(row, ("added", '["flow battery", "fusion"]', "old plan"))
    old.execute(row, ("removed", '["fusion"]', "older plan"))
P
for time in 1 2; do
  "$jianwei" longlist lists ws --json | python3 -c 'import json, sys; lists = json.load(sys.stdin); assert [one["en"] for one in lists] == ["core", "old list"], lists'
done
"$jianwei" longlist show ws list-2 --json | python3 -c 'import json, sys; entries = json.load(sys.stdin)["entries"]; assert [(one["en"], one["state"]) for one in entries] == [("flow battery", "accepted")], entries'
"$jianwei" import ws syn -q >/dev/null
"$jianwei" run ws -q >/dev/null
"$jianwei" report ws --template monthly --issue --formats html,pptx --lang en --json -q > issue.json
"$jianwei" issues ws monthly-en --difference > difference.json
python3 - <<'P'
import json, pathlib, zipfile
import xml.dom.minidom
issue = json.load(open("issue.json"))
assert (issue["series"], issue["number"]) == ("monthly-en", 2), issue
html = pathlib.Path("ws", issue["files"][0]).read_text()
assert "national plan" in html and "older plan" in html and "Not found in this run: no such term" in html
assert "Since issue 1" in html
difference = json.load(open("difference.json"))["since"]
assert difference["number"] == 1 and difference["new_records"], "new documents are named"
assert f'+{len(difference["new_records"])}' in html.replace(",", ""), "the page says the same number"
names = zipfile.ZipFile(pathlib.Path("ws", issue["files"][1]))
assert names.testzip() is None
for name in names.namelist():
    if name.endswith((".xml", ".rels", ".svg")):
        xml.dom.minidom.parseString(names.read(name))
P

# The same run once more: nothing changed, and it says so.
"$jianwei" report ws --template monthly --issue --formats html --lang en -q >/dev/null
grep -q "The data are the same as then" ws/reports/monthly-en-0003/*.html

# Every template in both languages.
for form in key-technology early-warning countries special; do
  for language in en zh; do "$jianwei" report ws --template $form -o $form-$language.html --lang $language -q; done
done
grep -q "颠覆性技术监测" early-warning-zh.html

# A table has no more rows than were asked for, though fewer than a short list rise.
"$jianwei" report ws --template study --top 1 -o few.html --lang en -q
python3 -c '
table = open("few.html").read().split("<caption>Emerging terms</caption>")[1].split("</table>")[0]
assert table.count("<tr>") == 2, table  # the heading and one term'

# A short list is filled up and says so; all candidates are all candidates, however few.
"$jianwei" emerging ws --lang en >filled.txt 2>&1
grep -q "grew by more than chance and stand first" filled.txt
"$jianwei" emerging ws --all --lang en >all.txt 2>&1
grep -q "term-" all.txt
if grep -q "grew by more than chance" all.txt; then exit 1; fi

# Faults name their remedy.
if "$jianwei" report ws --template nothing -o x.html 2> error.txt; then exit 1; fi
grep -q "monthly" error.txt
if "$jianwei" report ws --template special --on "no such term" -o x.html 2> error.txt; then exit 1; fi
if "$jianwei" report ws --template monthly --issue --series ../up -q 2> error.txt; then exit 1; fi
grep -q "names a folder" error.txt
echo "reports: ok"
