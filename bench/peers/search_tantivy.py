"""tantivy on the files of search_texts.py: words parted at blanks, one writing thread, in memory. Packages: bench/peers/requirements.txt.  usage: search_tantivy.py DOCUMENTS QUERIES HITS"""
import sys
import time

import tantivy

documents = [line.strip() for line in open(sys.argv[1], encoding="utf-8")]
queries = [line.strip() for line in open(sys.argv[2], encoding="utf-8")]
builder = tantivy.SchemaBuilder()
builder.add_integer_field("number", stored=True, fast=False)
builder.add_text_field("text", stored=False, tokenizer_name="whitespace", index_option="freq")
start, cpu_start = time.time(), time.process_time()
index = tantivy.Index(builder.build())
writer = index.writer(heap_size=1_000_000_000, num_threads=1)
for number, text in enumerate(documents):
    writer.add_document(tantivy.Document(number=number, text=text))
writer.commit()
writer.wait_merging_threads()
cpu = time.process_time() - cpu_start
print(f"tantivy {tantivy.__version__} index: {time.time() - start:.2f} s, {cpu:.2f} s of processors, {len(documents) / cpu:.0f} documents a processor second")
index.reload()
searcher = index.searcher()
parsed = [index.parse_query(query, ["text"]) for query in queries]
start, cpu_start = time.time(), time.process_time()
found = [searcher.search(query, 10, count=False).hits for query in parsed]
cpu = time.process_time() - cpu_start
print(f"tantivy search: {time.time() - start:.2f} s, {cpu:.3f} s of processors, {len(queries) / cpu:.0f} queries a processor second ({searcher.num_segments} segments)")
with open(sys.argv[3], "w", encoding="utf-8") as file:
    for hits in found:
        file.write(" ".join(str(searcher.doc(address)["number"][0]) for _, address in hits) + "\n")
