# Schedules and alerts on their way out, against a real SMTP and HTTP server on this machine.
jianwei=$JIANWEI
"$jianwei" demo syn --records 500 -q >/dev/null
"$jianwei" init ws -q >/dev/null
printf '[hindcast]\nenabled = false\n' >ws/study.toml
"$jianwei" import ws syn -q >/dev/null
"$jianwei" run ws -q >/dev/null
"$jianwei" watch add ws --name rising --indicator growth --above 0.0 --significance 1 --min-documents 1 --why "everything that grows" -q >/dev/null

# A monthly schedule, made good once after three missed dates; nothing is due twice.
"$jianwei" schedule add ws --name monthly --every month --first 2026-01-31T02:00:00Z --run --check --report early-warning --deliver --lang zh -q >/dev/null
expect 0 "$jianwei" schedule list ws --json
check "d[0]['next'][:3] == ['2026-01-31T02:00:00Z', '2026-02-28T02:00:00Z', '2026-03-31T02:00:00Z']"
expect 0 "$jianwei" schedule tick ws --now 2026-01-30T00:00:00Z --json
check "d == []"
expect 0 "$jianwei" schedule tick ws --now 2026-05-01T00:00:00Z --json -q
check "len(d) == 1 and d[0]['outcome'] == 'done' and d[0]['missed'] == 3 and 'issue 1 of early-warning-zh' in d[0]['message'] and '0 alerts sent' in d[0]['message']"
expect 0 "$jianwei" schedule tick ws --now 2026-05-01T00:00:01Z --json
check "d == []"
expect 0 "$jianwei" schedule list ws --json
check "d[0]['next'][0] == '2026-05-31T02:00:00Z'"
expect 0 "$jianwei" schedule log ws --json
check "len(d) == 1 and d[0]['due'] == '2026-01-31T02:00:00Z'"
[ -s ws/reports/early-warning-zh-0001/early-warning-zh-0001.html ] || fail "no issue was made"
expect 2 "$jianwei" schedule add ws --name idle --every day
expect 2 "$jianwei" schedule add ws --name out --every day --collect openalex
grep -q -- --online err || fail "a call out needs to be said"

# One writer at a time: while another holds the workspace, what is due stays due.
"$jianwei" schedule add ws --name daily --every day --first 2026-01-01 --check -q >/dev/null
exec 9>ws/.lock
flock 9
if "$jianwei" schedule tick ws --now 2026-06-01T00:00:00Z -q 2>err; then fail "two writers"; fi
exec 9>&-
"$jianwei" schedule remove ws monthly -q >/dev/null
expect 0 "$jianwei" schedule tick ws --now 2026-06-01T00:00:00Z --json -q
check "[one['schedule'] for one in d] == ['daily']"

# Nothing goes out without settings.
alerts=$("$jianwei" watch alerts ws --json | python3 -c 'import json, sys; print(len(json.load(sys.stdin)))')
[ "$alerts" -gt 1 ] || fail "the rule wrote $alerts alerts"
expect 0 "$jianwei" alerts deliver ws --json
check "d['sent'] == 0 and d['waiting'] == 0"

mkdir out_box
python3 "$ROOT/tests/e2e/alerts_out.py" out_box & servers=$!
trap 'kill $servers 2>/dev/null || true; rm -rf "$folder"' EXIT
for _ in $(seq 100); do [ -e out_box/ports ] && break; sleep 0.1; done
read -r smtp hook < out_box/ports
cat >> ws/jianwei.toml <<T

[mail]
url = "smtp://127.0.0.1:$smtp"
from = "jianwei@example.org"
to = ["analyst@example.org"]

[webhook]
url = "http://127.0.0.1:$hook/alerts"
secret_variable = "HOOK_SECRET"
hosts = ["127.0.0.1"]
T
expect 2 "$jianwei" alerts deliver ws
grep -q HOOK_SECRET err || fail "the missing secret is named"
export HOOK_SECRET="shared secret"

# Both refuse, wait and are served later, once.
touch out_box/refuse
expect 0 "$jianwei" alerts deliver ws --now 2026-06-01T00:00:00Z --json
check "d['sent'] == 0 and d['waiting'] == 2 * $alerts and len(d['problems']) == 2"
rm out_box/refuse
expect 0 "$jianwei" alerts deliver ws --now 2026-06-01T00:01:00Z --json
check "d['sent'] == 0 and d['waiting'] == 2 * $alerts"
expect 0 "$jianwei" alerts deliver ws --now 2026-06-01T00:05:00Z --json
check "d['sent'] == 2 * $alerts and d['waiting'] == 0"
expect 0 "$jianwei" alerts deliver ws --now 2026-06-02T00:00:00Z --json
check "d['sent'] == 0 and d['waiting'] == 0"
python3 - "$alerts" <<'P'
import email, email.policy, json, sys
count = int(sys.argv[1])
mails = open("out_box/mails", "rb").read().split(b"\n=====\n")[:-1]
assert len(mails) == 1, f"{len(mails)} mails: a digest is one"
mail = email.message_from_bytes(mails[0], policy=email.policy.default)
assert mail["To"] == "analyst@example.org" and str(count) in mail["Subject"], mail["Subject"]
assert mail.get_content().count("jianwei watch alerts WS") == count
calls = [json.loads(line) for line in open("out_box/calls")]
assert len(calls) == 1 and calls[0]["fits"], "one call, signed"
assert len(calls[0]["body"]["alerts"]) == count and all(alert["evidence"]["documents"] for alert in calls[0]["body"]["alerts"])
P

# Muted rules rest; the feed is an Atom feed of all alerts.
"$jianwei" alerts mute ws rising --until 2026-07-01 --why "known" -q >/dev/null
"$jianwei" alerts feed ws -o alerts.atom
python3 -c "
import xml.etree.ElementTree as t
root = t.parse('alerts.atom').getroot()
assert root.tag.endswith('feed') and len(root.findall('{http://www.w3.org/2005/Atom}entry')) == min(100, $alerts)"
sed -i 's/hosts = .*/hosts = ["example.org"]/' ws/jianwei.toml
expect 2 "$jianwei" alerts deliver ws
grep -q "not in its list" err || fail "hosts are checked"
echo "schedules: ok"
