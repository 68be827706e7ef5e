"""Comparing the indexes with the database, one by one, and mending what differs (对账)."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from rongqiao.outbox import selectors as outbox
from rongqiao.postings import kinds
from rongqiao.postings.life_cycle import OPEN
from rongqiao.postings.models import Posting

from . import services
from .engines import engine
from .models import Indexed
from .schemas import contents_of, postings_of
from .writers import writing

CHUNK = 1_000
Progress = Callable[[int, int], None]


@dataclass
class Findings:
    """What differs, by kind of fault: ids of postings (of contents for `contents`)."""

    missing: set[int] = field(default_factory=set)
    stale: set[int] = field(default_factory=set)
    wrong: set[int] = field(default_factory=set)
    ghost: dict[str, dict[int, int]] = field(default_factory=dict)
    contents: dict[str, set[int]] = field(default_factory=dict)

    def postings(self) -> set[int]:
        """All postings concerned."""
        return {*self.missing, *self.stale, *self.wrong, *(pk for each in self.ghost.values() for pk in each)}

    def counts(self) -> dict[str, int]:
        """How many of each."""
        return {
            "missing": len(self.missing),
            "stale": len(self.stale),
            "wrong": len(self.wrong),
            "ghost": sum(map(len, self.ghost.values())),
            "contents": sum(map(len, self.contents.values())),
        }


def check(progress: Progress, codes: Sequence[str] | None = None) -> Findings:
    """Compare every open posting of these kinds, of all by default, with what the index and the table of facts hold.

    What changes meanwhile is no fault: a difference must be there twice, and no event may wait that will mend it.
    """
    findings = Findings()
    codes = [kind.code for kind in kinds.all_kinds()] if codes is None else codes
    total = Posting.objects.filter(status__in=OPEN, kind__in=codes).count()
    done = 0
    for code in codes:
        suspects = Findings()
        for compared in _check_kind(code, suspects):
            done += compared
            progress(done, total)
        if doubtful := suspects.postings():
            _confirm(code, doubtful - outbox.waiting_for(services.FOLLOWER), findings)
        _check_contents(code, findings)
    return findings


def _confirm(code: str, doubtful: Collection[int], findings: Findings) -> None:
    """Look again at these alone."""
    for _ in _check_kind(code, findings, doubtful):
        pass


def _check_kind(code: str, findings: Findings, only: Collection[int] | None = None) -> Iterator[int]:
    held = {entry.key: (entry.version, entry.checksum) for entry in engine().entries(postings_of(code))}
    facts = {
        pk: (version, checksum)
        for pk, version, checksum in Indexed.objects.filter(kind=code).values_list("pk", "version", "checksum")
    }
    ids = Posting.objects.filter(kind=code, status__in=OPEN).order_by("pk").values_list("pk", flat=True)
    every = [pk for pk in ids if only is None or pk in only]
    for start in range(0, len(every), CHUNK):
        chunk = every[start : start + CHUNK]
        chosen = services.between(code, chunk) if only is None else Q(pk__in=chunk)
        for each in services.prepare(services.open_postings(chosen)):
            pk, expected = each.posting.pk, (each.row.version, each.row.checksum)
            _compare(pk, expected, held.pop(pk, None), facts.pop(pk, None), findings)
        yield len(chunk)
    ghosts = {pk: version for pk, (version, _) in {**facts, **held}.items() if only is None or pk in only}
    if ghosts:
        findings.ghost[code] = ghosts


def _compare(
    pk: int, expected: tuple[int, int], held: tuple[int, int] | None, facts: tuple[int, int] | None,
    findings: Findings,
) -> None:  # fmt: skip
    if held is None or facts is None:
        findings.missing.add(pk)
    elif held[0] < expected[0] or facts[0] < expected[0]:
        findings.stale.add(pk)
    elif expected != held or expected != facts:
        findings.wrong.add(pk)


def _check_contents(code: str, findings: Findings) -> None:
    wanted = set(Indexed.objects.filter(kind=code).values_list("content_id", flat=True))
    lost = wanted - {entry.key for entry in engine().entries(contents_of(code))}
    if lost:
        findings.contents[code] = lost


def mend(findings: Findings, progress: Progress) -> None:
    """Write again what differs and take out what should not be there."""
    services.forget_written()
    for code, lost in findings.contents.items():
        services.write_contents(code, sorted(lost))
    for code, ghosts in findings.ghost.items():
        with services.alone():
            _take_out(code, ghosts)
    ids = sorted(findings.missing | findings.stale | findings.wrong)
    for start in range(0, len(ids), CHUNK):
        with services.alone():
            services.follow_postings(ids[start : start + CHUNK])
        progress(min(start + CHUNK, len(ids)), len(ids))


def _take_out(code: str, ghosts: dict[int, int]) -> None:
    """Delete at the version of the posting's own row, or of the ghost where there is none any more. One that was
    opened again since it was found stays."""
    again = set(Posting.objects.filter(pk__in=list(ghosts), kind=code, status__in=OPEN).values_list("pk", flat=True))
    ghosts = {pk: version for pk, version in ghosts.items() if pk not in again}
    versions = dict(Posting.objects.filter(pk__in=list(ghosts)).values_list("pk", "version"))
    deletes = [(pk, max(version, versions.get(pk, 0))) for pk, version in ghosts.items()]
    with writing(postings_of(code)) as writer:
        writer.apply([], deletes)
    Indexed.objects.filter(pk__in=list(ghosts)).delete()
