"""The kinds of letter. A room adds its own in one place (`letters.py`), when the applications are ready."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rongqiao.common.language import Bilingual

from .content import Content

BECAUSE = Bilingual(
    "您收到这封信，是因为您在融桥上有账号，或有人请您在融桥上办一件事。如与您无关，请不必理会。",
    "You get this letter because you have an account on Rongqiao, or somebody asked you to do something there. "
    "If it is not meant for you, please ignore it.",
)


@dataclass(frozen=True, slots=True)
class LetterKind:
    """One kind of letter.

    `write(context)` is called under the letter's language. `notice`: the same words also become an in-app notice.
    `secret`: the body holds a secret link; it is erased when the letter has left, and no API shows it.
    `transactional=False`: one may say no to it (its content must name where), and it goes behind the others.
    `because` tells the reader why it came; `sample` is a context to look at it with.
    """

    code: str
    zh: str
    en: str
    write: Callable[[Mapping[str, Any]], Content]
    notice: bool
    secret: bool
    transactional: bool = True
    because: Bilingual = BECAUSE
    sample: Mapping[str, Any] = field(default_factory=dict)

    @property
    def label(self) -> Bilingual:
        """What operators call it."""
        return Bilingual(self.zh, self.en)


_kinds: dict[str, LetterKind] = {}


def register(kind: LetterKind) -> None:
    """Add a kind; registering again replaces."""
    if kind.notice and kind.secret:
        raise ValueError(f"{kind.code}: a notice would show the secret of the letter")
    _kinds[kind.code] = kind


def unregister(code: str) -> None:
    """Forget a kind (for tests)."""
    _kinds.pop(code, None)


def get(code: str) -> LetterKind | None:
    """The kind of that code."""
    return _kinds.get(code)


def kinds() -> list[LetterKind]:
    """All, by code."""
    return [_kinds[code] for code in sorted(_kinds)]
