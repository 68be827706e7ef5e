"""How well the search box finds what people wanted: `python -m rongqiao.searching.bench FOLDER [--frozen] [--misses]`.

FOLDER holds tuning.tsv and frozen.tsv: queries as people type them, each with the demo region's postings that are right
(2: what they wanted, 1: acceptable). Beside the product's own search two plain ones answer in the same run: titles and
names in the database, and the engine's BM25 of the text as it was typed. The demo region is loaded into a database and
an index of its own, thrown away at the end; `--here` asks those of the settings, which must hold the demo region.
"""

import argparse
import csv
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from rongqiao.postings.models import Posting

SOURCE = "演示数据"
DEEPEST = 10
WANTED, ACCEPTABLE = 2, 1
TYPES = ("code", "pinyin", "misspelling", "synonym", "long", "two_words", "organisation", "jargon", "words")

# Something that answers: what was typed and the kind of list it was typed in ("" for all) → posting ids, best first.
Way = Callable[[str, str], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Case:
    """One line of the set. `wanted` and `acceptable` are rules, see `selected`."""

    qid: str
    type: str
    kind: str
    noise: str
    query: str
    wanted: str
    acceptable: str


def cases(path: Path) -> list[Case]:
    """The lines of a file of the set; \\n in a query stands for a new line."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, strict=True)
        return [Case(**{**row, "query": row["query"].replace("\\n", "\n")}) for row in rows]


@dataclass(frozen=True, slots=True)
class Entry:
    """An open posting as the rules see it. `text` is all that others may read, the title included."""

    id: int
    key: str
    title: str
    text: str
    fields: Mapping[str, tuple[str, ...]]


def entries() -> dict[str, Entry]:
    """The demo region's open postings by key."""
    from rongqiao.postings import selectors

    rows = selectors.latest_open().filter(source=SOURCE)
    return {row.source_key: _entry(row) for row in rows}


def _entry(posting: "Posting") -> Entry:
    from rongqiao.postings.content import public_content

    content = public_content(posting)
    fields = {
        "kind": (posting.kind,), "org": (posting.organisation.source_key,), "region": (posting.region_code,),
        "major": content.majors, "occupation": content.occupations,
    }  # fmt: skip
    return Entry(posting.pk, posting.source_key, content.title, f"{content.title}\n{content.body}", fields)


def selected(rule: str, region: Mapping[str, Entry]) -> set[str]:
    """The keys that a rule selects: parts joined by ;, each a list of keys (`T011 M029`) or conditions joined by &
    (`kind=major & major=4601*`, `title~焊工|焊接`; | is or, * at the end any ending, ~ holds the words in any case).

    ValueError for a key that is not open, an unknown field, or a part that selects nothing.
    """
    keys: set[str] = set()
    for part in filter(None, (part.strip() for part in rule.split(";"))):
        found = _by_conditions(part, region) if re.search("[=~]", part) else _by_keys(part, region)
        if not found:
            raise ValueError(f"{part}: selects nothing")
        keys |= found
    return keys


def _by_keys(part: str, region: Mapping[str, Entry]) -> set[str]:
    keys = set(part.split())
    if missing := keys - region.keys():
        raise ValueError(f"not open in the demo region: {' '.join(sorted(missing))}")
    return keys


def _by_conditions(part: str, region: Mapping[str, Entry]) -> set[str]:
    conditions = [_condition(words) for words in part.split(" & ")]
    return {key for key, entry in region.items() if all(holds(entry) for holds in conditions)}


def _condition(words: str) -> Callable[[Entry], bool]:
    match = re.fullmatch(r"(title|text)~(.+)|(kind|org|region|major|occupation)=(.+)", words.strip())
    if match is None:
        raise ValueError(f"{words}: not a condition")
    if match[1]:
        sought = [word.casefold() for word in match[2].split("|")]
        return lambda entry: any(word in str(getattr(entry, match[1])).casefold() for word in sought)
    values = match[4].split("|")
    return lambda entry: any(_is(value, has) for value in values for has in entry.fields[match[3]])


def _is(value: str, has: str) -> bool:
    return has.startswith(value[:-1]) if value.endswith("*") else has == value


@dataclass(frozen=True, slots=True)
class Judged:
    """A query with the grades of the postings that are right, by id."""

    case: Case
    typed: str
    grades: Mapping[int, int]


def judged(case: Case, region: Mapping[str, Entry]) -> Judged:
    """A case with its rules resolved, to postings of its kind if it has one, and the numbers of postings ({T046})
    filled in; ValueError names the case."""
    listed = {key for key, entry in region.items() if case.kind in ("", *entry.fields["kind"])}
    try:
        grades = {region[key].id: ACCEPTABLE for key in selected(case.acceptable, region) & listed}
        grades |= {region[key].id: WANTED for key in selected(case.wanted, region) & listed}
        typed = re.sub(r"\{(\w+)\}", lambda match: str(region[match[1]].id), case.query)
    except (ValueError, KeyError) as problem:
        raise ValueError(f"{case.qid} {case.query!r}: {problem}") from problem
    if WANTED not in grades.values():
        raise ValueError(f"{case.qid} {case.query!r}: nothing is what they wanted")
    return Judged(case, typed, grades)


@dataclass
class Tally:
    """What was counted of some queries."""

    queries: int = 0
    first: int = 0
    three: int = 0
    wanted_in_three: int = 0
    reciprocal: float = 0.0
    nothing: int = 0

    def count(self, grades: Mapping[int, int], found: Sequence[int]) -> None:
        """Add one query's answer."""
        right = [grades.get(key, 0) for key in found[:DEEPEST]]
        rank = next((place for place, grade in enumerate(right, 1) if grade), 0)
        self.queries += 1
        self.first += rank == 1
        self.three += 1 <= rank <= 3
        self.wanted_in_three += WANTED in right[:3]
        self.reciprocal += 1 / rank if rank else 0.0
        self.nothing += not found

    def shares(self) -> dict[str, float]:
        """success@1, success@3, wanted@3 (grade 2 only), MRR@10, and the share of queries that found nothing."""
        counts = {
            "success@1": self.first, "success@3": self.three, "wanted@3": self.wanted_in_three,
            "MRR@10": self.reciprocal, "nothing": self.nothing,
        }  # fmt: skip
        return {name: round(count / self.queries, 4) if self.queries else 0.0 for name, count in counts.items()}


@dataclass
class Report:
    """One way's tallies by type of query, of those with noise, and of all; and what it missed."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    missed: list[tuple[Judged, Sequence[int]]] = field(default_factory=list)

    def count(self, query: Judged, found: Sequence[int]) -> None:
        """Add one query's answer. Missed is what has nothing right among the first three."""
        for name in (query.case.type, "noise" if query.case.noise else "", "all"):
            if name:
                self.tallies.setdefault(name, Tally()).count(query.grades, found)
        if not any(query.grades.get(key) for key in found[:3]):
            self.missed.append((query, found))


def measure(queries: Iterable[Judged], ways: Mapping[str, Way]) -> dict[str, Report]:
    """Every way asked every query."""
    reports = {name: Report() for name in ways}
    for query in queries:
        for name, way in ways.items():
            reports[name].count(query, way(query.typed, query.case.kind))
    return reports


def search(typed: str, kind: str) -> list[int]:
    """The product's own search, as anybody asks it over HTTP."""
    from django.test import Client

    asked = {"q": typed, "page_size": str(DEEPEST), **({"kind": kind} if kind else {})}
    answer = Client(SERVER_NAME="localhost").get("/api/v1/search", asked)
    if answer.status_code != 200:
        raise RuntimeError(f"{typed!r}: {answer.status_code} {answer.content.decode()[:300]}")
    return [row["id"] for row in answer.json()["results"]]


def titles(typed: str, kind: str) -> list[int]:
    """Plain: every word in the title or in the name of the organisation, the newest first."""
    from django.db.models import Q

    from rongqiao.postings import selectors

    rows = selectors.latest_open().filter(**{"kind": kind} if kind else {})
    for word in typed.split()[:10]:
        rows = rows.filter(Q(title__icontains=word) | Q(organisation__name__icontains=word))
    return [row.pk for row in rows[:100] if "title" in row.kind_of.visible(row.details)][:DEEPEST]


def bm25(typed: str, kind: str) -> list[int]:
    """Plain: title and body by BM25, the text as it was typed, the best of all kinds first."""
    from rongqiao.indexing.engines import engine
    from rongqiao.indexing.schemas import postings_of
    from rongqiao.postings import kinds
    from search.query import Query

    query = Query(text=typed, fields={"title": 2.0, "body": 1.0}, size=DEEPEST)
    codes = [kind] if kind else [each.code for each in kinds.all_kinds()]
    hits = [hit for code in codes for hit in engine().search(postings_of(code), [query])[0].hits]
    return [hit.key for hit in sorted(hits, key=lambda hit: (-hit.score, hit.key))[:DEEPEST]]


WAYS: dict[str, Way] = {"search": search, "titles": titles, "bm25": bm25}


@contextmanager
def installation(engine: str, here: bool) -> Iterator[None]:
    """Django set up on a demo region of its own in a folder that is thrown away, or on that of the settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rongqiao.config.settings.embedded")
    os.environ["RONGQIAO_SEARCH_ENGINE"] = engine
    os.environ["RONGQIAO_THROTTLE_ANONYMOUS"] = "1000000/min"
    if here:
        django.setup()
        yield
        return
    with TemporaryDirectory(prefix="rongqiao-bench-") as folder:
        os.environ.update(RONGQIAO_VAR=folder, RONGQIAO_WORKER_IN_PROCESS="off", RONGQIAO_MAIL="off")
        # On a server that others use: indexes of its own names.
        os.environ["RONGQIAO_SEARCH_PREFIX"] = "rongqiao_bench"
        for name in ("DATABASE_URL", "RONGQIAO_INDEX", "RONGQIAO_FILES"):
            os.environ.pop(name, None)
        django.setup()
        _load()
        yield


def _load() -> None:
    """Code tables, demo region, search indexes; no pairings, which take longer than all the rest."""
    from django.core.management import call_command

    with Path(os.devnull).open("w") as nowhere:
        for command in (("migrate",), ("load_codes",), ("load_demo",)):
            call_command(*command, verbosity=0, stdout=nowhere, stderr=nowhere)
        call_command("index", "rebuild", "--force", stdout=nowhere, stderr=nowhere)


def table(reports: Mapping[str, Report]) -> Iterator[str]:
    """The lines of the table, types below each other, a block for each way."""
    for name, report in reports.items():
        columns = Tally().shares()
        yield f"{name:14}{'queries':>8}" + "".join(f"{column:>11}" for column in columns)
        for type_ in (*TYPES, "noise", "all"):
            if tally := report.tallies.get(type_):
                yield f"{type_:14}{tally.queries:>8}" + "".join(f"{share:>11.3f}" for share in tally.shares().values())
        yield ""


def as_json(half: str, engine: str, reports: Mapping[str, Report]) -> str:
    """All figures in one line."""
    figures = {
        name: {type_: {"queries": tally.queries, **tally.shares()} for type_, tally in report.tallies.items()}
        for name, report in reports.items()
    }
    return json.dumps({"half": half, "engine": engine, "ways": figures}, ensure_ascii=False)


def misses(report: Report, region: Mapping[str, Entry]) -> Iterator[str]:
    """A line for each query of which nothing right was among the first three: what came, and what was wanted."""
    names = {entry.id: f"{entry.key} {entry.title}" for entry in region.values()}
    for query, found in report.missed:
        wanted = [names[key] for key, grade in query.grades.items() if grade == WANTED]
        came = "｜".join(names.get(key, str(key)) for key in found[:3]) or "—"
        yield f"{query.case.qid}\t{query.typed[:40]!r}\tcame {came}\twanted {'｜'.join(sorted(wanted)[:3])}"


def main(arguments: list[str]) -> None:
    """Print the table, the figures as JSON, and what was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--frozen", action="store_true", help="the half that nothing may be tuned on")
    parser.add_argument("--engine", choices=("embedded", "elasticsearch"), default="embedded")
    parser.add_argument("--here", action="store_true", help="ask the database and the index of the settings")
    parser.add_argument("--misses", action="store_true", help="what the search missed; of the tuning half only")
    asked = parser.parse_args(arguments)
    if asked.frozen and asked.misses:
        parser.error("what is missed of the frozen half is not shown: whoever has seen it tunes on it")
    half = "frozen" if asked.frozen else "tuning"
    with installation(asked.engine, asked.here):
        region = entries()
        reports = measure([judged(case, region) for case in cases(asked.folder / f"{half}.tsv")], WAYS)
        print("\n".join(table(reports)))
        print(as_json(half, asked.engine, reports))
        if asked.misses:
            print("\n".join(misses(reports["search"], region)))


if __name__ == "__main__":
    main(sys.argv[1:])
