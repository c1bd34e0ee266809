#!/usr/bin/env bash
# Makes ./demo: a workspace filled with the best evidence at hand, the whole analysis, a report in two languages; then serves it in the browser until Ctrl-C.
# A demo that was finished before is kept with all that people did in it, and only served; `./run demo fresh` makes it anew.
set -euo pipefail
cd "$(dirname "$0")/.."
jw=build/release/bin/jianwei
corpora=${JIANWEI_CORPORA:-../shared/corpora}
say() { printf '\033[1m== %s\033[0m\n' "$*"; }
start=$(date +%s)

# Until Ctrl-C. The port is another one when 8080 is taken.
serve() {
  local port=${JIANWEI_PORT:-8080}
  ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || port=0
  say "the platform in the browser; Ctrl-C ends it"
  exec $jw serve demo/workspace --listen "127.0.0.1:$port"
}
[ "${1:-}" = fresh ] && rm -rf demo
if [ -e demo/.finished ]; then
  say "the demo of before, with all that was done in it (./run demo fresh makes it anew)"
  serve
fi

rm -rf demo && mkdir -p demo
if [ -d "$corpora/ml-robotics-papers" ]; then
  say "evidence: real papers in machine learning and robotics, and Chinese preprints, from $(basename "$corpora")/"
  inputs=("$corpora/ml-robotics-papers")
  [ -d "$corpora/chinaxiv" ] && inputs+=("$corpora"/chinaxiv/chinaxiv-20*.gz)
  name='Machine learning and robotics 机器学习与机器人'
  question='What emerges in machine learning and robotics?'
  # Two studies of one workspace: the papers, and the Chinese preprints of all fields.
  sources=$(cd "$corpora/ml-robotics-papers" && ls -- *.jsonl.gz | sed 's/\.jsonl\.gz$//; s/.*/"&"/' | paste -sd,)
elif [ -n "${JIANWEI_CONTACT:-}" ] && $jw init demo/workspace -q >/dev/null &&
     $jw collect demo/workspace openalex --query 'solid state battery' --from 2015 --max 3000 --online --contact "$JIANWEI_CONTACT"; then
  say "evidence: a small live collection on solid-state batteries (JIANWEI_CONTACT is set, so calls to the outside are allowed)"
  inputs=()
  name='固态电池 Solid-state batteries'
  question='What emerges around solid-state batteries? 固态电池领域有哪些新兴主题?'
else
  say "evidence: a SYNTHETIC bilingual corpus with planted truth (no corpora folder here, and JIANWEI_CONTACT is not set for a live collection)"
  rm -rf demo/workspace
  $jw demo demo/synthetic --records 4000
  inputs=(demo/synthetic/synthetic_*)
  name='合成演示语料 SYNTHETIC demo corpus'
  question='SYNTHETIC DATA: does the system find what was planted? 合成数据:系统能否找到预置的信号?'
fi

[ -d demo/workspace ] || $jw init demo/workspace --name "$name" >/dev/null
printf 'title = "%s"\nquestion = "%s"\n' "$name" "$question" >demo/workspace/study.toml
[ -z "${sources:-}" ] || printf '[records]\nsources = [%s]\n' "$sources" >>demo/workspace/study.toml
if [ ${#inputs[@]} -gt 0 ]; then
  say "importing"
  $jw import demo/workspace "${inputs[@]}" --html demo/import.html | tail -4
fi
if [ -n "${sources:-}" ] && [ ${#inputs[@]} -gt 1 ]; then
  say "a first study on the Chinese preprints, and its report"
  printf 'title = "中文科技预印本"\nquestion = "中文预印本中有哪些新兴主题?"\n[records]\nsources = ["chinaxiv"]\n' >demo/chinaxiv.toml
  $jw report demo/workspace -o demo/report-zh.html --lang zh --study demo/chinaxiv.toml
fi
say "running the analysis (terms, topics, indicators, networks, the ranking and its hindcast)"
$jw run demo/workspace
say "most emerging"
$jw emerging demo/workspace --top 10 | cut -c1-110
say "writing the reports"
$jw report demo/workspace -o demo/report.html --lang en
[ -f demo/report-zh.html ] || $jw report demo/workspace -o demo/report-zh.html --lang zh

cat <<END

Done in $(($(date +%s) - start)) s. Look at
  demo/report.html      the report (open it in a browser; every number opens to its documents)
  demo/report-zh.html   中文报告
  demo/import.html      what was imported, file by file
Try next
  $jw topics demo/workspace --top 20
  $jw search demo/workspace "soft robot"          $jw search demo/workspace "神经网络"
  $jw weak-signals demo/workspace
  $jw export demo/workspace term-network -o demo/map.json     (opens in VOSviewer)
  $jw import YOUR_WORKSPACE your_exports/         $jw --help
END
touch demo/.finished
serve
