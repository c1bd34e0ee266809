#!/usr/bin/env python3
"""make_titles.py RECORDS OUT.tsv [SEED]: bibliographic records with planted duplicates, the same bytes every time.

Columns: id, work, source, title, authors ("; " between), year, venue. About a fifth of the records tell of a work that another record tells
of, too, spelt as another index would spell it: initials, slips of a letter, a word dropped, another venue form, a year beside. Different
works share title beginnings ("... part 2", serial titles), as real ones do.
"""
import random
import sys

ONSETS = "b br c ch d dr f fl g gr h k l m n p pl pr qu r s sh st t tr v w".split()
VOWELS = "a e i o u ai ea io ou".split()
CODAS = "n r s t l m nd st ng ve ct x".split() + [""] * 6


def word(rng, syllables):
    return "".join(rng.choice(ONSETS) + rng.choice(VOWELS) + rng.choice(CODAS) for _ in range(syllables))


def zipf_weights(count, exponent):
    total, cumulative = 0.0, []
    for rank in range(count):
        total += 1.0 / (rank + 10) ** exponent
        cumulative.append(total)
    return cumulative


def slip(rng, text):
    if len(text) < 6:
        return text
    at = rng.randrange(1, len(text) - 1)
    kind = rng.randrange(3)
    if kind == 0:
        return text[:at] + text[at + 1:]
    if kind == 1:
        return text[:at] + text[at + 1] + text[at] + text[at + 2:]
    return text[:at] + rng.choice("aeiounrst") + text[at + 1:]


def main():
    record_count, path = int(sys.argv[1]), sys.argv[2]
    rng = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    vocabulary = sorted({word(rng, rng.choice((1, 2, 2, 2, 3, 3))) for _ in range(60000)})
    rng.shuffle(vocabulary)
    words = zipf_weights(len(vocabulary), 1.0)
    families = sorted({word(rng, rng.choice((1, 2, 2))).capitalize() for _ in range(20000)})
    rng.shuffle(families)
    family_weights = zipf_weights(len(families), 0.8)
    givens = sorted({word(rng, rng.choice((1, 2))).capitalize() for _ in range(1500)})
    rng.shuffle(givens)
    given_weights = zipf_weights(len(givens), 0.8)
    venues = []
    for _ in range(2000):
        name = " ".join(w.capitalize() for w in rng.choices(vocabulary, cum_weights=words, k=rng.choice((1, 2, 3))))
        venues.append((rng.choice(("Journal of ", "Conference on ", "Transactions on ", "")) + name).strip())
    stop = ("of", "in", "for", "the", "on", "with", "and", "by")
    with open(path, "w", encoding="utf-8") as out:
        written, work = 0, 0
        while written < record_count:
            title = []
            for w in rng.choices(vocabulary, cum_weights=words, k=rng.choice((4, 5, 6, 7, 8, 9, 10, 11, 12))):
                title.append(w)
                if rng.random() < 0.3:
                    title.append(rng.choice(stop))
            while title[-1] in stop:
                title.pop()
            title = " ".join(title).capitalize()
            authors = [(rng.choices(givens, cum_weights=given_weights)[0], rng.choices(families, cum_weights=family_weights)[0]) for _ in range(rng.choice((1, 1, 2, 2, 3, 3, 4, 5, 6)))]
            year, venue = rng.randrange(1980, 2026), rng.choice(venues)
            works = [(title, year)]
            if rng.random() < 0.01:  # parts are works of their own
                works = [(title + ": part %d" % part, year) for part in (1, 2)]
            for of_work, in_year in works:
                copies = 1 if rng.random() >= 0.1 else rng.choice((2, 2, 2, 3))
                for copy in range(copies):
                    t, a, y, v = of_work, [g + " " + f for g, f in authors], in_year, venue
                    if copy > 0:
                        if rng.random() < 0.5:
                            for _ in range(rng.choice((1, 1, 2))):
                                t = slip(rng, t)
                        elif rng.random() < 0.15 and len(t.split()) > 6 and "part" not in t:
                            parts = t.split()
                            del parts[rng.randrange(1, len(parts))]
                            t = " ".join(parts)
                        if rng.random() < 0.5:
                            t = t.title()
                        if rng.random() < 0.6:
                            a = [f + ", " + g[0] + "." for g, f in authors]
                        if rng.random() < 0.15 and len(a) > 1:
                            a = a[:-1]
                        if rng.random() < 0.08:
                            y += rng.choice((-1, 1))
                        if rng.random() < 0.3:
                            v = "" if rng.random() < 0.5 else " ".join(w[:4] + "." if len(w) > 5 else w for w in v.split())
                    out.write("%d\t%d\t%s\t%s\t%s\t%d\t%s\n" % (written, work, "abc"[copy], t, "; ".join(a), y, v))
                    written += 1
                work += 1


if __name__ == "__main__":
    main()
