"""Writes a folder of small bilingual exports as people have them: several formats, encodings and wrappings, one bad record.

The pairs of titles are versions of one paper in two sources, so that merges can be looked at.
"""
import gzip
import pathlib
import sys
import zipfile

folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)


def ris(number, title, year, doi, abstract=""):
    return f"TY  - JOUR\nAU  - Smith, Ann\nAU  - Li, Wei\nTI  - {title}\nPY  - {year}\nT2  - Journal of Examples\nDO  - {doi}\nAB  - {abstract}\nID  - R{number}\nER  - \n\n"


solid = "Solid state battery electrolytes with sulfide glass"
robots = "Soft robots that grasp fragile fruit"
(folder / "wos.ris").write_text(ris(1, solid, 2019, "10.1000/solid", "We study sulfide electrolytes.") + ris(2, robots, 2020, "10.1000/soft"))

cnki = "题名,作者,年份,来源,关键词,摘要\n固态电池电解质的界面研究,张伟;李娜,2021,电化学,固态电池;界面,本文研究固态电池界面。\n软体机器人的抓取控制,王芳,2020,机器人,软体机器人,本文研究抓取。\n"
(folder / "cnki.csv").write_bytes(cnki.encode("gb18030"))

nsfc = "项目名称\t负责人\t批准年份\t项目编号\n高镍正极材料的失效机理\t赵敏\t2018\t51800001\n"
(folder / "projects.tsv").write_bytes(nsfc.encode("utf-16"))

scopus = '"Authors","Title","Year","Source title","DOI","Source","EID"\n"Smith A., Li W.","' + solid + '","2019","Journal of Examples","10.1000/solid","Scopus","2-s2.0-1"\n"Diaz P.","Kernel machines revisited","2008","Methods","10.1000/kernel","Scopus","2-s2.0-2"\n'
with gzip.GzipFile(folder / "scopus.csv.gz", "wb", mtime=0) as file:
    file.write(scopus.encode())

with zipfile.ZipFile(folder / "bundle.zip", "w") as bundle:
    bundle.writestr("in/refs.bib", '@article{gan, title={Generative models of {DNA}}, author={M{\\"u}ller, J.}, year={2021}, journal={Examples}}\n')
    bundle.writestr("in/good_and_bad.jsonl", '{"id":"j1","title":"Photonic chips for sensing","year":2022}\n{"id":"j2","title":"A broken line","year":20\n')
