"""The links in a digest: where it is read on the web, where its reader says how often, where they say no."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone

from rongqiao.common.language import Bilingual, both
from rongqiao.mailing import links
from rongqiao.mailing.content import Content, Facts, Paragraph
from rongqiao.mailing.links import LinkPurpose, OneClick, register
from rongqiao.mailing.models import Link
from rongqiao.parties.models import Person
from rongqiao.parties.models.people import LANGUAGES

from . import answering, services
from .composing import Composed
from .kinds import KINDS, DigestKind
from .models import Digest, Preference
from .timing import WEEKDAYS, Rhythm, is_quiet

B = Bilingual
SETTINGS = "digest"
DAYS = 180


def made_for(digest: Digest, composed: Composed) -> dict[str, Any]:
    """The addresses that a digest's letter holds. One token opens page, settings and stop: whoever reads the letter has it.
    Each thing that can be answered has a link of its own, used once."""
    settings = links.make(
        purpose=SETTINGS, person_id=digest.person_id, email=digest.person.email,
        payload={"digest": digest.pk, "kind": digest.kind}, days=DAYS, single_use=False,
    )  # fmt: skip
    root, _, token = settings.rpartition("/l/")
    answers = answering.links_for(digest, composed)
    return {"settings": settings, "unsubscribe": f"{root}/u/{token}", "page": f"{root}/d/{token}", "answers": answers}


class SettingsForm(forms.Form):
    """How often, when, in which language, how many."""

    rhythm = forms.ChoiceField(label=both("频率", "How often"), choices=Rhythm.choices)
    weekday = forms.TypedChoiceField(
        label=both("每周发在", "Weekly on"), choices=list(enumerate(WEEKDAYS)), coerce=int
    )
    time = forms.TimeField(
        label=both("时间", "Time"), widget=forms.TimeInput(attrs={"type": "time"}),
        help_text=both("请避开整点和半点，如 08:17", "Off the full and half hour, such as 08:17"),
    )  # fmt: skip
    language = forms.ChoiceField(label=both("语言", "Language"), choices=LANGUAGES)
    most = forms.IntegerField(
        label=both("每周最多条数", "Items a week at most"), min_value=services.FEWEST, max_value=services.MOST
    )

    def clean_time(self) -> int:
        minute = self.cleaned_data["time"].hour * 60 + self.cleaned_data["time"].minute
        if not is_quiet(minute):
            raise forms.ValidationError(str(B("请避开整点和半点", "Choose a time off the full and half hour")))
        return int(minute)


def _whose(link: Link) -> tuple[Person, DigestKind]:
    """Whose digest it came with, and of which kind; gone when there is no such person or kind any more."""
    person = Person.objects.filter(pk=link.person_id or 0, is_active=True).first()
    kind = KINDS.get(link.payload["kind"])
    if person is None or kind is None:
        raise links.gone()
    return person, kind


def form_of(link: Link) -> type[forms.Form]:
    """What the page asks."""
    return SettingsForm


def initial_of(link: Link, request: HttpRequest) -> dict[str, Any]:
    """What is set now."""
    preference = services.preference_of(*_whose(link))
    time = "{:02}:{:02}".format(*divmod(preference.minute, 60))
    kept = {name: getattr(preference, name) for name in ("rhythm", "weekday", "language", "most")}
    return {**kept, "time": time}


def describe(link: Link) -> Content:
    """Whose digest of which kind is set."""
    person, kind = _whose(link)
    rows = [(B("摘要", "Digest"), kind.label), (B("收件人", "To"), person.email)]
    return Content(B("摘要设置", "Digest settings"), [Facts(rows), Paragraph(kind.explanation)])


def act(link: Link, cleaned: Mapping[str, Any], request: HttpRequest) -> Content:
    """Keep what was set."""
    person, kind = _whose(link)
    changes = {("minute" if name == "time" else name): value for name, value in cleaned.items()}
    preference = services.set_preference(person=person, kind_code=kind.code, changes=changes)
    return _said(preference, kind)


def stop(link: Link) -> Content:
    """No more of this kind, whoever asks once or again."""
    person, kind = _whose(link)
    services.stop(person=person, kind_code=kind.code)
    return Content(
        B("不再发送{kind}", "No more of these: {kind}").format(kind=kind.label),
        [Paragraph(B("需要时可以登录后在摘要设置里再打开。", "You can switch them on again in your digest settings."))],
    )


def describe_stop(link: Link) -> Content:
    """What one says no to."""
    person, kind = _whose(link)
    rows = [(B("摘要", "Digest"), kind.label), (B("收件人", "To"), person.email)]
    return Content(B("不再接收这类摘要", "Stop these digests"), [Facts(rows)])


def _said(preference: Preference, kind: DigestKind) -> Content:
    next_at = timezone.localtime(preference.due_at).strftime("%Y-%m-%d %H:%M") if preference.due_at else B("不发", "Never")
    rows = [
        (B("摘要", "Digest"), kind.label), (B("频率", "How often"), preference.get_rhythm_display()),
        (B("下一次", "Next"), next_at),
    ]  # fmt: skip
    return Content(B("已保存", "Saved"), [Facts(rows)])


def register_all() -> None:
    """Make the purposes known to the mail room."""
    answering.register_purpose()
    register(
        LinkPurpose(
            SETTINGS, describe, form_of, act, both("保存", "Save"), initial=initial_of,
            one_click=OneClick(describe_stop, stop, both("不再接收", "Stop them")),
        )
    )  # fmt: skip
