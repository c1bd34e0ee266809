#!/usr/bin/env python3
"""Fails on an #include that the layers of CMakeLists.txt do not allow. Run by the test `layers`."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def read_layers(text: str) -> dict[str, set[str]]:
    """Layer -> the layers it may include, directly or through others."""
    allowed: dict[str, set[str]] = {}
    for name, rest in re.findall(r"^layer\((\w+)([^)]*)\)", text, re.M):
        depends = re.search(r"DEPENDS((?:\s+[a-z_]+)+)", rest)
        direct = set(depends.group(1).split()) if depends else set()
        allowed[name] = {name} | direct | {layer for d in direct for layer in allowed[d]}
    return allowed


def main() -> int:
    layers = read_layers((ROOT / "CMakeLists.txt").read_text())
    problems = []
    for path in sorted((ROOT / "src").rglob("*")):
        if path.suffix not in {".h", ".cpp"}:
            continue
        layer = path.relative_to(ROOT / "src").parts[0]
        for number, line in enumerate(path.read_text().splitlines(), 1):
            match = re.match(r'#include "([a-z_]+)/', line)
            if match and match.group(1) in layers and match.group(1) not in layers[layer]:
                problems.append(f"{path.relative_to(ROOT)}:{number}: {layer} may not include {match.group(1)}")
    print("\n".join(problems) or f"{len(layers)} layers, every include allowed")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
