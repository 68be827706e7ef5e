"""What reviewers' decisions say to those who handed something in, by letter and as a notice."""

from collections.abc import Mapping
from typing import Any

from rongqiao.common.language import Bilingual
from rongqiao.mailing import services as mailing
from rongqiao.mailing.content import Action, Content, Paragraph, Quote
from rongqiao.mailing.registry import LetterKind, register
from rongqiao.parties import selectors as parties
from rongqiao.parties.models import Person

from .models import Case
from .subjects import Subject
from .vocabulary import APPLICATIONS, REASONS, Occasion

B = Bilingual

SUBJECTS = {
    (Occasion.PUBLICATION, True): B("“{title}”已通过审核，现已发布", "“{title}” was approved and is published"),
    (Occasion.PUBLICATION, False): B("“{title}”需要修改后再发布", "“{title}” needs a change before it is published"),
    (Occasion.SAMPLE, False): B("“{title}”已下架", "“{title}” was taken down"),
    (Occasion.CHANGE, False): B("“{title}”已下架", "“{title}” was taken down"),
}
WHAT_NEXT = {
    Occasion.PUBLICATION: B("改好后再次点“发布”即可。", "Correct it and publish it again."),
    Occasion.SAMPLE: B("本单位以后发布的信息会先经审核。", "What your organisation publishes is reviewed first from now on."),
    Occasion.CHANGE: B("改好后可以重新发布。", "Correct it and publish it again."),
}


def review_answer(context: Mapping[str, Any]) -> Content:
    """What became of a posting."""
    occasion, approved = Occasion(context["occasion"]), context["approved"]
    blocks: list[Any] = []
    if not approved:
        blocks.append(Paragraph(B("审核员给出的理由：", "The reviewer's reasons:")))
        blocks += [Quote(REASONS[code].words) for code in context["reasons"] if code in REASONS]
    if context["remark"]:
        blocks.append(Quote(context["remark"]))
    if not approved:
        blocks.append(Paragraph(WHAT_NEXT[occasion]))
    # A letter that was written by the release before names no posting.
    if "posting" in context:
        blocks.append(_way_to(context["posting"], approved, occasion))
    return Content(SUBJECTS[occasion, approved].format(title=context["title"]), blocks)


def _way_to(posting: int, approved: bool, occasion: Occasion) -> Action:
    """Where one goes on: to the form again when it came back, else to the posting."""
    if not approved and occasion == Occasion.PUBLICATION:
        return Action(B("去修改", "Correct it"), f"/publish?draft={posting}")
    return Action(B("打开看看", "Open it"), f"/postings/{posting}")


def review_undone(context: Mapping[str, Any]) -> Content:
    """A decision was taken back."""
    return Content(
        B("“{title}”的审核结果已撤回", "The decision on “{title}” was taken back").format(title=context["title"]),
        (
            Paragraph(
                B(
                    "审核员撤回了刚才的决定，一切恢复到决定之前，会重新审核。您不用做什么。",
                    "The reviewer took the decision back. Everything is as it was before, and it will be looked at again. "
                    "There is nothing you need to do.",
                )
            ),
        ),
    )


def tell_decision(case: Case, subject: Subject) -> None:
    """Tell those concerned what was decided. That a sample was found good is not worth a letter."""
    approved = case.state == "approved"
    if case.occasion in APPLICATIONS:
        organisation = parties.any_organisation(case.organisation_id)
        context = {
            "approved": approved, "purpose": case.occasion, "organisation": organisation.name,
            "status": organisation.verify_status, "remark": case.remark,
        }  # fmt: skip
        _send("application_answer", case, subject, {**context, "codes": case.reasons})
    elif (case.occasion, approved) in SUBJECTS:
        context = {
            "occasion": case.occasion, "approved": approved, "title": subject.title(), "remark": case.remark,
            "posting": case.subject_id,
        }  # fmt: skip
        _send("review_answer", case, subject, {**context, "reasons": case.reasons})


def tell_undone(case: Case, subject: Subject) -> None:
    """Tell those who had heard of the decision."""
    if case.occasion in APPLICATIONS or (case.occasion, case.state == "approved") in SUBJECTS:
        _send("review_undone", case, subject, {"title": subject.title()})


def _send(kind: str, case: Case, subject: Subject, context: Mapping[str, Any]) -> None:
    decided = case.decided_at.timestamp() if case.decided_at else 0
    for person in _readers(case, subject):
        said = {**context, "reasons": _words(context["codes"], person)} if "codes" in context else dict(context)
        mailing.send(
            kind=kind, to=person.email, language=person.language, person_id=person.pk,
            organisation_id=case.organisation_id, context=said, once=f"{kind}:{case.pk}:{decided}:{person.pk}",
        )  # fmt: skip


def _words(codes: list[str], person: Person) -> list[str]:
    words = [REASONS[code].words for code in codes if code in REASONS]
    return [each.en if person.language == "en" else each.zh for each in words]


def _readers(case: Case, subject: Subject) -> list[Person]:
    """Who handed it in, and, but for a claim to what is not theirs yet, the organisation's steward."""
    own = [] if case.occasion == Occasion.CLAIM else parties.stewards_or_managers(case.organisation_id)
    person = subject.person()
    return list(dict.fromkeys([*([person] if person and person.is_active else []), *own]))


KINDS = (
    LetterKind(
        "review_answer", "审核结果", "Answer of a review", review_answer, notice=True, secret=False,
        sample={
            "occasion": "publication", "approved": False, "title": "数控车工", "reasons": ["discriminates", "unclear"],
            "remark": "请删去“35岁以下”。", "posting": 12,
        },
    ),
    LetterKind(
        "review_undone", "审核结果撤回", "Decision taken back", review_undone, notice=True, secret=False,
        sample={"title": "数控车工"},
    ),
)  # fmt: skip


def register_all() -> None:
    """Make the kinds known to the mail room."""
    for kind in KINDS:
        register(kind)
