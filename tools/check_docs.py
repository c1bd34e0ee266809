#!/usr/bin/env python3
"""Fails when a link of the documentation leads nowhere, a page of docs/methods lacks one of its parts, a test or file that a page names does not exist, or a
figure of docs/targets.md does not stand in the row it links to."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
METHODS = ROOT / "docs/methods"
# What a page of a method must say, by the words that may begin that part ("## Limits", "**Limits.** ...").
PARTS = {
    "question": "Question",
    "formula": "Formulas?|Rules?|Method|Procedure|Steps|What is told",
    "limits": "Assumptions and limits|Limits",
    "worked example": "Worked examples?",
    "source": "Sources?",
    "code": "In the code",
}
NO_METHOD = {"index.md", "oracles.md"}


def slug(heading: str) -> str:
    """The anchor that GitHub makes of a heading."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "").strip().lower()
    return re.sub(r"[^\w\- ]", "", text).replace(" ", "-")


def anchors(path: pathlib.Path) -> set[str]:
    found: dict[str, int] = {}
    for heading in re.findall(r"^#+ (.+)$", path.read_text(), re.M):
        name = slug(heading)
        found[name] = found.get(name, 0) + 1
    return {name if i == 0 else f"{name}-{i}" for name, count in found.items() for i in range(count)}


def check_links(page: pathlib.Path) -> list[str]:
    problems = []
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(), flags=re.S)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        path = (page.parent / name).resolve() if name else page
        if not path.exists():
            problems.append(f"{page.relative_to(ROOT)}: link to {target}: no such file")
        elif anchor and path.suffix == ".md" and anchor not in anchors(path):
            problems.append(f"{page.relative_to(ROOT)}: link to {target}: no such heading")
    return problems


def section(path: pathlib.Path, anchor: str) -> str:
    """The text under a heading, up to the next of its rank or above."""
    lines, rank, found = path.read_text().splitlines(), 0, []
    for line in lines:
        heading = re.match(r"(#+) (.+)$", line)
        if heading and rank and len(heading[1]) <= rank:
            break
        if heading and not rank and slug(heading[2]) == anchor:
            rank = len(heading[1])
        if rank:
            found.append(line)
    return "\n".join(found)


def check_targets(page: pathlib.Path) -> list[str]:
    """The first bold figure of a target stands in the row it links to."""
    problems, in_targets = [], False
    for line in page.read_text().splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")] if line.startswith("| ") else []
        in_targets = bool(cells) and (in_targets or cells[0] == "aim")
        if not in_targets or cells[0] in ("aim", "---"):
            continue
        if len(cells) != 6:
            problems.append(f"{page.relative_to(ROOT)}: {len(cells)} cells instead of 6: {line[:60]}")
            continue
        links = re.findall(r"\]\(([^)#]+)#?([^)]*)\)", cells[5])
        if not links:
            problems.append(f"{page.relative_to(ROOT)}: no row is linked: {cells[0]}")
        figure = re.search(r"\*\*(.+?)\*\*", cells[1])
        path = page.parent / links[0][0] if links else page
        if figure and path.exists() and figure[1] not in (section(path, links[0][1]) if links[0][1] else path.read_text()).replace("*", ""):
            problems.append(f"{page.relative_to(ROOT)}: {figure[1]} does not stand in {links[0][0]}#{links[0][1]}: {cells[0]}")
    return problems


def parts_of(text: str) -> dict[str, str]:
    """The text of each part, from its heading or bold word to the next one."""
    mark = "## " if "\n## Question" in text else r"\*\*"
    starts = [(m.start(), "") for m in re.finditer(rf"^{mark}[A-Z]", text, re.M)]
    for name, words in PARTS.items():
        starts += [(m.start(), name) for m in re.finditer(rf"^{mark}(?:{words})\b", text, re.M)]
    starts = sorted({start: name for start, name in sorted(starts, key=lambda s: s[1])}.items())
    ends = [start for start, _ in starts[1:]] + [len(text)]
    found: dict[str, str] = {}
    for (start, name), end in zip(starts, ends):
        if name:
            found[name] = found.get(name, "") + text[start:end]
    return found


def check_method(page: pathlib.Path, names_tests) -> list[str]:
    parts = parts_of(page.read_text())
    where = page.relative_to(ROOT)
    problems = [f"{where}: no part \"{name}\" ({PARTS[name]})" for name in PARTS if len(parts.get(name, "").split()) < 4]
    example = parts.get("worked example", "")
    if example and not (re.search(r"\d|→|:", example) and names_tests(example)):
        problems.append(f"{where}: the worked example names no test that holds it (`Suite.Test`, x_test.cpp or e2e.name)")
    return problems


def main() -> int:
    pages = sorted((ROOT / "docs").rglob("*.md")) + [ROOT / n for n in ("README.md", "README.zh.md", "CONTRIBUTING.md", "bench/peers/README.md")]
    problems = [problem for page in pages for problem in check_links(page)] + check_targets(ROOT / "docs/targets.md")

    sources = {p for p in (ROOT / "src").rglob("*") if p.suffix in (".h", ".cpp")} | set((ROOT / "tests").rglob("*.cpp"))
    files = {str(p.relative_to(ROOT)) for p in sources}
    tests = {f"{suite}.{name}" for p in sources if p.name.endswith("_test.cpp")
             for suite, name in re.findall(r"^TEST(?:_[FP])?\(\s*(\w+),\s*(\w+)\)", p.read_text(), re.M)}
    tests |= {f"e2e.{name}" for name in re.findall(r"\b([a-z_]+)\b", (ROOT / "tests/e2e/CMakeLists.txt").read_text())}

    def named_tests(text: str) -> list[str]:
        return re.findall(r"`((?:[A-Z]\w*|e2e)\.\w+)`", text)

    def named_files(text: str) -> list[str]:
        return re.findall(r"`((?:[\w/]+/)?\w+_test\.cpp)`", text)

    def known_file(name: str) -> bool:
        return any(f == name or f.endswith("/" + name) for f in files)

    def names_tests(text: str) -> bool:
        return any(t in tests for t in named_tests(text)) or any(known_file(f) for f in named_files(text))

    def check_names(page: pathlib.Path) -> list[str]:
        text, where = page.read_text(), page.relative_to(ROOT)
        return [f"{where}: no test {t}" for t in named_tests(text) if t not in tests] + [f"{where}: no file {f}" for f in named_files(text) if not known_file(f)]

    problems += check_names(ROOT / "docs/delphi.md")  # each promise with its tests
    index = (METHODS / "index.md").read_text()
    for page in sorted(METHODS.glob("*.md")):
        text, where = page.read_text(), page.relative_to(ROOT)
        problems += check_names(page)
        problems += [f"{where}: no file src/{h}" for h in re.findall(r"`((?:analysis|experts|text|workflow)/[\w/]+\.(?:h|cpp))`", text) if f"src/{h}" not in files]
        if page.name not in NO_METHOD:
            problems += check_method(page, names_tests)
            if f"({page.name})" not in index:
                problems.append(f"{where}: no row in docs/methods/index.md")
    print("\n".join(problems) or f"{len(pages)} pages: every link leads somewhere; every method has its parts and an example that a test holds")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
