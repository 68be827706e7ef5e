"""What a case is about: an application or a posting. Each says how it stands, is decided, and is put back."""

from datetime import datetime
from typing import Any, Protocol

from rongqiao.common.errors import Problem, from_code, missing
from rongqiao.parties import selectors as parties_selectors
from rongqiao.parties import services as parties
from rongqiao.parties.models import Application, Organisation, Person
from rongqiao.parties.vocabulary import VERIFIED
from rongqiao.postings import selectors as postings_selectors
from rongqiao.postings import services as postings
from rongqiao.postings.life_cycle import REVIEWER
from rongqiao.postings.models import Posting

from .decision import Decision
from .models import Case
from .vocabulary import Occasion


class Subject(Protocol):
    """What a decision needs of the thing decided on."""

    case: Case

    def standing(self) -> dict[str, Any]:
        """All that a decision may change, as plain values."""

    def decide(self, by: Person, decision: Decision) -> None:
        """Carry the decision out in the subject's own room."""

    def undo(self, by: Person) -> None:
        """Put back what stood before. Raises Problem `undo_too_late` when it has moved on."""

    def person(self) -> Person | None:
        """Who handed it in."""

    def title(self) -> str:
        """What a letter calls it."""


class ApplicationSubject:
    """An organisation that wants to be verified, or a person who claims one."""

    def __init__(self, case: Case, application: Application) -> None:
        self.case, self.application = case, application

    def standing(self) -> dict[str, Any]:
        return parties.standing_of(self.application)

    def decide(self, by: Person, decision: Decision) -> None:
        self.application = parties.answer_application(
            application=self.application, by=by, approved=decision.approved, status=decision.status,
            reasons=decision.reasons, remark=decision.remark,
        )  # fmt: skip

    def undo(self, by: Person) -> None:
        parties.undo_answer(application=self.application, by=by, before=self.case.before, after=self.case.after)

    def person(self) -> Person | None:
        return self.application.person

    def title(self) -> str:
        return self.application.organisation.name


class PostingSubject:
    """A posting before it is shown, or one that is shown already and is looked at afterwards."""

    def __init__(self, case: Case, posting: Posting) -> None:
        self.case, self.posting = case, posting

    def standing(self) -> dict[str, Any]:
        posting = Posting.objects.select_related("organisation").get(pk=self.posting.pk)
        trusted = posting.organisation.trusted_at
        return {
            "version": posting.version,
            "posting": postings.moved_by_steps(posting),
            "trusted_at": trusted.isoformat() if trusted else None,
        }

    def decide(self, by: Person, decision: Decision) -> None:
        step = self._step(decision.approved)
        if step:
            postings.take_step(
                posting_id=self.posting.pk, version=self.posting.version, step_code=step, who=frozenset({REVIEWER}), by=by
            )

    def _step(self, approved: bool) -> str:
        """The step of the life cycle that carries the decision out, "" when nothing moves."""
        if self.case.occasion == Occasion.PUBLICATION:
            return "approve" if approved else "return"
        return "" if approved else "take_down"

    def undo(self, by: Person) -> None:
        before, after = self.case.before, self.case.after
        if self.standing() != after:
            raise Problem(from_code("undo_too_late"), status=409)
        step = self._step(self.case.state == "approved")
        if step:
            postings.undo_step(
                posting_id=self.posting.pk, version=after["version"], step_code=f"undo_{step}", before=before["posting"], by=by
            )
        if before["trusted_at"] != after["trusted_at"]:
            self._put_trust_back(by, before["trusted_at"])

    def _put_trust_back(self, by: Person, trusted_at: str | None) -> None:
        organisation = Organisation.objects.get(pk=self.case.organisation_id)
        if trusted_at and organisation.verify_status not in VERIFIED:
            raise Problem(from_code("undo_too_late"), status=409)
        since = datetime.fromisoformat(trusted_at) if trusted_at else None
        parties.set_trust(organisation=organisation, by=by, on=since is not None, since=since)

    def person(self) -> Person | None:
        return self.posting.created_by

    def title(self) -> str:
        return self.posting.title


def of(case: Case) -> Subject:
    """The subject of a case; Problem 404 when it is gone."""
    if case.subject_type == "application":
        application = parties_selectors.one_application(case.subject_id)
        if application is None:
            raise missing()
        return ApplicationSubject(case, application)
    posting = next(iter(postings_selectors.in_order([case.subject_id])), None)
    if posting is None:
        raise missing()
    return PostingSubject(case, posting)
