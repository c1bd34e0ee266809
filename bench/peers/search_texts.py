"""Makes the two files of the search benchmark from JSONL records: documents.txt (title and abstract) and queries.txt (four words of a title each).

usage: search_texts.py FOLDER RECORDS.jsonl.gz... [--copies N]

Words are letters and digits in lower case, English function words left out, so that every engine sees the same terms. With --copies N the collection is
repeated N times with its words shuffled inside each document and a tenth of them replaced, for a larger index.
"""
import gzip
import json
import pathlib
import random
import re
import sys

STOP = set("a an and are as at be but by for if in into is it no not of on or such that the their then there these they this to was will with we our can from which".split())


def words(text):
    return [word for word in re.findall(r"[a-z0-9]+", text.lower()) if word not in STOP]


arguments = sys.argv[1:]
copies = int(arguments[arguments.index("--copies") + 1]) if "--copies" in arguments else 1
if "--copies" in arguments:
    del arguments[arguments.index("--copies"):arguments.index("--copies") + 2]
folder = pathlib.Path(arguments[0])
titles, texts = [], []
for path in arguments[1:]:
    with gzip.open(path, "rt", encoding="utf-8") as source:
        for line in source:
            record = json.loads(line)
            title = words(record.get("title") or "")
            text = title + words(record.get("abstract") or "")
            if len(text) > 20:
                titles.append(title)
                texts.append(text)
draw = random.Random(1)
vocabulary = [word for text in draw.sample(texts, min(5000, len(texts))) for word in text]
folder.mkdir(parents=True, exist_ok=True)
with open(folder / "documents.txt", "w", encoding="utf-8") as file:
    for copy in range(copies):
        for text in texts:
            if copy > 0:
                text = [draw.choice(vocabulary) if draw.random() < 0.1 else word for word in text]
            file.write(" ".join(text) + "\n")
with open(folder / "queries.txt", "w", encoding="utf-8") as file:
    for title in draw.sample([title for title in titles if len(title) >= 4], 2000):
        file.write(" ".join(draw.sample(title, 4)) + "\n")
print(len(texts) * copies, "documents")
