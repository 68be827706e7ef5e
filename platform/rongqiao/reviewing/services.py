"""Deciding on what lies in the queue: approve, decline, undo."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from rongqiao.audit import services as audit
from rongqiao.common import clock
from rongqiao.common.errors import Fault, Problem, from_code, missing
from rongqiao.parties import services as parties
from rongqiao.parties.models import Organisation, Person
from rongqiao.parties.vocabulary import VERIFIED, VerifyStatus

from . import actions, letters, subjects
from .decision import Decision
from .models import Case
from .vocabulary import APPLICATIONS, REASONS, Occasion, State

UNDO_HOURS = 24
MOST_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one of several cases: done, or why not."""

    case_id: int
    faults: tuple[Fault, ...] = ()

    @property
    def done(self) -> bool:
        """Whether it was decided."""
        return not self.faults


def approve(
    *, case_ids: Sequence[int], by: Person, status: str = VerifyStatus.DOCUMENTS, trust: bool = False, remark: str = "",
    versions: Mapping[int, int] | None = None,
) -> list[Outcome]:  # fmt: skip
    """Say yes to each; one that cannot be decided (any more), or whose posting has another version than was read,
    holds up none of the others."""
    return _each(case_ids, by, Decision(True, status, trust, (), remark, versions or {}))


def decline(*, case_ids: Sequence[int], by: Person, reasons: Sequence[str], remark: str = "") -> list[Outcome]:
    """Say no to each, for reasons that the letter quotes. Raises Problem `reasons_required` for none, or for
    `other` without a remark."""
    if not reasons or ("other" in reasons and not remark):
        raise Problem(from_code("reasons_required", "reasons" if not reasons else "remark"))
    return _each(case_ids, by, Decision(False, reasons=tuple(dict.fromkeys(reasons)), remark=remark))


def _each(case_ids: Sequence[int], by: Person, decision: Decision) -> list[Outcome]:
    outcomes = []
    for case_id in list(dict.fromkeys(case_ids))[:MOST_AT_ONCE]:
        try:
            decide(case_id=case_id, by=by, decision=decision)
            outcomes.append(Outcome(case_id))
        except Problem as problem:
            outcomes.append(Outcome(case_id, problem.faults))
    return outcomes


@transaction.atomic
def decide(*, case_id: int, by: Person, decision: Decision) -> Case:
    """Decide on one case. Raises Problem `not_found`, `wrong_state`, `conflict_of_interest`, `invalid_choice` for a
    reason of another kind of subject, `edited_meanwhile`, or what the subject's own room refuses."""
    case = _waiting(case_id, by)
    subject = subjects.of(case)
    wrong = [code for code in decision.reasons if code not in REASONS or case.subject_type not in REASONS[code].of]
    if wrong:
        raise Problem(from_code("invalid_choice", "reasons"))
    case.before = subject.standing()
    read = decision.versions.get(case.pk)
    if read is not None and case.before.get("version", read) != read:
        raise Problem(from_code("edited_meanwhile", "versions"), status=409)
    subject.decide(by, decision)
    case.state = State.APPROVED if decision.approved else State.DECLINED
    case.decided_at, case.decided_by = clock.now(), by
    case.reasons, case.remark = list(decision.reasons), decision.remark
    case.save()
    _settle_trust(case, by, decision)
    case.after = subject.standing()
    case.save(update_fields=["after"])
    audit.record(
        action=actions.APPROVED if decision.approved else actions.DECLINED, subject=case, by=by,
        organisation_id=case.organisation_id, changes={"occasion": case.occasion, "reasons": case.reasons},
    )  # fmt: skip
    letters.tell_decision(case, subject)
    return case


def _waiting(case_id: int, by: Person) -> Case:
    case = Case.objects.select_for_update(of=("self",)).filter(pk=case_id).first()
    if case is None:
        raise missing()
    if case.state != State.WAITING:
        raise Problem(from_code("wrong_state"), status=409)
    _refuse_own(case, by)
    return case


def _refuse_own(case: Case, by: Person) -> None:
    if case.organisation_id in by.organisation_ids():
        raise Problem(from_code("conflict_of_interest"), status=403)


def _settle_trust(case: Case, by: Person, decision: Decision) -> None:
    """Trust is given with an approval or after several in a row, and taken by a posting that had to be taken down."""
    organisation = Organisation.objects.get(pk=case.organisation_id)
    verified = organisation.verify_status in VERIFIED
    if not decision.approved and case.occasion not in APPLICATIONS:
        parties.set_trust(organisation=organisation, by=by, on=False)
    elif decision.approved and verified and (decision.trust or _has_earned_it(case)):
        parties.set_trust(organisation=organisation, by=by, on=True)


def _has_earned_it(case: Case) -> bool:
    wanted = settings.RONGQIAO_TRUST_AFTER
    if not wanted or case.occasion != Occasion.PUBLICATION:
        return False
    decided = Case.objects.filter(organisation_id=case.organisation_id, subject_type="posting")
    last = decided.filter(state__in=(State.APPROVED, State.DECLINED)).order_by("-decided_at")[:wanted]
    states = list(last.values_list("state", flat=True))
    return len(states) == wanted and set(states) == {State.APPROVED}


@transaction.atomic
def undo(*, case_id: int, by: Person) -> Case:
    """Take a decision back within a day, while its subject stands as the decision left it: everything is again as it
    was, and the case waits. Raises Problem `undo_too_late`."""
    case = Case.objects.select_for_update(of=("self",)).filter(pk=case_id).first()
    if case is None:
        raise missing()
    _refuse_own(case, by)
    late = case.decided_at is None or case.decided_at < clock.now() - timedelta(hours=UNDO_HOURS)
    if late or case.state not in (State.APPROVED, State.DECLINED) or _waits_again(case):
        raise Problem(from_code("undo_too_late"), status=409)
    subject = subjects.of(case)
    subject.undo(by)
    changes: dict[str, Any] = {"occasion": case.occasion, "was": case.state}
    audit.record(action=actions.UNDONE, subject=case, by=by, organisation_id=case.organisation_id, changes=changes)
    letters.tell_undone(case, subject)
    case.state, case.decided_at, case.decided_by = State.WAITING, None, None
    case.reasons, case.remark, case.before, case.after = [], "", {}, {}
    case.save()
    return case


def _waits_again(case: Case) -> bool:
    same = Case.objects.filter(subject_type=case.subject_type, subject_id=case.subject_id, occasion=case.occasion)
    return same.filter(state=State.WAITING).exists()


@transaction.atomic
def see(*, case: Case, by: Person) -> None:
    """Keep who looked at a case: it shows contacts and evidence."""
    audit.record(action=actions.SEEN, subject=case, by=by, organisation_id=case.organisation_id)


def words_of(reasons: Iterable[str]) -> list[str]:
    """The reasons as sentences in the reader's language."""
    return [str(REASONS[code].words) for code in reasons if code in REASONS]
