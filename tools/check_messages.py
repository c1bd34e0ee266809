#!/usr/bin/env python3
"""Fails when a message key used in src/ is missing from a catalogue, when the catalogues differ in keys or placeholders, or a key is unused."""
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def main() -> int:
    catalogues = {lang: json.loads((ROOT / f"data/messages.{lang}.json").read_text()) for lang in ("en", "zh")}
    problems = []
    for lang, other in (("en", "zh"), ("zh", "en")):
        problems += [f"{key}: in {lang}, not in {other}" for key in catalogues[lang] if key not in catalogues[other]]
    for key, text in catalogues["en"].items():
        translated = catalogues["zh"].get(key, "")
        if text.count("{") != translated.count("{"):
            problems.append(f"{key}: placeholders differ between en and zh")
    source = "\n".join(p.read_text() for p in (ROOT / "src").rglob("*.cpp"))
    quoted = set(re.findall(r'"([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+)"', source))
    # "command." + name, and format("command.{}", name)
    prefixes = set(re.findall(r'"([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*\.)(?:"|\{\})', source))
    # ... and {0:field} of a Chinese sentence
    prefixes |= {family + "." for family in re.findall(r"\{\d*:([a-z.]+)\}", (ROOT / "data/sentences.zh.json").read_text())}
    used = {key for key in catalogues["en"] if key in quoted or any(key.startswith(p) for p in prefixes)}
    families = {key.split(".")[0] for key in catalogues["en"]}
    suffixes = (".json", ".txt", ".csv", ".h", ".cpp", ".xml", ".toml", ".db", ".utf8", ".parquet", ".sql", ".tsv", ".html", ".pdf", ".docx", ".lock", ".part", ".md", ".gz")
    for key in sorted(quoted):
        if key.split(".")[0] in families and key not in catalogues["en"] and not key.endswith(suffixes):
            problems.append(f"{key}: used in src/, in no catalogue")
    problems += [f"{key}: in the catalogues, used nowhere" for key in catalogues["en"] if key not in used]
    print("\n".join(problems) or f"{len(catalogues['en'])} messages in two languages, all used")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
