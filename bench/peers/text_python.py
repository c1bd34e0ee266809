#!/usr/bin/env python3
"""text_python.py phrases|keyphrases FILE: gensim Phrases, YAKE (bench/peers/requirements.txt) on a file with one document a line, in processor seconds.

Phrases: sentences are tokenized before the clock starts; learning the pairs (as many counts as ours) is timed. YAKE: up to three words, ten phrases, as its authors advise."""
import re
import sys
import time

what, path = sys.argv[1:3]
lines = [line.strip() for line in open(path, encoding="utf-8") if line.strip()]
rates = []
if what == "phrases":
    from gensim.models.phrases import Phrases
    sentences = [s.lower().split() for line in lines for s in (" ".join(re.findall(r"\w+", part)) for part in re.split(r"[.;:?!]\s", line)) if s]
    amount, unit = sum(map(len, sentences)) / 1e6, "M tokens"
    work = lambda: Phrases(sentences, min_count=5, threshold=0.1, scoring="npmi", max_vocab_size=400_000_000)
else:
    import yake
    amount, unit = len(lines), "documents"
    extractor = yake.KeywordExtractor(lan="en", n=3, top=10)
    work = lambda: [extractor.extract_keywords(line) for line in lines]
for _ in range(5 if what == "phrases" else 3):
    start = time.process_time()
    work()
    rates.append(amount / (time.process_time() - start))
    print(f"{what} {amount / rates[-1]:.3f} CPU s, {rates[-1]:.2f} {unit}/s", flush=True)
print(f"{what} median {sorted(rates)[len(rates) // 2]:.2f} {unit}/s")
