"""How organisations have acted, as matching reads it (履约): told by rooms above, which know of introductions and what
became of them, and by the priority tags of `parties`.

A room that knows registers a teller in its `apps.py`; until one does, nobody was ever asked and nobody ever cooperated.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace

from matching.records import Batch, Record, Standing
from rongqiao.parties.selectors import priority_tags

Teller = Callable[[Collection[int]], Mapping[int, Standing]]
"""From ids of organisations to what is known of them, without their tags; those with nothing to tell left out."""

_tellers: list[Teller] = []


def register(teller: Teller) -> None:
    """Ask this teller too. Later ones add to what earlier ones told of an organisation."""
    if teller not in _tellers:
        _tellers.append(teller)


def forget(teller: Teller) -> None:
    """Ask it no more."""
    _tellers.remove(teller)


def of(organisation_ids: Iterable[int]) -> dict[int, Standing]:
    """The standing of each organisation: one question to each teller, one query for all tags."""
    wanted = set(organisation_ids)
    found = dict.fromkeys(wanted, Standing())
    for teller in _tellers:
        found |= {key: _joined(found[key], told) for key, told in teller(wanted).items() if key in wanted}
    tags = priority_tags()
    return found | {key: replace(found[key], priority=tags[key]) for key in wanted & set(tags)}


def _joined(one: Standing, other: Standing) -> Standing:
    return replace(
        one,
        asked=one.asked + other.asked,
        answered=one.answered + other.answered,
        partners={**one.partners, **other.partners},
    )


def of_records(records: Mapping[int, Record]) -> dict[int, Record]:
    """The same records, each with the standing of its organisation."""
    known = of(record.organisation for record in records.values())
    return {key: replace(record, standing=known[record.organisation]) for key, record in records.items()}


def of_batch(batch: Batch) -> Batch:
    """The same batch with the standing of each posting's organisation."""
    organisations = batch.organisations.tolist()
    known = of(organisations)
    return replace(batch, standings=[known[organisation] for organisation in organisations])
