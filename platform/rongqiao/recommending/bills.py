"""The bill of a stored pairing: made when first asked for, from what was kept, and then kept itself."""

import json
from collections.abc import Sequence
from typing import Any

from matching import explain
from rongqiao.indexing.records import shelf
from rongqiao.postings import kinds

from . import matchers
from .facts import record_from
from .models import Pairing


def with_bills(pairings: Sequence[Pairing]) -> Sequence[Pairing]:
    """The same pairings (with their runs loaded), each with its bill; new ones are stored in one write."""
    new = [pairing for pairing in pairings if pairing.bill is None]
    shelf.get({facts["content"] for pairing in new for facts in (pairing.need_facts, pairing.offer_facts)})
    for pairing in new:
        pairing.bill = bill_of(pairing)
    Pairing.objects.bulk_update(new, ["bill"], batch_size=200)
    return pairings


def bill_of(pairing: Pairing) -> dict[str, Any]:
    """The bill computed from the pairing's facts, contents and versions alone; the same bytes at any time."""
    run = pairing.run
    known = tuple(kind.code for kind in kinds.all_kinds())
    matcher = matchers.of_versions(run.weights_version, run.statistics_version, known)
    need_content, offer_content = shelf.get([pairing.need_facts["content"], pairing.offer_facts["content"]])
    need = record_from(pairing.need_id, pairing.need_facts, need_content)
    offer = record_from(pairing.offer_id, pairing.offer_facts, offer_content)
    bill: dict[str, Any] = json.loads(
        explain.to_bytes(matcher.score(need, offer, run.day).bill(counterfactuals=True))
    )
    return bill


def recomputes(pairing: Pairing) -> bool:
    """Whether the stored scores follow from the stored bill, number by number."""
    bill = pairing.bill if pairing.bill is not None else bill_of(pairing)
    again = explain.recompute(bill, matchers.weights_of(pairing.run.weights_version))
    scores = (pairing.forward, pairing.reverse, pairing.mutual)
    return again == bill and tuple(again["scores"][name] for name in ("forward", "reverse", "mutual")) == scores
