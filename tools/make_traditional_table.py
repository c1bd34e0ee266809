#!/usr/bin/env python3
"""make_traditional_table.py Unihan_Variants.txt.bz2 >data/traditional_to_simplified.txt

Which character stands for a traditional one in simplified text, from the field kSimplifiedVariant of the Unicode Han Database (Debian:
unicode-data). Kept: pairs inside the block U+4E00..U+9FFF, so that a folded text keeps its length in bytes. A character that GB 2312 has is
one of simplified text itself and stays, but for the few that stand there for surnames and old words only.
"""
import bz2
import sys

OLD_WORDS = "於乾瞭藉摺麽夥"  # in GB 2312, yet another character writes them today


def main() -> None:
    pairs = {}
    for line in bz2.open(sys.argv[1], "rt", encoding="utf-8"):
        fields = line.rstrip("\n").split("\t")
        if len(fields) != 3 or fields[1] != "kSimplifiedVariant":
            continue
        source = chr(int(fields[0][2:], 16))
        targets = [chr(int(code[2:], 16)) for code in fields[2].split()]
        targets = [t for t in targets if t != source and 0x4E00 <= ord(t) <= 0x9FFF]
        if not targets or not 0x4E00 <= ord(source) <= 0x9FFF:
            continue
        try:
            source.encode("gb2312")
            if source not in OLD_WORDS:
                continue
        except UnicodeEncodeError:
            pass
        pairs[source] = targets[0]
    # A chain ends at its end.
    for source, target in pairs.items():
        while target in pairs:
            target = pairs[target]
        pairs[source] = target
    print("# Traditional characters and the simplified ones they are compared as: pairs, one after the other.")
    print("# Made by tools/make_traditional_table.py from Unihan_Variants.txt of Unicode 15.0 (Unicode licence).")
    line = ""
    for source in sorted(pairs):
        line += source + pairs[source] + " "
        if len(line) >= 96:
            print(line.rstrip())
            line = ""
    if line:
        print(line.rstrip())


main()
