"""`python -m matching.bench quality DIR …`, `speed …` and `knowledge VERSION`."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path

from matching.bench.fit import Folder, fit
from matching.bench.knowledge import build
from matching.bench.quality import judge
from matching.bench.speed import measure


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m matching.bench", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    quality = commands.add_parser("quality", help="rank a judged folder and print how good the ranking is")
    quality.add_argument("folder", type=Path, help="holds queries.jsonl, qrels.txt and often docs.jsonl")
    quality.add_argument("--docs", type=Path, help="documents, when the folder has none of its own")
    quality.add_argument("--query", choices=("text", "long"), default="text")
    quality.add_argument("--k", type=int, default=10)
    quality.add_argument("--encoder", choices=("none", "bundled"), default="bundled")
    speed = commands.add_parser("speed", help="time needs against synthetic offers")
    speed.add_argument("--needs", type=int, required=True)
    speed.add_argument("--offers", type=int, required=True)
    speed.add_argument("--engine", choices=("embedded",), default="embedded")
    knowledge = commands.add_parser("knowledge", help="make a version of the knowledge from its tables")
    knowledge.add_argument("version")
    fitting = commands.add_parser("fit", help="fit the weights of the text relevance to judged folders")
    fitting.add_argument("folders", nargs="+", type=Folder.parse, metavar="DIR:DOCS:FIELD:WEIGHT")
    fitting.add_argument("--encoder", choices=("none", "bundled"), default="bundled")
    chosen = parser.parse_args()
    found: Mapping[str, object]
    if chosen.command == "quality":
        documents = chosen.docs or chosen.folder / "docs.jsonl"
        found = judge(chosen.folder, documents, chosen.query, chosen.k, chosen.encoder)
    elif chosen.command == "fit":
        found = fit(chosen.folders, chosen.encoder)
    elif chosen.command == "knowledge":
        found = build(chosen.version)
    else:
        found = measure(chosen.needs, chosen.offers)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
