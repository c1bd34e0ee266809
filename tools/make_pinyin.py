#!/usr/bin/env python3
"""Writes the pinyin syllable of each Chinese character (U+4E00-U+9FFF) as two C++ tables: make_pinyin.py UNIHAN_READINGS.bz2 OUT.inc

Source: kMandarin of the Unicode Han database (the most common reading; of several, the one preferred for zh-Hans). Tones are dropped, as
names in Latin letters drop them; ü is written v, as family names do (Lv).
"""
import bz2
import sys
import unicodedata

FIRST, LAST = 0x4E00, 0x9FFF


def plain(syllable):
    letters = []
    for letter in unicodedata.normalize("NFD", syllable):
        if letter == "\u0308" and letters and letters[-1] == "u":
            letters[-1] = "v"
        elif not unicodedata.combining(letter):
            letters.append(letter)
    return "".join(letters)


def main():
    readings = {}
    with bz2.open(sys.argv[1], "rt", encoding="utf-8") as file:
        for line in file:
            parts = line.rstrip("\n").split("\t")
            if len(parts) == 3 and parts[1] == "kMandarin":
                code_point = int(parts[0][2:], 16)
                if FIRST <= code_point <= LAST:
                    readings[code_point] = plain(parts[2].split()[0])
    if len(readings) < 20000:
        sys.exit(f"{sys.argv[1]}: only {len(readings)} readings; is this Unihan_Readings.txt.bz2 of the package unicode-data?")
    syllables = sorted(set(readings.values()))
    index = {syllable: number + 1 for number, syllable in enumerate(syllables)}
    with open(sys.argv[2], "w", encoding="ascii") as out:
        out.write('constexpr std::string_view kSyllables[] = {"",' + ",".join(f'"{s}"' for s in syllables) + "};\n")
        out.write("constexpr std::uint16_t kSyllableOf[] = {" + ",".join(str(index.get(readings.get(c, ""), 0)) for c in range(FIRST, LAST + 1)) + "};\n")


main()
