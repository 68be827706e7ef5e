"""Things to decide on, and what a decision may touch as plain rows."""

from collections.abc import Mapping
from typing import Any

from rongqiao.parties import services as parties
from rongqiao.parties.models import Application, Membership, Organisation, Person, Unit
from rongqiao.parties.privacy import CURRENT
from rongqiao.postings import services as postings
from rongqiao.postings.life_cycle import OWNER
from rongqiao.postings.models import Posting
from rongqiao.reviewing import opening, services
from rongqiao.reviewing.decision import Decision
from rongqiao.reviewing.models import Case
from tests import world

TEXT = "两班倒，会看图纸，能自己调刀补。"
CODE = "91500101MA5U0GQ03M"
ASIDE = {"updated_at", "version"}
DECISIONS: Mapping[str, Decision] = {
    "approve": Decision(True, status="authority", remark="已核对"),
    "approve with trust": Decision(True, trust=True),
    "decline": Decision(False, reasons=("other",), remark="请补充"),
}


def rows(*models: type) -> dict[str, list[dict[str, Any]]]:
    """Every row of the models, without the marks that each write leaves."""
    return {
        model.__name__: [
            {name: value for name, value in row.items() if name not in ASIDE} for row in model.objects.order_by("pk").values()
        ]
        for model in models
    }


def standing() -> dict[str, list[dict[str, Any]]]:
    """All that a decision may touch outside the queue."""
    return rows(Organisation, Application, Membership, Posting)


def look() -> None:
    """What the outbox would have the queue do, for everything at once."""
    opening.look_at_applications(list(Application.objects.values_list("pk", flat=True)))
    opening.look_at_postings(list(Posting.objects.values_list("pk", flat=True)))


def waiting(occasion: str = "") -> Case:
    """The one case that waits (for the occasion), once the queue has been looked after."""
    look()
    found = Case.objects.filter(state="waiting")
    return found.get(occasion=occasion) if occasion else found.get()


def decide(case: Case, decision: str, by: Person) -> Case:
    """Decide on a case as one of DECISIONS says."""
    return services.decide(case_id=case.pk, by=by, decision=DECISIONS[decision])


def somebody(email: str) -> Person:
    """A person who has agreed to the notice."""
    person = Person.objects.create_user(email, world.PASSWORD)
    parties.consent(person=person, version=CURRENT.version, language="zh-hans")
    return person


def hand_in(organisation: Organisation, by: Person, purpose: str = "verification", uscc: str = "") -> Application:
    """An application with evidence."""
    return parties.apply(organisation=organisation, by=by, purpose=purpose, uscc=uscc, evidence=["licence"])


def claimable(name: str = "演示待认领有限公司") -> Organisation:
    """What an import knows of an employer."""
    fields = {"name": name, "party_type": "enterprise", "claimable": True}
    return parties.add_organisation(fields=fields, profile={})


def step(posting: Posting, code: str, by: Person | None = None) -> Posting:
    """The owner takes a step on the posting as it is now."""
    now = Posting.objects.get(pk=posting.pk)
    return postings.take_step(posting_id=now.pk, version=now.version, step_code=code, who=frozenset({OWNER}), by=by)


def edit(posting: Posting, **base: str) -> Posting:
    """The owner changes the posting as it is now."""
    now = Posting.objects.get(pk=posting.pk)
    return postings.edit(posting_id=now.pk, version=now.version, base=base, details=None)


def posting_of(party: world.Party, title: str = "数控车工") -> Posting:
    """What the party publishes: it waits unless the party is trusted."""
    return world.publish(party, "talent_need", title, TEXT, headcount=3)


def former_administrator(organisation: Organisation, person: Person) -> Membership:
    """A membership that has ended, in a unit."""
    unit = Unit.objects.create(organisation=organisation, name="人事部")
    return Membership.objects.create(
        organisation=organisation, person=person, role="administrator", unit=unit, is_active=False
    )
