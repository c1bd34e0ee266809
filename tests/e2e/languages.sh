# One session in Chinese: what goes wrong is said in Chinese, before and after the verb, by --lang and by the locale; --json stays English.
# Names and data aside, a line that people read holds no run of English words.
chinese() { grep -P '\p{Han}' stderr.txt >/dev/null || { cat stderr.txt; fail "not in Chinese: $*"; }; }
no_english() { ! sed -E 's/`[^`]*`|“[^”]*”|jianwei( [A-Za-z0-9.-]+)+|[^ ]*(\/|\.)[^ ]*//g' "$1" | grep -nP '\b[a-z]{2,} [a-z]{2,} [a-z]{2,}\b' || fail "English in $1"; }
refused() { local code=$1; shift; local got=0; env ${with-} "$JIANWEI" "$@" >stdout.txt 2>stderr.txt || got=$?; [ "$got" = "$code" ] || { cat stderr.txt; fail "exit code $got, not $code: $*"; }; chinese "$@"; no_english stderr.txt; }

python3 "$ROOT/tests/e2e/make_fixtures.py" exports
refused 3 --lang zh status nowhere
refused 3 status nowhere --lang=zh
with="LANG=zh_CN.UTF-8 LC_ALL= LC_MESSAGES= JIANWEI_LANG=" refused 3 status nowhere
with="LC_ALL=zh_CN.UTF-8 JIANWEI_LANG=" refused 3 status nowhere
refused 2 --lang zh
refused 2 --lang zh nonsense
refused 2 run --lang zh
refused 2 run ws --threads 99999 --lang zh
refused 2 run ws --no-such-option --lang zh
refused 2 export --lang zh ws nonsense
refused 2 --lang zh judge
expect 0 "$JIANWEI" init ws --lang zh
refused 4 init ws --lang zh
refused 3 import ws no-such-file.ris --lang zh
refused 2 import ws exports/wos.ris --format nonsense --lang zh
refused 3 topics ws --lang zh
head -c 3000 /dev/urandom >noise.bin
printf 'TY  - JOUR\nAU  - Nobody\nER  - \n\nTY  - JOUR\nTI  - A title\nPY  - 2019\nER  - \n' >half.ris
printf '{"title":"A title of a record","year":2019}\n{"title":"cut' >cut.jsonl
refused 2 import ws noise.bin --lang zh
"$JIANWEI" import ws half.ris cut.jsonl exports/wos.ris --lang zh >import.txt 2>&1 || true
no_english import.txt
"$JIANWEI" status ws --lang zh >status.txt
no_english status.txt
"$JIANWEI" status ws --lang zh --json >status.json
grep -q '"problems"' status.json || fail "keys of --json changed"
refused 3 show ws no-such-id --lang zh
refused 2 search ws robot --filter year=2020-2010 --lang zh
refused 2 terms merge ws robot robot --reason same --lang zh
printf 'seed = "x"\n[nonsense]\n' >study.toml
refused 2 run ws --study study.toml --lang zh
refused 5 collect ws openalex --query x --lang zh
refused 3 report ws -o report.html --lang zh
refused 3 delphi results ws study-9 --lang zh
refused 3 longlist show ws list-9 --lang zh
"$JIANWEI" topics ws --json --lang zh >error.json 2>/dev/null || true
grep -q '"kind":"not_found"' error.json || fail "the code of an error changed"
grep -qP '\p{Han}' error.json && fail "--json speaks Chinese" || true
for command in init import run status emerging topics search report export judge watch experts; do
  "$JIANWEI" $command --lang zh --help >help.txt
  no_english help.txt
done
