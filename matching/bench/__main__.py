"""How well and how fast the product's own retrieval and scoring work. Each command prints one line of JSON.

A judged folder holds queries.jsonl (qid, text, sometimes long, kind = talent | problem | internship, degree), qrels.txt
(TREC: qid 0 docid grade) and documents (docid, title, text, sometimes level, kind = major | lab | teacher).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path

from matching.bench.beside import beside
from matching.bench.fit import fit
from matching.bench.folders import Folder, documents_of
from matching.bench.gold import judge_gold
from matching.bench.knowledge import build
from matching.bench.quality import judge
from matching.bench.speed import measure

_FOLDERS = "DIR[:DOCS[:FIELD[:WEIGHT]]]"
_FOLDER_HELP = "judged folders; DOCS: their documents (else docs.jsonl in DIR or above); FIELD: text or long"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m matching.bench",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True)
    for name, told in (
        ("quality", "rank a judged folder and print recall, nDCG, reciprocal rank and milliseconds a query"),
        ("gold", "print nDCG with 95%% intervals for each kind of need, the share of pairings among each other's "
                 "first ten that suit (grade 2 or 3), the share of vetoed pairs with grade 0, and how nDCG changes "
                 "without each feature"),
    ):  # fmt: skip
        judged = commands.add_parser(name, help=told, description=told)
        judged.add_argument("folder", type=Path, help="holds queries.jsonl, qrels.txt and often docs.jsonl")
        judged.add_argument("--docs", type=Path, help="documents; else docs.jsonl in the folder or above it")
        judged.add_argument("--query", choices=("text", "long"), default="text")
        judged.add_argument("--encoder", choices=("none", "bundled"), default="bundled")
        if name == "quality":
            judged.add_argument("--k", type=int, default=10)
    told = "rank judged folders with this product, BM25, vectors alone, rapidfuzz and a plain mix: nDCG, CPU, memory"
    compared = commands.add_parser("beside", help=told, description=told)
    compared.add_argument("folders", nargs="+", type=Folder.parse, metavar=_FOLDERS, help=_FOLDER_HELP)
    compared.add_argument("--encoder", choices=("none", "bundled"), default="bundled")
    speed = commands.add_parser("speed", help="time needs against synthetic offers")
    speed.add_argument("--needs", type=int, required=True)
    speed.add_argument("--offers", type=int, required=True)
    speed.add_argument("--engine", choices=("embedded",), default="embedded")
    knowledge = commands.add_parser("knowledge", help="make a version of the knowledge from its tables")
    knowledge.add_argument("version")
    fitting = commands.add_parser(
        "fit", help="fit the weights of the text relevance to judged folders (needs scipy)"
    )
    fitting.add_argument("folders", nargs="+", type=Folder.parse, metavar=_FOLDERS, help=_FOLDER_HELP)
    fitting.add_argument("--encoder", choices=("none", "bundled"), default="bundled")
    return parser


def _run(chosen: argparse.Namespace) -> Mapping[str, object]:
    if chosen.command in ("quality", "gold"):
        documents = chosen.docs or documents_of(chosen.folder)
        if chosen.command == "gold":
            return judge_gold(chosen.folder, documents, chosen.query, chosen.encoder)
        return judge(chosen.folder, documents, chosen.query, chosen.k, chosen.encoder)
    if chosen.command == "beside":
        return beside(chosen.folders, chosen.encoder)
    if chosen.command == "fit":
        return fit(chosen.folders, chosen.encoder)
    if chosen.command == "knowledge":
        return build(chosen.version)
    return measure(chosen.needs, chosen.offers)


if __name__ == "__main__":
    print(json.dumps(_run(_parser().parse_args())))
