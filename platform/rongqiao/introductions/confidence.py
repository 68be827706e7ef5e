"""The confidentiality note (保密承诺), and which fields of a posting wait for it (难题分级披露)."""

from dataclasses import dataclass
from typing import Any

from rongqiao.common.language import Bilingual
from rongqiao.postings.history import label
from rongqiao.postings.models import Posting

BASE = ("title", "description")


@dataclass(frozen=True, slots=True)
class Note:
    """One version of the note. A version that somebody has accepted never changes."""

    version: str
    text: Bilingual


CURRENT = Note(
    "2026-11",
    Bilingual(
        "我方承诺：对方在本次对接中解锁的内容，只用于评估和洽谈这一次合作；不向第三方披露，不用于申请专利或发表；"
        "仅限确有必要的人员知悉，并由其承担同样的义务；洽谈终止后不再使用，并按对方要求删除。"
        "已公开的、我方此前已合法掌握的内容除外。本承诺自接受之日起三年内有效，双方另有书面约定的从其约定。",
        "We undertake: what the other side unlocks in this introduction is used only to assess and discuss this one "
        "cooperation; it is not passed on to others, nor used for patents or publications; only those who need it learn of "
        "it, under the same duty; when talks end it is used no more, and deleted when asked. What is public or was lawfully "
        "ours before is excepted. This holds for three years from its acceptance, unless both agree otherwise in writing.",
    ),
)


@dataclass(frozen=True, slots=True)
class Secret:
    """A field that others do not see: its name as in `details`, what the form calls it, its value."""

    name: str
    label: str
    value: Any


def secrets_of(posting: Posting) -> list[Secret]:
    """The filled fields of a posting that its 密级 hides. Private fields are none: those never leave their owner."""
    kind = posting.kind_of
    visible = kind.visible(posting.details)
    hidden = {name: getattr(posting, name) for name in BASE if name not in visible}
    hidden |= {
        name: value for name, value in posting.details.items()
        if name in kind.by_name and name not in visible and not kind.by_name[name].private
    }  # fmt: skip
    return [Secret(name, label(posting, name), value) for name, value in hidden.items() if value]
