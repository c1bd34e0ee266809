#!/usr/bin/env python3
"""Labelled author signatures of the test corpora as the TSV that bench_persons reads: persons.py CORPORA OUT_FOLDER

qian.tsv: names and organisations (gold-author-names). acl.tsv: all signatures of the ACL Anthology with their co-authors; labelled are those
whose name the Anthology's editors give more than one person.
"""
import collections
import gzip
import json
import os
import sys
import tarfile
import xml.etree.ElementTree as ET


def clean(text):
    return " ".join((text or "").replace("|", " ").split())


def write(path, rows):
    with open(path, "w", encoding="utf-8") as out:
        for row in rows:
            out.write("\t".join(row) + "\n")
    print(path, len(rows))


def qian(corpora):
    for line in gzip.open(os.path.join(corpora, "gold-author-names", "qian.jsonl.gz"), "rt", encoding="utf-8"):
        s = json.loads(line)
        given = clean(f"{s['first'] or ''} {s['middle'] or ''}")
        yield [str(s["paper_id"]), "", clean(s["last"]), given, "|".join(clean(a) for a in s["affiliations"]), "", s["true_cluster"]]


def acl(corpora):
    signatures = []
    archive = tarfile.open(os.path.join(corpora, "acl-anthology", "acl-anthology-xml.tar.gz"))
    for member in archive:
        if not member.name.endswith(".xml"):
            continue
        root = ET.parse(archive.extractfile(member)).getroot()
        for volume in root.iter("volume"):
            for paper in volume.iter("paper"):
                title = clean("".join(paper.find("title").itertext())) if paper.find("title") is not None else ""
                record = f"{member.name}.{volume.get('id')}.{paper.get('id')}"
                for author in paper.findall("author"):
                    signatures.append((record, clean(author.findtext("last")), clean(author.findtext("first")), author.get("id"), title))
    persons = collections.defaultdict(set)
    for _, family, given, person, _ in signatures:
        if person:
            persons[family, given].add(person)
    for record, family, given, person, title in signatures:
        yield [record, "", family, given, "", title, person if person and len(persons[family, given]) > 1 else ""]


def main():
    corpora, folder = sys.argv[1:3]
    os.makedirs(folder, exist_ok=True)
    write(os.path.join(folder, "qian.tsv"), list(qian(corpora)))
    write(os.path.join(folder, "acl.tsv"), list(acl(corpora)))


main()
