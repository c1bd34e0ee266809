#!/usr/bin/env python3
"""Fails when a sentence that src/ says to people (errors, problems of the API, warnings and rejects of an import, lines of a job's log, what the parser of the
command line says) has no Chinese in data/sentences.zh.json, when its Chinese fills other arguments, when an entry is said nowhere, when a layer below the faces
names an option of the command line, or when a kind of docs/errors.md or of the server's jobs has no words."""
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
# What people read is handed to one of these ...
CALLS = re.compile(r"\b(?:fail|problem|reject|warn|add_warning|note|log|wrong|give|finish|(?:problems|warnings|rejects)\.(?:push_back|emplace_back))\(|Reject\{")
# ... kept in one of these, or returned by one of these.
KEPT = re.compile(r"\b(?:problem_?|model_note|done|result)\s*(?:=|\+=)\s*(?=[^;=]*\")")
MAKERS = re.compile(r"^(?:std::string|std::optional<std::string>|Sentence) (?:Draft::)?(?:why_not|conflict_text|why_unknown|problem_of|suggestions|refusal|rest_of_one)\(", re.M)
# CLI11 writes these; its errors reach people through cli/main.cpp.
PARSER = ["A subcommand is required", "The following argument was not expected: {}", "The following arguments were not expected: {}", "Expected exactly {} arguments to {}, got {}",
          "Expected at least {} arguments to {}, got {}", "The value {} is not an allowed value for {}", "Could not convert: {} = {}", "{}: At least {} required but received {}",
          "{}: At Most {} required but received {}", "{}: {} required {} missing", "{}: Value {} not in range {} to {}", "{}: File does not exist: {}", "{}: Directory does not exist: {}",
          "{}: Path does not exist: {}", "{}: too many inputs for a flag", "{}: Should be true/false or a number", "{}: {} not in {}", "{} requires {}", "{} excludes {}", "{} is required"]
# Put together from their parts.
TOGETHER = ["adapted, {}", "adapted, {}–{}", "failed: {}", "cancelled: {}"]
# Said on the command line only, where an option is the remedy.
OF_THE_COMMAND_LINE = ("src/cli/", "src/server/serve.cpp", "src/server/http/http_server.cpp", "src/server/access/offline.cpp", "src/workflow/seeds/", "src/store/ledger_place.cpp")


def end_of(source: str, at: int, closers: str) -> int:
    """Where the parenthesis, or the statement, that is open at `at` ends."""
    depth = 0
    quoted = False
    while at < len(source):
        c = source[at]
        if quoted:
            at += c == "\\"
            quoted = c != '"'
        elif c == '"':
            quoted = True
        elif c == "'" and source[at + 2:at + 3] == "'":
            at += 2
        elif c in "([{":
            depth += 1
        elif depth == 0 and c in closers:
            return at
        elif c in ")]}":
            if depth == 0:
                return at
            depth -= 1
        at += 1
    return at


def literals(source: str) -> list[str]:
    """The string literals of a piece of source; those side by side are one."""
    found = []
    last = None
    for match in LITERAL.finditer(source):
        text = re.sub(r"\\(.)", lambda escape: {"n": "\n", "t": "\t"}.get(escape[1], escape[1]), match.group(1))
        if last is not None and not source[last:match.start()].strip():
            found[-1] += text
        else:
            found.append(text)
        last = match.end()
    return found


def is_sentence(text: str) -> bool:
    words = re.sub(r"\{[^{}]*\}", "", text)
    return bool(re.search("[A-Za-z]{2}", words)) and " " in text and not text.startswith("/") and re.search(r"[a-z]{3}", words) is not None and "SELECT" not in text


def sentences() -> dict[str, str]:
    """Every sentence, and a file that says it."""
    found = dict.fromkeys(PARSER + TOGETHER, "src/cli/main.cpp")
    for path in sorted((ROOT / "src").rglob("*")):
        if path.suffix not in (".cpp", ".h") or path.stem.endswith("_test") or path.name in ("test_support.h", "reading_test.h", "fake_format.h"):
            continue
        source = re.sub(r"(?m)^\s*//.*$", "", path.read_text())
        name = str(path.relative_to(ROOT))
        pieces = []
        for match in CALLS.finditer(source):
            if name.startswith("src/cli/") and match.group() != "fail(":
                continue  # a face: it says messages of the catalogue
            pieces.append(source[match.end():end_of(source, match.end(), ")")])
        if not name.startswith("src/cli/"):
            pieces += [source[m.end():end_of(source, m.end(), ";")] for m in KEPT.finditer(source)]
            pieces += [source[m.end():source.find("\n}\n", m.end())] for m in MAKERS.finditer(source) if path.suffix == ".cpp"]
        for piece in pieces:
            for text in literals(piece):
                if is_sentence(text):
                    found.setdefault(text, name)
    return found


def places(pattern: str) -> set[int]:
    """Which arguments a pattern fills."""
    filled = set()
    following = 0
    for field in re.findall(r"\{([^{}]*)\}", pattern.replace("{{", "").replace("}}", "")):
        name = field.split(":")[0]
        filled.add(int(name) if name else following)
        following += not name
    return filled


def main() -> int:
    chinese = json.loads((ROOT / "data/sentences.zh.json").read_text())
    messages = {lang: json.loads((ROOT / f"data/messages.{lang}.json").read_text()) for lang in ("en", "zh")}
    said = sentences()
    source = "\n".join(p.read_text() for p in (ROOT / "src").rglob("*.cpp"))
    problems = []
    for text, file in said.items():
        if text not in chinese:
            problems.append(f'{file}: "{text}" has no Chinese in data/sentences.zh.json')
        elif places(text) != places(chinese[text]):
            problems.append(f'{file}: "{text}": its Chinese fills other arguments')
        if re.search(r"(?<![\w-])--[a-z]", text) and not file.startswith(OF_THE_COMMAND_LINE):
            problems.append(f'{file}: "{text}" names an option of the command line; a browser has none')
    for text, words in chinese.items():
        if text not in said and not text.startswith("system: ") and json.dumps(text, ensure_ascii=False) not in source:
            problems.append(f'data/sentences.zh.json: "{text}": said nowhere')
        if not re.search("[\u4e00-\u9fff]", words) and re.search("[a-z]{2} [a-z]{2}", text):
            problems.append(f'data/sentences.zh.json: "{text}" is not in Chinese')
        for family in re.findall(r"\{\d*:([a-z.]+)\}", words):
            if not any(key.startswith(family + ".") for key in messages["zh"]):
                problems.append(f'data/sentences.zh.json: "{words}": the catalogue has no words {family}.*')
    kinds = set(re.findall(r"(?m)^\| ([a-z_]+) \| [^|]+ \| [^|]*\d", (ROOT / "docs/errors.md").read_text())) | {"cancelled"}
    for kind in sorted(kinds):
        problems += [f"error.{kind}: of docs/errors.md, in no catalogue of {lang}" for lang in messages if f"error.{kind}" not in messages[lang]]
    jobs = {kind for p in (ROOT / "src/server/jobs").glob("*.cpp") for kind in re.findall(r'\{"([a-z_]+)", k[A-Z]\w+, ', p.read_text())}
    for job in sorted(jobs):
        problems += [f"job.kind.{job}: a kind of src/server/jobs, in no catalogue of {lang}" for lang in messages if f"job.kind.{job}" not in messages[lang]]
    if not jobs:
        problems.append("src/server/jobs: no kinds of jobs were found")
    print("\n".join(problems) or f"{len(said)} sentences, {len(kinds)} kinds of errors and {len(jobs)} of jobs, all in Chinese")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
