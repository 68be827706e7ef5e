"""From what somebody typed to the terms that are looked for, and what each was taken for (查询理解).

Pure: the names come as arguments, nothing is asked of the index or the database.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise

import rjieba

from matching.taxonomy import industries, majors, occupations, regions
from matching.taxonomy.tables import plain
from search.analysis import normalise

from .lexicon import listed, rows
from .names import LONGEST_TYPED, Name, Names
from .sounds import sound_of

LONGEST_SPELLING = 20
MOST_TERMS = 12
"""A text of more terms is a pasted one: it is compared as a whole."""
SHORTEST_COMPOUND = 3
WHOLE = frozenset({"organisation", "region", "posting", "industry"})
_CODE = re.compile(
    r"(?<![0-9a-z-])(?:\d-\d{2}-\d{2}(?:-\d{2})?|\d{7}|\d{6}[tk]{0,2}|\d{4}|[a-t]\d{2,4}|[0-9a-z]{18})(?![0-9a-z-])"
)
# The broadest classes; within a longer text 46 is a number of anything.
_BROAD_CODE = re.compile(r"\d{2}|\d-\d{2}")
_CODE_LABEL = re.compile(
    r"(?:专业|院校|学校|职业|工种|行业|地区|行政区划|组织机构|统一社会信用|信用)?(?:代码|编码|标识码)\s*:?\s*(?=[0-9a-z])"
)
_STANDARD = re.compile(r"[a-z]+(\d{4,})")
SHORTEST_PART_OF_CODE = 6
LENGTH_OF_AN_OCCUPATION = 7
_NUMBER = re.compile(r"(?:#|编号\s*[:：]?\s*|no\.?\s*)(\d{1,9})(?!\d)")
_CHUNK = re.compile(r"[^\W_]+(?:[.+#]+[^\W_]*)*|\.[^\W_]+")
_LATIN = re.compile(r"[a-z0-9.+#]+")
# Pay, age, numbers of people: they stand in fields of their own, not in the words that are searched.
_QUANTITY = re.compile(
    r"\d+(?:\.\d+)?(?:\s*[千万kw元]?\s*[-~至到]\s*\d+(?:\.\d+)?)?\s*(?:千元|万元|元|块|千|万|k|w|名|人|岁|年|个月|月|天|周|小时|公里|km)(?:以上|以下|左右|起|内)?(?![a-z])"
    r"|\d{3,}(?:以上|以下|左右|起)"
)
Asking = Callable[[Names], Sequence[str]]
TYPED, CODE, SPOKEN, CORRECTED = "typed", "code", "spoken", "corrected"


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that is looked for.

    `typed` as it was typed (folded); `says` the spellings to look for, the likeliest first; `names` what they may
    mean; `how` one of TYPED, CODE, SPOKEN (from pinyin or first letters), CORRECTED. `kinds` are those of which the
    term says no more than the kind itself (实习), `level` the ordinal it means (大专).
    """

    typed: str
    says: tuple[str, ...]
    names: tuple[Name, ...] = ()
    how: str = TYPED
    kinds: tuple[str, ...] = ()
    level: int | None = None

    @property
    def says_little(self) -> bool:
        """A single character: 开 of 开叉车 is in a thousand texts, and missing from most that mean it."""
        return len(self.typed) == 1 and not self.typed.isascii()


@dataclass(frozen=True, slots=True)
class Understood:
    """The terms, the words that were left out, and the whole text when it is too long to be taken apart."""

    terms: tuple[Term, ...] = ()
    left_out: tuple[str, ...] = ()
    whole: str = ""
    raised: tuple[str, ...] = field(default=())
    """Kinds that a word left out speaks of: 招聘 is in no advertisement's way, and says which side is meant."""


def taken_apart(understood: Understood, *known: Names) -> Understood:
    """The same with its compounds in parts (牙科护士 → 牙科, 护士), for when nothing says them whole. Names of
    organisations and places stay whole."""
    reader = _Reader(known)
    terms = [part for term in understood.terms for part in reader.apart(term)]
    return replace(understood, terms=tuple(dict.fromkeys(terms)))


def understand(text: str, *known: Names) -> Understood:
    """What a text asks for, by the names of each of `known`, the first first."""
    return _Reader(known).read(normalise(text))


@cache
def stop_words() -> frozenset[str]:
    """Words that tell nothing here. Domain words are among them: 学历 and 专业 stand in nearly every posting, and with
    them required a search for 焊接 专业 招聘 found the few that say all three instead of all that need welders."""
    return frozenset(plain(cells[0]) for cells in rows("stop_words"))


@cache
def _generic() -> frozenset[str]:
    """What people are called in any trade: 磨床师傅 is somebody at a 磨床."""
    return frozenset(cells[0] for cells in rows("generic_words"))


@cache
def _kind_words() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for kind, words in rows("kind_words"):
        for word in listed(words):
            found[word] = (*found.get(word, ()), kind)
    return found


@cache
def _levels() -> dict[str, int]:
    return {word: int(level) for level, words in rows("level_words") for word in listed(words)}


class _Reader:
    def __init__(self, known: Sequence[Names]) -> None:
        self._known = known
        self._longest = min(LONGEST_SPELLING, max(names.longest for names in known))

    def read(self, text: str) -> Understood:
        codes, rest = self._codes(text)
        chunks = self._joined(_CHUNK.findall(_QUANTITY.sub(" ", rest)) or _CHUNK.findall(rest))
        pieces = [piece for chunk in chunks for piece in self._pieces(chunk)]
        telling = [piece for piece in pieces if piece not in stop_words()]
        left_out = [piece for piece in pieces if piece in stop_words()]
        # Nothing but stop words is a question too: 招聘 alone finds what says 招聘.
        if not telling and not codes:
            telling, left_out = left_out, []
        distinct = list(dict.fromkeys(telling))
        if len(distinct) + len(codes) > MOST_TERMS:
            return Understood(whole=text)
        raised = [kind for word in left_out for kind in _kind_words().get(word, ())]
        terms = [*codes, *(term for piece in distinct for term in self._terms(piece))]
        return Understood(tuple(terms), tuple(dict.fromkeys(left_out)), raised=tuple(dict.fromkeys(raised)))

    def apart(self, term: Term) -> list[Term]:
        """A term's parts, or the term itself when it has none."""
        said = term.says[0]
        if len(said) < SHORTEST_COMPOUND or any(name.kind in WHOLE for name in term.names):
            return [term]
        words = [word for word in rjieba.cut(said) if len(word) > 1 and word not in stop_words() | _generic()]
        return [found for word in words for found in self._terms(word)] if words and words != [said] else [term]

    def _codes(self, text: str) -> tuple[list[Term], str]:
        """The codes of tables in the text, and the text without them."""
        found = []
        text = _CODE_LABEL.sub(" ", text)
        for match in _NUMBER.finditer(text):
            found.append(Term(match[0], (match[1],), (Name(f"#{match[1]}", "posting", (match[1],)),), CODE))
            text = text.replace(match[0], " ")
        for match in (*_CODE.finditer(text), *filter(None, [_BROAD_CODE.fullmatch(text.strip())])):
            names = self._coded(match[0])
            if names:
                found.append(Term(match[0], (match[0],), names, CODE))
                text = text.replace(match[0], " ")
        return found, text

    def _coded(self, code: str) -> tuple[Name, ...]:
        upper = code.upper()
        major, industry = majors().get(upper), industries().get(upper)
        region = regions().get(code) if code.isdigit() else None
        rows_found = (("major", major), ("industry", industry), ("region", region))
        if upper in majors().class_names:
            members = tuple(row.code for row in majors() if upper in (row.class_code, row.group_code))
            return (Name(majors().class_names[upper], "major", (upper, *members)),)
        named = tuple(Name(row.name, kind, (row.code,)) for kind, row in rows_found if row)
        return self._meanings(code) + named + _occupations_of(code)

    def _joined(self, chunks: list[str]) -> list[str]:
        """Neighbours of which one is Latin, made one where that is a known word: web 前端."""
        joined: list[str] = []
        for chunk in self._spoken_together(chunks):
            both = joined[-1] + chunk if joined else ""
            if both and (chunk.isascii() or joined[-1].isascii()) and self._meanings(both):
                joined[-1] = both
            else:
                joined.append(chunk)
        return joined

    def _spoken_together(self, chunks: list[str]) -> list[str]:
        """Syllables typed apart, made one where together they are the pinyin of a name: er bao han."""
        together: list[str] = []
        start = 0
        while start < len(chunks):
            end = next((end for end in range(len(chunks), start + 1, -1) if self._is_spoken(chunks[start:end])), start + 1)
            together.append("".join(chunks[start:end]))
            start = end
        return together

    def _is_spoken(self, chunks: list[str]) -> bool:
        sound = "".join(chunks)
        if len(sound) > LONGEST_TYPED or not (sound.isascii() and sound.isalpha()):
            return False
        return any(not spelling.isascii() for names in self._known for spelling in names.sounding(sound))

    def _pieces(self, chunk: str) -> list[str]:
        """Known names, the longest first, and dictionary words between them; what is misspelt as a whole stays whole."""
        pieces = list(self._cut(chunk))
        if len(pieces) > 1 and not self._meanings(plain(chunk)) and self._mixed(chunk):
            return [chunk]
        if len(pieces) > 1 and len(chunk) <= LONGEST_SPELLING:
            unknown = any(not self._is_known(piece) for piece in pieces)
            if (unknown and self._corrected(chunk)) or self._nearly_organisation(chunk):
                return [chunk]
        return self._mended(pieces)

    def _is_known(self, piece: str) -> bool:
        return piece.isascii() or piece in stop_words() or bool(self._meanings(plain(piece)))

    def _nearly_organisation(self, chunk: str) -> bool:
        """达州职业技木学院: known words all of them, and yet a name with a slip in it."""
        found = self._first(lambda names: names.near(plain(chunk)))
        return any(name.kind == "organisation" for spelling in found[:1] for name in self._meanings(spelling))

    def _cut(self, chunk: str) -> Iterator[str]:
        start, unknown = 0, ""
        while start < len(chunk):
            end = self._known_end(chunk, start)
            if end:
                yield from _words(unknown)
                yield chunk[start:end]
                start, unknown = end, ""
            else:
                step = _run_end(chunk, start)
                unknown += chunk[start:step]
                start = step
        yield from _words(unknown)

    def _known_end(self, chunk: str, start: int) -> int:
        """Where the longest known name that starts here ends, 0 for none. A Latin word is not cut."""
        for end in range(min(len(chunk), start + self._longest), start + 1, -1):
            inside = end < len(chunk) and chunk[end - 1].isascii() and chunk[end].isascii()
            if not inside and (chunk[start:end] in stop_words() or self._meanings(plain(chunk[start:end]))):
                return end
        return 0

    def _mended(self, pieces: list[str]) -> list[str]:
        """A piece of one character belongs to its neighbour where both together sound like a name: 数控车 + 功."""
        mended = pieces
        for left, right in pairwise(pieces):
            if 1 in (len(left), len(right)) and not (left + right).isascii() and self._corrected(left + right):
                place = mended.index(left)
                mended = [*mended[:place], left + right, *mended[place + 2 :]]
                break
        return mended

    def _terms(self, piece: str) -> list[Term]:
        kinds = _kind_words().get(piece, ())
        level = _levels().get(piece)
        names = self._meanings(plain(piece))
        if names or kinds or level:
            return [Term(piece, (piece,), names, TYPED, kinds, level)]
        if len(piece) > LONGEST_TYPED:
            return [Term(piece, (piece,))]
        if _LATIN.fullmatch(piece):
            return self._latin(piece)
        return [self._told(piece, self._mixed(piece), SPOKEN) or self._told(piece, self._corrected(piece), CORRECTED)
                or Term(piece, (piece,))]  # fmt: skip

    def _latin(self, piece: str) -> list[Term]:
        """A Latin word that no name is spelt like: pinyin, first letters, several of them in a row, a slip of the hand."""
        owners = self._owners(piece)
        if owners:
            return [Term(piece, owners, self._all_meanings(owners), CODE)]
        if piece.isdigit() or len(piece) == 1:
            return [Term(piece, (piece,))]
        whole = self._told(piece, self._spoken(piece), SPOKEN)
        if whole:
            return [whole]
        row = self._in_a_row(piece)
        if row:
            return [Term(part, says, self._all_meanings(says), SPOKEN) for part, says in row]
        begun = self._told(piece, self._begun(piece), SPOKEN)
        slips = self._first(lambda names: names.near(piece)) or self._first(lambda names: names.near_sounds(piece))
        return [begun or self._told(piece, slips, CORRECTED) or Term(piece, _standard(piece))]

    def _owners(self, piece: str) -> tuple[str, ...]:
        """Codes of organisations that this is a part of."""
        if len(piece) < SHORTEST_PART_OF_CODE or not any(character.isdigit() for character in piece):
            return ()
        return self._every(lambda names: names.codes_with(piece))

    def _sounding(self, sound: str) -> tuple[str, ...]:
        return self._every(lambda names: names.sounding(sound))

    def _spoken(self, piece: str) -> tuple[str, ...]:
        return self._sounding(piece) or self._every(lambda names: names.lettered(piece)[:6])

    def _begun(self, piece: str) -> tuple[str, ...]:
        return self._every(lambda names: names.beginning(piece)[:6]) if len(piece) > 2 else ()

    def _mixed(self, piece: str) -> tuple[str, ...]:
        """Chinese and Latin in one word: cq三峡. Each is a word of its own unless it is the way to write a name."""
        letters = sum(character.isascii() and character.isalpha() for character in piece)
        return self._begun(piece) if 0 < letters < len(piece) else ()

    def _in_a_row(self, piece: str) -> list[tuple[str, tuple[str, ...]]]:
        """hanjiejiqiren → hanjie, jiqiren: the fewest names whose whole pinyin makes up the word."""
        best: list[list[tuple[str, tuple[str, ...]]] | None] = [[], *([None] * len(piece))]
        for end in range(1, len(piece) + 1):
            for start in range(max(0, end - 30), end - 2):
                before, shortest = best[start], best[end]
                if before is None or (shortest is not None and len(shortest) <= len(before) + 1):
                    continue
                says = self._sounding(piece[start:end])
                if says:
                    best[end] = [*before, (piece[start:end], says)]
        return best[-1] or []

    def _corrected(self, piece: str) -> tuple[str, ...]:
        """What sounds the same (焊结 → 焊接), else nearly the same, else differs in one character of five."""
        sound = sound_of(piece)
        if not sound or piece.isascii():
            return ()
        for found in (
            self._sounding(sound),
            self._every(lambda names: names.sounding_nearly(sound)) if len(piece) > 2 else (),
            self._first(lambda names: names.near(plain(piece))),
        ):
            if found:
                return found
        return ()

    def _told(self, piece: str, says: Sequence[str], how: str) -> Term | None:
        says = [each for each in dict.fromkeys(says) if each != piece]
        names = self._all_meanings(says)
        ordered = sorted(says, key=lambda each: min((name.order for name in self._meanings(each)), default=99))
        return Term(piece, tuple(ordered), names, how) if says else None

    def _meanings(self, spelling: str) -> tuple[Name, ...]:
        found = [name for names in self._known for name in names.meanings(spelling)]
        return tuple(sorted(dict.fromkeys(found), key=lambda name: (name.order, -name.share)))

    def _all_meanings(self, says: Sequence[str]) -> tuple[Name, ...]:
        found = [name for spelling in says for name in self._meanings(spelling)]
        return tuple(sorted(dict.fromkeys(found), key=lambda name: (name.order, -name.share)))

    def _every(self, asked: Asking) -> tuple[str, ...]:
        return tuple(dict.fromkeys(spelling for names in self._known for spelling in asked(names)))

    def _first(self, asked: Asking) -> tuple[str, ...]:
        return next((tuple(found) for found in map(asked, self._known) if found), ())


def _occupations_of(code: str) -> tuple[Name, ...]:
    """The occupation of a code, with or without its hyphens; of a class (6-18, 6-18-02) all in it."""
    if code.isdigit() and len(code) == LENGTH_OF_AN_OCCUPATION:
        code = f"{code[0]}-{code[1:3]}-{code[3:5]}-{code[5:]}"
    row = occupations().get(code) or occupations().get(code + "-00") or occupations().get(code + "-00-00")
    if row is None or not code.count("-"):
        return ()
    within = tuple(other.code for other in occupations() if other.code.startswith(code.removesuffix("-00") + "-"))
    return (Name(row.name, "occupation", tuple(dict.fromkeys((row.code, *within)))),)


def _standard(piece: str) -> tuple[str, ...]:
    """A standard as typed, and its number alone: gbt36276 is written GB/T 36276."""
    found = _STANDARD.fullmatch(piece)
    return (piece, found[1]) if found else (piece,)


def _run_end(chunk: str, start: int) -> int:
    """The end of the Latin word that starts here, or the next character."""
    found = _LATIN.match(chunk, start)
    return found.end() if found else start + 1


def _words(unknown: str) -> list[str]:
    """Dictionary words of what no name is in; single characters that follow each other stay together, for they are
    mostly one word that the dictionary lacks."""
    joined: list[str] = []
    single = False
    for word in rjieba.cut(unknown) if unknown else ():
        if len(word) == 1 and single and word not in stop_words():
            joined[-1] += word
        else:
            joined.append(word)
        single = len(word) == 1 and not word.isascii() and word not in stop_words()
    return joined
