"""What a kind of posting is: its fields, who may post it, what it pairs with, what may be shown of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from django.utils.functional import Promise

from rongqiao.parties.vocabulary import PartyType

from .field_types import FieldType

Details = Mapping[str, Any]
Side = Literal["need", "offer"]


@dataclass(frozen=True)
class Field:
    """One field of a kind. `private` fields never leave the owner's organisation nor reach the index."""

    name: str
    zh: str
    en: str
    type: FieldType
    required: bool = False
    private: bool = False
    unit: str = ""
    help: "str | Promise" = ""
    aliases: tuple[str, ...] = ()


def nothing(details: Details) -> str:
    """No further words."""
    return ""


def everything_public(details: Details) -> frozenset[str] | None:
    """No secrecy: all fields that are not private may be shown."""
    return None


def no_figures(details: Details) -> dict[str, str]:
    """Nothing to work out."""
    return {}


@dataclass(frozen=True)
class Kind:
    """A kind of posting, as data.

    The words after `fields` say which field plays which part in matching: a field's name, or a function of the
    details. `body` names the fields whose words are searched; `context` adds words that are not the poster's own
    (a major's class). `shown` gives the fields that others may see (None: all that are not private), `computed`
    works out figures from those.
    """

    code: str
    zh: str
    en: str
    side: Side
    parties: frozenset[PartyType]
    pairs_with: tuple[str, ...]
    fields: tuple[Field, ...]
    level: Callable[[Details], int | None] = lambda details: None
    capacity: Callable[[Details], int | None] = lambda details: None
    majors: str = ""
    occupations: str = ""
    skills: str = ""
    certificates: str = ""
    body: tuple[str, ...] = ()
    context: Callable[[Details], str] = nothing
    shown: Callable[[Details], frozenset[str] | None] = everything_public
    computed: Callable[[Details], dict[str, str]] = no_figures
    shelf_life_days: int = 180

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """The fields by name."""
        return {each.name: each for each in self.fields}

    @cached_property
    def public(self) -> frozenset[str]:
        """The names of all that is not private."""
        return frozenset({each.name for each in self.fields if not each.private} | {"title", "description"})

    def visible(self, details: Details) -> frozenset[str]:
        """The names of the fields (title and description among them) that others may see of such details."""
        chosen = self.shown(details)
        return self.public if chosen is None else self.public & chosen

    def values(self, name: str, details: Details, visible: frozenset[str]) -> list[Any]:
        """The visible values of the field that plays a part, as a list; empty when there is none."""
        if not name or name not in visible:
            return []
        value = details.get(name)
        if value is None:
            return []
        return list(value) if isinstance(value, list) else [value]


def number(name: str) -> Callable[[Details], int | None]:
    """A part played by a number field."""
    return lambda details: details.get(name)


def ordinal(name: str, order: Mapping[str, int]) -> Callable[[Details], int | None]:
    """A part played by a choice that stands for a level."""
    return lambda details: order.get(str(details.get(name)))
