"""The room's own letter: a trial that shows operators whether letters arrive."""

from collections.abc import Mapping
from typing import Any

from rongqiao.common.language import Bilingual

from .content import Content, Paragraph
from .registry import LetterKind


def _write_trial(context: Mapping[str, Any]) -> Content:
    words = Bilingual(
        "这是一封试发的信。您收到它，说明平台的邮件设置是对的。",
        "This is a trial. That you got it means that the platform's mail settings are right.",
    )
    return Content(Bilingual("试发信函", "A trial letter"), [Paragraph(words)])


TRIAL = LetterKind("trial", "试发", "Trial", _write_trial, notice=False, secret=False)
