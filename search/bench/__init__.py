"""What a search box and a matcher ask of an engine, timed; and the same asked of plain tools beside it.

`python -m search.bench --engine embedded|elasticsearch --documents N …` and `python -m search.bench beside --documents N`.
"""
