"""What a group chat's robot takes: an address with a key of its own, a signature, so many messages a minute."""

import base64
import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from re import Pattern
from typing import Any

from rongqiao.common.language import Bilingual


class Refused(Exception):
    """The chat said no for good: a wrong key or signature, a robot that was removed."""


class TooOften(Exception):
    """The chat takes nothing more from this robot for a while."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is posted: a title and Markdown below it."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Chat:
    """One kind of group chat. `key` is what a robot's key looks like; the rest of the address is a setting.

    `message(base, key, secret, said, now)` gives address and body; `understood(answer)` raises Refused or TooOften for an
    answer that is no yes. `a_minute` messages are taken, each of `longest` bytes of text.
    """

    code: str
    label: Bilingual
    key: Pattern[str]
    a_minute: int
    longest: int
    message: Callable[[str, str, str, Said, datetime], tuple[str, Mapping[str, Any]]]
    understood: Callable[[Mapping[str, Any]], None]


def signed(key: str, words: str) -> str:
    """HMAC-SHA256 in Base64, as Feishu and DingTalk both use it, each with its own key and words."""
    return base64.b64encode(hmac.new(key.encode(), words.encode(), hashlib.sha256).digest()).decode()


def verdict(answer: Mapping[str, Any], name: str, too_often: frozenset[int]) -> None:
    """Raise what the code in the field of that name means; 0 is yes."""
    code = answer.get(name)
    if code == 0:
        return
    words = f"{code} {str(answer.get('errmsg') or answer.get('msg') or '')[:200]}"
    raise (TooOften if code in too_often else Refused)(words)


def cut(text: str, longest: int) -> str:
    """At most so many bytes of UTF-8, ending with a whole line."""
    if len(text.encode()) <= longest:
        return text
    kept = text.encode()[: longest - 4].decode("utf-8", "ignore")
    return f"{kept.rpartition(chr(10))[0] or kept}\n…"
