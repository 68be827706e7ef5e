"""The kinds of posting, one module each. A module with a KIND in this package is found by itself;
RONGQIAO_EXTRA_KINDS names modules of a deployment's own."""

import pkgutil
from importlib import import_module

from django.conf import settings

from ..kind import Kind, Side

_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known to the whole platform."""
    _kinds[kind.code] = kind


def unregister(code: str) -> None:
    """Forget a kind (for tests and for deployments that switch one off)."""
    _kinds.pop(code, None)


def discover() -> None:
    """Register every module of this package and those the settings add."""
    names = [f"{__name__}.{module.name}" for module in pkgutil.iter_modules(__path__)]
    for name in [*names, *settings.RONGQIAO_EXTRA_KINDS]:
        register(import_module(name).KIND)


def all_kinds() -> list[Kind]:
    """Every kind, needs first."""
    return sorted(_kinds.values(), key=lambda kind: (kind.side != "need", kind.code))


def get(code: str) -> Kind | None:
    """The kind of a code."""
    return _kinds.get(code)


def of(code: str) -> Kind:
    """The kind of a stored posting; KeyError when its module is gone."""
    return _kinds[code]


def of_side(side: Side) -> list[Kind]:
    """The kinds of one side."""
    return [kind for kind in all_kinds() if kind.side == side]


def partners(code: str) -> list[str]:
    """The kinds of the other side that this one pairs with, whichever of the two says so."""
    kind = of(code)
    others = [other for other in all_kinds() if other.side != kind.side]
    return [other.code for other in others if other.code in kind.pairs_with or code in other.pairs_with]
