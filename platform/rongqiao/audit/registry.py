"""What can be done, in words. Each room names its actions; an action nobody named cannot be recorded."""

from rongqiao.common.language import Bilingual

_actions: dict[str, Bilingual] = {}


def action(code: str, zh: str, en: str) -> str:
    """Make an action known. Returns its code, so that a room can keep it under a name."""
    _actions[code] = Bilingual(zh, en)
    return code


def label(code: str) -> str:
    """The action in the reader's language; the code itself when its room is gone."""
    return str(_actions.get(code, code))


def is_known(code: str) -> bool:
    """Whether some room has named the action."""
    return code in _actions


def codes() -> list[str]:
    """All known actions."""
    return sorted(_actions)
