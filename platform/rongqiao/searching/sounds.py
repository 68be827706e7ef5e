"""How names sound when they are typed in Latin letters: whole pinyin, first letters, or both mixed (拼音、首字母、混拼)."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Any

# Characters that common names read in two ways: only the word tells (重庆 chong, 重量 zhong). Asking pypinyin for whole
# names costs ten times as much as character by character, and there are tens of thousands of names.
TWO_READINGS = frozenset("重行长乐调参传弹觉降率藏朝都模畜削和给校薄泊朴盛单卡大会")
MOST_READINGS = 48
"""Ways to read one typed text as syllables and first letters that are followed."""
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")


def syllables(text: str) -> list[str]:
    """The sound of each character; letters and digits stand for themselves, the rest for nothing."""
    if not TWO_READINGS.isdisjoint(text):
        found = _read_aloud(text)
        if len(found) == len(text):
            return [_typed(syllable) for syllable in found]
    return [_sound(character) for character in text]


@lru_cache(maxsize=30_000)
def _sound(character: str) -> str:
    return _typed(_read_aloud(character)[0])


def _read_aloud(text: str) -> list[str]:
    # Only now: its tables take a quarter of the start of any command, and few commands read them.
    from pypinyin import lazy_pinyin

    found: list[str] = lazy_pinyin(text, errors=_apart)
    return found


def _apart(other: str) -> Any:
    """What is not Chinese, character by character: so the sounds stay in step with the text."""
    return list(other)


def _typed(syllable: str) -> str:
    lower = syllable.lower().replace("ü", "v")
    return lower if lower.isascii() and lower.isalnum() else ""


def sound_of(text: str) -> str:
    """重庆三峡 → chongqingsanxia."""
    return "".join(syllables(text))


def initials_of(text: str) -> str:
    """重庆三峡 → cqsx."""
    return "".join(syllable[:1] for syllable in syllables(text))


def blurred(sound: str) -> str:
    """A sound without what many do not tell apart when typing: zh/z, ch/c, sh/s, -ng/-n, n-/l- (平翘舌、前后鼻音、n/l)."""
    for exact, near in (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("l", "n")):
        sound = sound.replace(exact, near)
    return sound


def readings(typed: str) -> list[tuple[str, ...]]:
    """The ways to read a typed text as syllables, first letters and Chinese characters, the fewest parts first.

    The last part may be the beginning of a syllable. cq三峡xue → (c, q, 三, 峡, xue) and others.
    """
    found = list(islice(_read(typed, 0, ()), MOST_READINGS * 8))
    return sorted(found, key=len)[:MOST_READINGS]


def _read(typed: str, start: int, parts: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if start == len(typed):
        yield parts
        return
    if typed[start] not in _LETTERS:
        yield from _read(typed, start + 1, (*parts, typed[start]))
        return
    for length in range(min(6, len(typed) - start), 0, -1):
        part = typed[start : start + length]
        last = start + length == len(typed)
        if length == 1 or part in _beginnings() if last else length == 1 or part in _syllables():
            yield from _read(typed, start + length, (*parts, part))


@lru_cache(maxsize=1)
def _syllables() -> frozenset[str]:
    """All syllables of standard Chinese, from the characters of everyday use (GB 2312)."""
    common = (bytes((row, cell)).decode("gb2312", "ignore") for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    return frozenset(sound for sound in map(_sound, filter(None, common)) if 1 < len(sound) <= 6)


@lru_cache(maxsize=1)
def _beginnings() -> frozenset[str]:
    return frozenset(syllable[:length] for syllable in _syllables() for length in range(2, len(syllable) + 1))


def says(parts: tuple[str, ...], name: str, sounds: list[str]) -> bool:
    """Whether the parts, in order, are the beginnings of the sounds of the name's characters, or the characters."""
    if len(parts) > len(sounds):
        return False
    pairs = zip(parts, name, sounds, strict=False)
    return all(part == character or (part and sound.startswith(part)) for part, character, sound in pairs)


def first_letters(parts: tuple[str, ...]) -> str:
    """The first letter of each part, a Chinese character's among them."""
    return "".join(part[0] if part[0].isascii() else _sound(part[0])[:1] for part in parts)
