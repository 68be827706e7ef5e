"""How well the readers read labelled texts: `python -m rongqiao.parsing.bench FOLDER [--misses]`.

FOLDER holds ads.jsonl (labels on lines of the advertisements in RONGQIAO_REAL_DATA) and trades.jsonl (with texts).
A value is right if a label has the same and its span shares at least half of the label's; of lists each item
counts. Recall is of the labels that are sure.
"""

import argparse
import json
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import django

from matching.taxonomy.tables import plain
from matching.taxonomy.vocabulary import vocabulary

from . import guessing, table
from .readers import contacts, majors
from .reading import Read, read
from .text import Text

FIELDS = ("title", "degree", "experience", "pay", "headcount", "place", "majors", "skills", "certificates")
LISTS = frozenset({"majors", "skills", "certificates"})


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text with its labels."""

    key: str
    text: str
    labels: list[dict[str, Any]]


def labelled(folder: Path, real: Path | None = None) -> Iterator[Labelled]:
    """The labelled texts of a folder; advertisements only where the real data are."""
    for name in ("ads", "trades"):
        path = folder / f"{name}.jsonl"
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        for row in map(json.loads, filter(None, lines)):
            if "text" in row:
                yield Labelled(row["id"], row["text"], row["labels"])
            elif real is not None:
                yield Labelled(row["id"], advertisements(real)[row["line"]], row["labels"])


@cache
def advertisements(real: Path) -> list[str]:
    """The descriptions of the real advertisements, in order."""
    with (real / "job_postings.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line)["description"] for line in lines]


@dataclass
class Tally:
    """What was counted of one field."""

    labels: int = 0
    sure: int = 0
    met: int = 0
    met_firmly: int = 0
    found: int = 0
    right: int = 0
    firm: int = 0
    firm_right: int = 0

    def row(self) -> list[str]:
        """labels, found, precision unasked, precision, recall, recall unasked, share asked."""
        return [
            str(self.labels), str(self.found), _share(self.firm_right, self.firm), _share(self.right, self.found),
            _share(self.met, self.sure), _share(self.met_firmly, self.sure), _share(self.found - self.firm, self.found),
        ]  # fmt: skip


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "-"


def same_value(field: str, one: Any, other: Any) -> bool:
    """Whether two values of a field are the same, names compared as names."""
    if field == "pay":
        return all(_near(one.get(end), other.get(end)) for end in ("low", "high"))
    if field == "majors":
        return bool(majors.key(one) == majors.key(other))
    if field == "skills":
        return _skill(str(one)) == _skill(str(other))
    if field in ("title", "certificates"):
        return plain(str(one)) == plain(str(other))
    return bool(one == other)


def _near(one: Any, other: Any) -> bool:
    return one == other or (one is not None and other is not None and abs(one - other) <= 1)


def _skill(name: str) -> str:
    found = vocabulary().named(name)
    return found[0].code if found else plain(name)


def is_right(field: str, one: Read, label: dict[str, Any]) -> bool:
    """Whether a value read is the label's."""
    first, last = int(label["start"]), int(label["end"])
    if field in LISTS:
        named = any(same_value(field, one.value, words) for words in (label["value"], label["text"]))
        return named or (field != "majors" and _within(one.spans[0], (first, last)))
    shared = max(min(end, last) - max(start, first) for start, end in one.spans)
    return shared * 2 >= last - first and same_value(field, one.value, label["value"])


def _within(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether of two spans one holds the other and is at most twice as long."""
    inner, outer = sorted((one, other), key=lambda span: span[1] - span[0])
    return outer[0] <= inner[0] and inner[1] <= outer[1] and (inner[1] - inner[0]) * 2 >= outer[1] - outer[0]


def measure(texts: Iterable[Labelled], misses: Counter[str] | None = None) -> dict[str, Tally]:
    """The tallies by field."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for each in texts:
        by_field: dict[str, list[Read]] = defaultdict(list)
        for one in reads(each.text):
            by_field[one.name].append(one)
        for field in FIELDS:
            labels = [label for label in each.labels if label["field"] == field]
            _count(tallies[field], field, labels, by_field[field], each, misses)
    return tallies


def reads(words: str) -> list[Read]:
    """What is read of a text, contacts out and as the kind it is guessed to be, as the API does it."""
    text = Text(words)
    public = text.without(contacts.around(text, table.CONTACTS.find(text)))
    guess = guessing.guess(public)
    return read(public, table.MEASURED.get(guess.code if guess else "", table.POST))


def _count(
    tally: Tally,
    field: str,
    labels: list[dict[str, Any]],
    found: list[Read],
    text: Labelled,
    misses: Counter[str] | None,
) -> None:
    right = [one for one in found if any(is_right(field, one, label) for label in labels)]
    found = [one for one in found if one in right or not _excused(field, one, labels)]
    sure = [label for label in labels if label["sure"]]
    met = [label for label in sure if any(is_right(field, one, label) for one in found)]
    tally.labels += len(labels)
    tally.sure += len(sure)
    tally.met += len(met)
    tally.met_firmly += sum(
        any(is_right(field, one, label) for one in found if not one.ask) for label in sure
    )
    tally.found += len(found)
    tally.right += len(right)
    tally.firm += sum(not one.ask for one in found)
    tally.firm_right += sum(not one.ask for one in right)
    if misses is not None:
        for one in found:
            if one not in right:
                start, end = one.spans[0]
                around = f"{text.text[max(0, start - 15) : start]}⟦{text.text[start:end]}⟧{text.text[end : end + 15]}".replace(
                    "\n", "⏎"
                )
                misses[
                    f"{field}\twrong{' (asked)' if one.ask else ''}\t{text.key}\t{one.value}\t{around}"
                ] += 1
        for label in sure:
            if label not in met:
                start, end = label["start"], label["end"]
                around = f"{text.text[max(0, start - 15) : start]}⟦{text.text[start:end]}⟧{text.text[end : end + 15]}".replace(
                    "\n", "⏎"
                )
                misses[f"{field}\tmissed\t{text.key}\t{label['value']}\t{around}"] += 1


def _excused(field: str, one: Read, labels: list[dict[str, Any]]) -> bool:
    """Where the label itself is not sure, another value is neither right nor wrong."""
    unsure = [label for label in labels if not label["sure"]]
    if field not in LISTS:
        return bool(unsure)
    return any(one.spans[0][0] < label["end"] and label["start"] < one.spans[0][1] for label in unsure)


def total(tallies: Iterable[Tally]) -> Tally:
    """All fields together."""
    whole = Tally()
    for tally in tallies:
        for name, value in vars(tally).items():
            setattr(whole, name, getattr(whole, name) + value)
    return whole


def main(arguments: list[str]) -> None:
    """Print the table, and what was wrong or missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--half", choices=("0", "1"), help="only every second text")
    asked = parser.parse_args(arguments)
    real = os.environ.get("RONGQIAO_REAL_DATA")
    texts = list(labelled(asked.folder, Path(real) if real else None))
    if asked.half:
        texts = texts[int(asked.half) :: 2]
    misses: Counter[str] = Counter()
    tallies = measure(texts, misses)
    head = ("field", "labels", "found", "prec. firm", "precision", "recall", "rec. firm", "asked")
    print(f"{len(texts)} texts")
    print("{:14}{:>8}{:>8}{:>12}{:>11}{:>8}{:>11}{:>8}".format(*head))
    for field, tally in [*tallies.items(), ("total", total(tallies.values()))]:
        print("{:14}{:>8}{:>8}{:>12}{:>11}{:>8}{:>11}{:>8}".format(field, *tally.row()))
    if asked.misses:
        print("\n".join(sorted(misses)))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rongqiao.config.settings.embedded")
    django.setup()
    main(sys.argv[1:])
