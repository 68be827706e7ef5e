"""`python -m search.bench --engine embedded|elasticsearch --documents N …`: what a search box and a matcher ask, timed.

The corpus is synthetic (`search.corpus`). Elasticsearch is the one at ELASTICSEARCH_URL; its indexes of this run are
removed at the end. Prints one JSON object for each number of documents, and with several a last one that says how each
figure grows. Times in milliseconds (`cpu`: of this process, `ratio`: cpu in yardsticks of the same moment), memory in MB
(10^6 bytes).

`python -m search.bench beside --documents N`: the same corpus and questions with plain tantivy, SQLite FTS5, PostgreSQL
trigrams (the server at DATABASE_URL, if any) and numpy.
"""

import argparse
import json
import os
import sys
from typing import Any

from search.analysis import Tokeniser
from search.bench.beside import beside
from search.bench.building import PROCESSES
from search.bench.measure import growth, measure
from search.bench.stores import opened


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m search.bench", description=__doc__)
    parser.add_argument("what", nargs="?", choices=("engine", "beside"), default="engine")
    parser.add_argument("--engine", choices=("embedded", "elasticsearch"), default="embedded")
    parser.add_argument("--documents", type=int, nargs="+", default=[10_000])
    parser.add_argument("--queries", type=int, default=100, help="how many of each type are timed")
    parser.add_argument("--dims", type=int, default=0, help="dimensions of the vectors; 0: none")
    chosen = parser.parse_args(arguments)
    address = os.environ.get("ELASTICSEARCH_URL", "")
    if chosen.what == "engine" and chosen.engine == "elasticsearch" and not address:
        parser.error("ELASTICSEARCH_URL names no server")
    if chosen.what == "beside":
        for number in chosen.documents:
            _print(beside(number, chosen.queries, chosen.dims, os.environ.get("DATABASE_URL", "")))
    else:
        _engine(chosen, address)


def _engine(chosen: argparse.Namespace, address: str) -> None:
    tokeniser = Tokeniser(PROCESSES)
    reports = []
    for number in chosen.documents:
        with opened(chosen.engine, address) as store:
            reports.append(measure(store, tokeniser, chosen.engine, number, chosen.queries, chosen.dims))
        _print(reports[-1])
    tokeniser.close()
    if len(reports) > 1:
        _print(growth(reports))


def _print(report: dict[str, Any]) -> None:
    json.dump(report, sys.stdout, ensure_ascii=False)
    print(flush=True)


if __name__ == "__main__":
    main()
