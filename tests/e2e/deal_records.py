"""Deals the records of a RIS file: every tenth into more.ris, the others into most.ris; and writes theme.ris, a theme none of them has."""
import sys

with open(sys.argv[1], encoding="utf-8") as source:
    records = [record + "ER  - \n" for record in source.read().split("ER  -")[:-1]]
with open("most.ris", "w", encoding="utf-8") as most, open("more.ris", "w", encoding="utf-8") as more:
    for i, record in enumerate(records):
        (more if i % 10 == 3 else most).write(record.lstrip("\n\r ") + "\n")

WORDS = ["zeppelin mooring", "helium envelope", "airship hangar", "gondola ballast", "dirigible propeller", "rigid girder", "aerostat tether", "buoyancy valve"]
with open("theme.ris", "w", encoding="utf-8") as theme:
    for i in range(80):
        first, second, third, fourth = (WORDS[(i * step + shift) % len(WORDS)] for step, shift in ((1, 0), (3, 1), (5, 2), (7, 4)))
        theme.write(f"TY  - JOUR\nID  - theme{i}\nTI  - {first.capitalize()} and {second} number {i}\nAU  - Count, Zed {i}\nPY  - {2015 + i % 6}\n"
                    f"AB  - The {first} of test {i} meets the {second}. Each {third} was measured beside the {fourth}; the {first} held, and the {third} did not leak.\nER  - \n\n")
