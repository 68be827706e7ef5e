"""Names that a typed word may mean, found by spelling, sound, first letters, or nearly (名称词表)."""

import threading
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from matching.taxonomy.tables import plain

from .sounds import blurred, first_letters, readings, says, syllables

KINDS = ("organisation", "region", "major", "occupation", "industry", "skill", "term", "title", "posting")
"""What names name, what is preferred where one word may mean several first."""
MOST_FOUND = 12
LONGEST_TYPED = 40
TWO_EDITS_FROM = 8
# One wrong character in five: 达州职业技术学校 is meant to be 达州职业技术学院. Shorter words are too near to each other.
NEAR = 84.0
SHORTEST_NEAR = 5
SHORTEST_CODE = 8


def _slip_key(spelling: str) -> str:
    """Of Latin words only those of the same first letter are compared: a mistyped first letter is not understood."""
    return spelling[0] if spelling.isascii() else ""


@dataclass(frozen=True, slots=True)
class Name:
    """What something is called: its full name, what it is, the codes or ids that have it.

    `share` is how much of the full name a spelling says, from 0 to 1: half a name is half a promise.
    """

    text: str
    kind: str
    values: tuple[str, ...] = ()
    share: float = 1.0

    @property
    def order(self) -> int:
        return KINDS.index(self.kind)


class Names:
    """Spellings and what they mean. Grows; readers need no lock."""

    def __init__(self, spelled: Iterable[tuple[str, Name]] = ()) -> None:
        self._meanings: dict[str, tuple[Name, ...]] = {}
        self._sounds: dict[str, tuple[str, ...]] = {}
        self._blurred: dict[str, tuple[str, ...]] = {}
        self._syllables: dict[str, list[str]] = {}
        self._slips: dict[str, list[str]] = defaultdict(list)
        self._sound_slips: dict[str, list[str]] = defaultdict(list)
        self._codes: list[str] = []
        self._sorted: dict[str, list[tuple[str, str]]] = {"spelling": [], "sound": [], "initials": []}
        self._lock = threading.Lock()
        self.longest = 0
        self.add(spelled)

    def __len__(self) -> int:
        return len(self._meanings)

    def add(self, spelled: Iterable[tuple[str, Name]]) -> None:
        """More spellings, each with what it means; one known already means the new thing too."""
        with self._lock:
            new: dict[str, list[tuple[str, str]]] = {"spelling": [], "sound": [], "initials": []}
            for spelling, name in spelled:
                self._add(plain(spelling), name, new)
            for order, entries in new.items():
                if entries:
                    # A new list: whoever reads the old one is not disturbed.
                    self._sorted[order] = sorted(self._sorted[order] + entries)

    def _add(self, spelling: str, name: Name, new: dict[str, list[tuple[str, str]]]) -> None:
        if not spelling:
            return
        known = self._meanings.get(spelling, ())
        if name in known:
            return
        self._meanings[spelling] = (*known, name)
        if known:
            return
        self.longest = max(self.longest, len(spelling))
        parts = syllables(spelling)
        sound = "".join(parts)
        self._syllables[spelling] = parts
        for sounds, key in ((self._sounds, sound), (self._blurred, blurred(sound))):
            sounds[key] = (*sounds.get(key, ()), spelling)
        if name.kind == "organisation" and spelling.isascii() and len(spelling) >= SHORTEST_CODE:
            self._codes.append(spelling)
        # Titles are many and long: what is misspelt is mended by the words in them.
        if len(spelling) >= SHORTEST_NEAR and name.kind != "title":
            self._slips[_slip_key(spelling)].append(spelling)
        if len(sound) > SHORTEST_NEAR and name.kind != "title":
            self._sound_slips[sound[0]].append(sound)
        new["spelling"].append((spelling, spelling))
        if not spelling.isascii():
            new["sound"].append((sound, spelling))
            new["initials"].append(("".join(part[:1] for part in parts), spelling))

    def meanings(self, spelling: str) -> tuple[Name, ...]:
        """What a spelling (as `matching.taxonomy.tables.plain` writes it) means."""
        return self._meanings.get(spelling, ())

    def codes_with(self, part: str) -> list[str]:
        """Codes of organisations that have this part, the shortest first."""
        return sorted((code for code in self._codes if part in code), key=lambda code: (len(code), code))[:MOST_FOUND]

    def sounding(self, sound: str) -> tuple[str, ...]:
        """Spellings of exactly this whole pinyin."""
        return self._sounds.get(sound, ())

    def sounding_nearly(self, sound: str) -> tuple[str, ...]:
        """Spellings that many would type so (see `sounds.blurred`)."""
        return self._blurred.get(blurred(sound), ())

    def lettered(self, letters: str) -> list[str]:
        """Spellings of exactly these first letters."""
        return [spelling for found, spelling in self._beginning("initials", letters) if found == letters]

    def beginning(self, typed: str, most: int = MOST_FOUND * 20) -> list[str]:
        """Spellings that begin with what is typed, by their characters, else by pinyin, first letters or both mixed."""
        if not typed or len(typed) > LONGEST_TYPED:
            return []
        found = [spelling for _, spelling in self._beginning("spelling", typed, most)]
        if typed.isdigit():
            return found
        found += [spelling for _, spelling in self._beginning("sound", typed, most)]
        found += [spelling for _, spelling in self._beginning("initials", typed, most)]
        # Reading a mixture costs as much as all the rest: only where the plain ways have not found enough to choose from.
        return list(dict.fromkeys(found if len(found) >= MOST_FOUND else found + self._mixed(typed, most)))

    def _mixed(self, typed: str, most: int) -> list[str]:
        found = []
        for parts in readings(typed):
            for _, spelling in self._beginning("initials", first_letters(parts), most):
                if says(parts, spelling, self._syllables[spelling]):
                    found.append(spelling)
        return found

    def _beginning(self, order: str, typed: str, most: int = MOST_FOUND * 20) -> Iterator[tuple[str, str]]:
        entries = self._sorted[order]
        start = bisect_left(entries, (typed,))
        for entry in entries[start : start + most]:
            if not entry[0].startswith(typed):
                return
            yield entry

    def near(self, spelling: str) -> list[str]:
        """Spellings one slip of the hand away: of Latin words one letter (from eight on two), of Chinese ones a character
        in five; the nearest first. Nothing for short words, which are all near to each other."""
        if not SHORTEST_NEAR <= len(spelling) <= LONGEST_TYPED:
            return []
        known = self._slips.get(_slip_key(spelling), ())
        if not spelling.isascii():
            return [each for each, _, _ in process.extract(spelling, known, scorer=fuzz.ratio, score_cutoff=NEAR, limit=3)]
        edits = 2 if len(spelling) >= TWO_EDITS_FROM else 1
        return [each for each, _, _ in process.extract(spelling, known, scorer=OSA.distance, score_cutoff=edits, limit=3)]

    def near_sounds(self, sound: str) -> list[str]:
        """Spellings whose whole pinyin is one letter away, from six letters on."""
        if not SHORTEST_NEAR < len(sound) <= LONGEST_TYPED:
            return []
        found = process.extract(sound, self._sound_slips.get(sound[0], ()), scorer=OSA.distance, score_cutoff=1, limit=3)
        return [spelling for each, _, _ in found for spelling in self._sounds[each]]
