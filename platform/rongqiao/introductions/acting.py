"""How organisations have acted, for matching (履约): what was put to them and answered, and what came of what they agreed."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping

from django.db.models import Count, Q, QuerySet

from matching.records import Standing
from rongqiao.common import clock

from . import states
from .models import Episode, Introduction, Passage
from .reputation import LOOKED_BACK

OUTCOMES = (Episode.Outcome.ANSWERED, Episode.Outcome.EXPIRED)


def told(organisation_ids: Collection[int]) -> Mapping[int, Standing]:
    """Of each organisation that was asked or agreed to anything: questions and answers of the last 180 days, and by other
    organisation how many agreements were signed and how many introductions ended after both had said yes (three queries)."""
    asked, partners = _asked(organisation_ids), _partners(organisation_ids)
    return {
        key: Standing(*asked.get(key, (0, 0)), partners=partners.get(key, {})) for key in asked.keys() | partners.keys()
    }


def _asked(organisation_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    rows = Episode.objects.filter(
        organisation_id__in=organisation_ids, asked_at__gte=clock.now() - LOOKED_BACK, outcome__in=OUTCOMES
    )
    counted = rows.values("organisation_id").annotate(
        asked=Count("pk"), answered=Count("pk", filter=Q(outcome=Episode.Outcome.ANSWERED))
    )
    return {each["organisation_id"]: (each["asked"], each["answered"]) for each in counted}


def _partners(organisation_ids: Collection[int]) -> dict[int, dict[int, tuple[int, int]]]:
    signed = _pairs(Introduction.objects.filter(state="signed"), organisation_ids)
    ended = Passage.objects.filter(step="decline", source__in=states.TALKING, undone_at=None)
    broken = _pairs(Introduction.objects.filter(pk__in=ended.values("introduction_id")), organisation_ids)
    found: dict[int, dict[int, tuple[int, int]]] = defaultdict(dict)
    for one, other in signed.keys() | broken.keys():
        found[one][other] = (signed[one, other], broken[one, other])
    return found


def _pairs(rows: QuerySet[Introduction], organisation_ids: Collection[int]) -> Counter[tuple[int, int]]:
    """How often each of the organisations stands across from another in these rows."""
    owners = rows.values_list("need__organisation_id", "offer__organisation_id")
    concerned = owners.filter(
        Q(need__organisation_id__in=organisation_ids) | Q(offer__organisation_id__in=organisation_ids)
    )
    counted: Counter[tuple[int, int]] = Counter()
    for need, offer in concerned:
        counted.update(pair for pair in ((need, offer), (offer, need)) if pair[0] in organisation_ids)
    return counted
