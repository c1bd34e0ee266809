# Key phrases of a file alone, of a file against a workspace, and of records.
python3 - <<'P'
subjects = ["Soil moisture under winter wheat", "Robot arms for warehouses", "Drug delivery by liposomes", "Sea ice in climate models"]
with open("refs.ris", "w") as out:
    for i in range(24):
        title = "Graphene membranes for water" if i == 0 else subjects[i % 4]
        text = "We show that graphene membranes reject salt. The flow of water through graphene membranes is measured." if i == 0 else f"The flow of water is measured and compared with a model. {subjects[i % 4]} are studied."
        out.write(f"TY  - JOUR\nTI  - {title}\nAB  - {text}\nPY  - {2000 + i % 6}\nID  - K{i}\nER  - \n\n")
P
expect 0 "$JIANWEI" keyphrases refs.ris --json
check 'd["corpus_documents"] == 24 and len(d["documents"]) == 24'
check 'd["documents"][0]["id"] == "K0" and d["documents"][0]["keyphrases"][0] == {"phrase": "graphene membranes", "score": d["documents"][0]["keyphrases"][0]["score"], "count": 3, "documents": 1}'
expect 0 "$JIANWEI" init ws
expect 0 "$JIANWEI" import ws refs.ris
expect 0 "$JIANWEI" search ws graphene --json
id=$(json 'd["hits"][0]["id"] if "hits" in d else d["results"][0]["id"]')
expect 0 "$JIANWEI" keyphrases ws "$id" --top 3 --json
check 'len(d["documents"]) == 1 and d["documents"][0]["keyphrases"][0]["phrase"] == "graphene membranes" and len(d["documents"][0]["keyphrases"]) == 3'
expect 0 "$JIANWEI" keyphrases ws K0
says "graphene membranes"
expect 3 "$JIANWEI" keyphrases ws r0000000000000000
expect 2 "$JIANWEI" keyphrases refs.ris K0
says 'none'
expect 3 "$JIANWEI" keyphrases no-such-file

# A document of its own, told apart by the workspace; Chinese.
printf '石墨烯膜的海水淡化\n\n石墨烯膜可以截留盐离子。本文研究了石墨烯膜的水通量，结果表明石墨烯膜优于反渗透膜。\n' > paper.txt
expect 0 "$JIANWEI" keyphrases paper.txt --corpus ws --json
check 'd["corpus_documents"] == 24 and any("石墨烯" in p["phrase"] for p in d["documents"][0]["keyphrases"][:3])'
expect 0 "$JIANWEI" keyphrases paper.txt --lang zh
says 短语
