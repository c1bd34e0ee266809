#!/usr/bin/env python3
"""Writes an OpenAlex-like file of works, one JSON object a line: the same bytes for the same arguments.

usage: make_openalex_jsonl.py MEGABYTES OUT.jsonl [SEED]

Every work has its own id, a title, an abstract as inverted index (nine in ten), one to eight authorships with institutions, up to forty
referenced works, topics, keywords and the nested objects of the API that a reader has to skip. Words follow Zipf's law over an invented
vocabulary, so that text neither repeats exactly nor compresses like noise. One work in twenty is Chinese.
"""
import json
import random
import sys

SYLLABLES = ["ba", "con", "de", "tro", "mi", "ra", "sen", "ti", "lo", "gra", "phe", "ne", "mo", "du", "lar", "ki", "ver", "so", "pan", "el", "ur", "ist"]
FUNCTION_WORDS = ["the", "of", "and", "in", "a", "to", "for", "is", "with", "that", "on", "by", "we", "are", "this", "as", "from", "an", "which", "be"]
HAN = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严"
COUNTRIES = ["US", "CN", "DE", "GB", "JP", "FR", "IN", "KR", "IT", "BR", "CA", "AU"]


def main() -> None:
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    limit = int(float(sys.argv[1]) * 1e6)
    rng = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    vocabulary = sorted({"".join(rng.choice(SYLLABLES) for _ in range(rng.randint(2, 4))) for _ in range(30000)})
    rng.shuffle(vocabulary)
    weights, total = [], 0.0
    for rank in range(len(vocabulary)):
        total += 1.0 / (rank + 10)
        weights.append(total)
    names = [w.capitalize() for w in vocabulary[:4000]]
    institutions = [("https://openalex.org/I%d" % (10**6 + i), "University of " + rng.choice(names), rng.choice(COUNTRIES), "https://ror.org/0%08d" % i) for i in range(3000)]

    def words(count):
        content = rng.choices(vocabulary, cum_weights=weights, k=count)
        return [rng.choice(FUNCTION_WORDS) if i % 3 == 1 else word for i, word in enumerate(content)]

    written = 0
    with open(sys.argv[2], "w", encoding="utf-8", newline="\n") as out:
        number = 0
        while written < limit:
            number += 1
            year = rng.randint(1990, 2024)
            date = "%d-%02d-%02d" % (year, rng.randint(1, 12), rng.randint(1, 28))
            chinese = rng.random() < 0.05
            if chinese:
                title = "".join(rng.choices(HAN, k=rng.randint(10, 30)))
                abstract = ["".join(rng.choices(HAN, k=rng.randint(5, 25))) + "，" for _ in range(rng.randint(5, 15))]
            else:
                title = " ".join(words(rng.randint(6, 16))).capitalize()
                abstract = words(rng.randint(60, 160))
                abstract = [w + ("." if i % 17 == 16 else "") for i, w in enumerate(abstract)]
            inverted = None
            if rng.random() < 0.9:
                inverted = {}
                for i, word in enumerate(abstract):
                    inverted.setdefault(word, []).append(i)
            authorships = []
            for i in range(rng.randint(1, 8)):
                institution = rng.choice(institutions)
                name = "%s %s. %s" % (rng.choice(names), rng.choice("ABCDEFGHJKLMN"), rng.choice(names))
                authorships.append({
                    "author_position": "first" if i == 0 else "middle",
                    "author": {"id": "https://openalex.org/A%d" % rng.randint(5 * 10**9, 6 * 10**9), "display_name": name, "orcid": None},
                    "institutions": [{"id": institution[0], "display_name": institution[1], "ror": institution[3], "country_code": institution[2],
                                      "type": "education", "lineage": [institution[0]]}],
                    "countries": [institution[2]], "is_corresponding": i == 0, "raw_author_name": name,
                    "raw_affiliation_strings": ["Department of %s, %s" % (rng.choice(names), institution[1])]})
            work_id = "https://openalex.org/W%d" % (2 * 10**9 + number * 7)
            doi = "https://doi.org/10.%d/%s.%d" % (rng.randint(1000, 9999), rng.choice(vocabulary), number)
            topic = rng.randint(10000, 14000)
            work = {
                "id": work_id, "doi": doi, "title": title, "display_name": title, "publication_year": year, "publication_date": date,
                "ids": {"openalex": work_id, "doi": doi, "mag": str(2 * 10**9 + number)}, "language": None if rng.random() < 0.3 else ("zh" if chinese else "en"),
                "primary_location": {"is_oa": True, "landing_page_url": doi, "pdf_url": None,
                                     "source": {"id": "https://openalex.org/S%d" % rng.randint(10**6, 10**6 + 900), "display_name": "Journal of " + rng.choice(names), "issn_l": None,
                                                "type": "journal"}, "license": None, "version": "publishedVersion"},
                "type": "article", "type_crossref": "journal-article", "indexed_in": ["crossref"],
                "open_access": {"is_oa": True, "oa_status": "gold", "oa_url": doi, "any_repository_has_fulltext": False},
                "authorships": authorships, "cited_by_count": int(rng.expovariate(0.1)),
                "biblio": {"volume": str(rng.randint(1, 80)), "issue": str(rng.randint(1, 12)), "first_page": str(number % 900), "last_page": str(number % 900 + 11)},
                "is_retracted": False, "is_paratext": False,
                "primary_topic": {"id": "https://openalex.org/T%d" % topic, "display_name": "Advances in " + rng.choice(names), "score": round(rng.random(), 4),
                                  "subfield": {"id": "https://openalex.org/subfields/1702", "display_name": "Artificial Intelligence"},
                                  "field": {"id": "https://openalex.org/fields/17", "display_name": "Computer Science"}},
                "keywords": [{"id": "https://openalex.org/keywords/" + w, "display_name": w.capitalize(), "score": round(rng.random(), 4)} for w in rng.choices(vocabulary, k=rng.randint(0, 6))],
                "referenced_works": ["https://openalex.org/W%d" % (2 * 10**9 + 7 * rng.randint(1, 400000)) for _ in range(rng.randint(0, 40))],
                "abstract_inverted_index": inverted,
                "counts_by_year": [{"year": y, "cited_by_count": rng.randint(1, 30)} for y in range(2024, 2024 - rng.randint(1, 6), -1)],
                "updated_date": "2024-11-%02dT10:00:00" % rng.randint(1, 28), "created_date": date}
            line = json.dumps(work, ensure_ascii=False, separators=(",", ":")) + "\n"
            written += len(line.encode("utf-8"))
            out.write(line)


if __name__ == "__main__":
    main()
