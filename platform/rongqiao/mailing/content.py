"""What a letter says, as data: plain words in a few kinds of block. Text and HTML are rendered from the same.

Make it under the reader's language: labels in two languages become words at that moment.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.conf import settings

from rongqiao.common.language import speaks_english

LONGEST_SUBJECT = 150
LONGEST = 4_000  # characters of one block: a letter invites to read on, and mail readers cut off long ones
_WEB_ADDRESS = re.compile(r"https?://[^\s/\"'<>\\^`{|}]+(/[^\s\"'<>\\^`{|}]*)?(\?[^\s\"'<>\\^`{|}]*)?", re.ASCII)
_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# Marks that turn the direction of what follows: with them a name can look like another.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def plain(words: Any) -> str:
    """Words, not too many, with nothing in them that a mail reader, a database or a reader's eye could be fooled by."""
    kept = (
        character
        for character in _BREAKS.sub("\n", str(words)).replace("\t", " ")
        if character == "\n" or (unicodedata.category(character) not in ("Cc", "Cs") and character not in _TURNING)
    )
    clean = "".join(kept).strip()
    return clean if len(clean) <= LONGEST else clean[: LONGEST - 1] + "…"


def one_line(words: Any) -> str:
    """The same without line breaks."""
    return " ".join(plain(words).split())


def web_address(url: Any) -> str:
    """An absolute http(s) address, one of the platform's own when it begins with /; "" for anything else."""
    given = str(url)
    if given.startswith("/") and not given.startswith("//"):
        given = settings.RONGQIAO_URL + given
    return given if _WEB_ADDRESS.fullmatch(given) else ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A few sentences."""

    text: Any
    name: ClassVar[str] = "paragraph"

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", plain(self.text))

    def lines(self) -> list[str]:
        """As text."""
        return str(self.text).split("\n")


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's own words."""

    text: Any
    name: ClassVar[str] = "quote"

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", plain(self.text))

    def lines(self) -> list[str]:
        """As text, each line marked."""
        return [f"> {line}" for line in self.text.split("\n")]


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with their values, in order."""

    rows: Iterable[tuple[Any, Any]]
    name: ClassVar[str] = "facts"

    def __post_init__(self) -> None:
        object.__setattr__(self, "rows", tuple((one_line(label), plain(value)) for label, value in self.rows))

    def lines(self) -> list[str]:
        """As text, one a line."""
        colon = ": " if speaks_english() else "："
        return [f"{label}{colon}{value}" for label, value in self.rows]


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list: a title, where to read on, a remark."""

    title: Any
    url: str = ""
    note: Any = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", one_line(self.title))
        object.__setattr__(self, "url", web_address(self.url))
        object.__setattr__(self, "note", plain(self.note))


@dataclass(frozen=True, slots=True)
class Items:
    """A list of titled lines."""

    items: Iterable[Item]
    name: ClassVar[str] = "items"

    def __post_init__(self) -> None:
        object.__setattr__(self, "items", tuple(self.items))

    def lines(self) -> list[str]:
        """As text, what belongs to an item set in under it."""
        found = []
        for item in self.items:
            found.append(f"- {item.title}")
            more = [*(item.note.split("\n") if item.note else []), *([item.url] if item.url else [])]
            found += [f"  {line}" for line in more]
        return found


@dataclass(frozen=True, slots=True)
class Action:
    """The one thing to do: a button, and its address in words. Without a usable address only words are left."""

    label: Any
    url: str
    name: ClassVar[str] = "action"

    def __post_init__(self) -> None:
        object.__setattr__(self, "label", one_line(self.label))
        object.__setattr__(self, "url", web_address(self.url))

    def lines(self) -> list[str]:
        """As text: the label and the address below."""
        return [self.label, self.url] if self.url else [self.label]


@dataclass(frozen=True, slots=True)
class Heading:
    """What the blocks after it are about."""

    text: Any
    name: ClassVar[str] = "heading"

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", one_line(self.text))

    def lines(self) -> list[str]:
        """As text."""
        return [f"■ {self.text}"]


@dataclass(frozen=True, slots=True)
class Bars:
    """How well two fit, 0–1 from either side, growing towards the word between them."""

    left: float
    right: float
    word: Any
    ROOM: ClassVar[int] = 36  # per cent of the width for either side; the word stands in what is left

    def __post_init__(self) -> None:
        object.__setattr__(self, "word", one_line(self.word))

    @property
    def cells(self) -> list[tuple[str, int]]:
        """The strip as (class, width in per cent), from the left; none is narrower than one."""
        left, right = (min(max(round(self.ROOM * part), 1), self.ROOM - 1) for part in (self.left, self.right))
        widths = (left, self.ROOM - left, 100 - 2 * self.ROOM, self.ROOM - right, right)
        return list(zip(("need", "rest", "word", "rest", "offer"), widths, strict=True))


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several things that can be done about a card."""

    label: Any
    url: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "label", one_line(self.label))
        object.__setattr__(self, "url", web_address(self.url))


@dataclass(frozen=True, slots=True)
class Card:
    """Somebody worth a look: what, whose, how well it fits and why, and what can be done about it."""

    title: Any
    url: str = ""
    note: Any = ""
    bars: Bars | None = None
    reason: Any = ""
    choices: Iterable[Choice] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", one_line(self.title))
        object.__setattr__(self, "url", web_address(self.url))
        object.__setattr__(self, "note", one_line(self.note))
        object.__setattr__(self, "reason", one_line(self.reason))
        object.__setattr__(self, "choices", tuple(choice for choice in self.choices if choice.url))


@dataclass(frozen=True, slots=True)
class Cards:
    """A numbered list of them."""

    items: Iterable[Card]
    name: ClassVar[str] = "cards"

    def __post_init__(self) -> None:
        object.__setattr__(self, "items", tuple(self.items))

    def lines(self) -> list[str]:
        """As text: one after the other, with their addresses."""
        colon = ": " if speaks_english() else "："
        found = []
        for number, card in enumerate(self.items, 1):
            found.append(f"{number}. {card.title}")
            more = [card.note, card.bars.word if card.bars else "", card.reason, card.url]
            more += [f"{choice.label}{colon}{choice.url}" for choice in card.choices]
            found += [f"   {line}" for line in more if line]
        return found


Block = Paragraph | Quote | Facts | Items | Action | Heading | Cards


@dataclass(frozen=True, slots=True)
class Content:
    """What a letter (or the page behind a link) says. `unsubscribe` is where one says no to more of its kind."""

    subject: Any
    blocks: Iterable[Block] = ()
    unsubscribe: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "subject", one_line(self.subject)[:LONGEST_SUBJECT])
        object.__setattr__(self, "blocks", tuple(self.blocks))
        object.__setattr__(self, "unsubscribe", web_address(self.unsubscribe))

    def lines(self) -> list[str]:
        """The blocks as lines of text, without their addresses: what a notice says."""
        return [line for block in self.blocks if not isinstance(block, Action) for line in block.lines()]

    def action_url(self) -> str:
        """Where its first button leads, "" without one."""
        return next((block.url for block in self.blocks if isinstance(block, Action)), "")
