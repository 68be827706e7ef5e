"""Reading a pasted text: nothing is stored, nothing is logged."""

import re
from dataclasses import dataclass, field

from rongqiao.common.errors import Problem, from_code
from rongqiao.common.language import Bilingual
from rongqiao.postings import kinds
from rongqiao.postings.kind import Kind

from . import guessing, table
from .form import Form
from .readers import contacts
from .reading import Read, read_one
from .text import Text

LONGEST = 20_000
SURE_KIND = 0.6
UNSURE_KIND = Bilingual(
    "类型是按文中用语推测的，请确认", "The kind was guessed from the text's words: confirm it"
)
TAKEN_OUT = Bilingual(
    "联系方式已从描述中移出，只放在不公开的联系人信息里",
    "Contact details were taken out of the description and are kept in the private contact fields only",
)
ELSEWHERE = Bilingual(
    "微信、QQ 没有对应的栏目，已从描述中移出",
    "There is no field for WeChat or QQ: taken out of the description",
)
_PATHS = {"phone": "contact_phone", "email": "contact_email", "name": "contact_name"}
_MOST_RESTS = 200


@dataclass(frozen=True)
class Parsed:
    """What was read: the kind with its confidence, the form, the spans nobody read, notes for the reader."""

    kind: Kind
    confidence: float
    ask_kind: bool
    form: Form
    rest: list[tuple[int, int]] = field(default_factory=list)
    notes: list[Bilingual] = field(default_factory=list)


def parse(words: str, kind_code: str = "") -> Parsed:
    """Read a text as a kind, guessed when none is named. Problem when it is too long, empty, of an unknown kind, or
    has no word of any kind."""
    if len(words) > LONGEST:
        raise Problem(from_code("too_long", "text"))
    if kind_code and kinds.get(kind_code) is None:
        raise Problem(from_code("invalid_choice", "kind"))
    text = Text(words)
    if not any(character.isalnum() for character in text.plain):
        raise Problem(from_code("no_words", "text"))
    found = table.CONTACTS.find(text)
    public = text.without(contacts.around(text, found))
    kind, confidence = _kind(public, kind_code)
    form = Form(kind)
    for row in table.rows_of(kind):
        _fill(form, row, read_one(public, row.reader))
    form.fill("description", [_whole(public)] if public.words(0, len(words)) else [])
    form.ask_for_missing()
    notes = _contacts(form, text)
    return Parsed(kind, confidence, confidence < SURE_KIND, form, _rest(public, form), notes)


def _kind(text: Text, code: str) -> tuple[Kind, float]:
    if code:
        return kinds.of(code), 1.0
    guess = guessing.guess(text)
    if guess is None:
        raise Problem(from_code("kind_unknown", "kind"))
    return kinds.of(guess.code), guess.confidence


def _fill(form: Form, row: table.Row, reads: list[Read]) -> None:
    """Deal a reader's values out to their fields."""
    by_path: dict[str, list[Read]] = {}
    for read in reads:
        for path, value in row.values(read.value).items():
            if value is not None or read.why is not None:
                part = Read(read.name, value, read.spans, read.confidence, read.ask, read.why)
                by_path.setdefault(path, []).append(part)
    for path, parts in by_path.items():
        form.fill(path, parts)


_LEFT_OVER = re.compile(r"[ \t，,、；;：:]+(?=[。；;，,、]|$)|^[ \t，,、；;：:。]+")


def _whole(text: Text) -> Read:
    """The text itself without the contacts, and without the commas between them: nothing in it is a guess."""
    lines, start = [], 0
    for line in text.original.splitlines(keepends=True):
        end = start + len(line)
        words = text.words(start, end)
        if any(first < end and start < last for first, last in text.hidden):
            words = _LEFT_OVER.sub("", words)
            if not any(character.isalnum() for character in words):
                start = end
                continue
        lines.append(words)
        start = end
    return Read("description", "\n".join(lines).strip(), ((0, len(text.original)),), 1.0, False)


def _contacts(form: Form, text: Text) -> list[Bilingual]:
    """Fill the private fields: the first of each sort; further ones are only taken out."""
    reads = read_one(text, table.CONTACTS)
    for sort, path in _PATHS.items():
        of_sort = [read for read in reads if read.value[0] == sort]
        form.fill(
            path, [Read(path, each.value[1], each.spans, each.confidence, each.ask) for each in of_sort[:1]]
        )
    notes = [TAKEN_OUT] if reads else []
    return notes + ([ELSEWHERE] if any(read.value[0] == "other" for read in reads) else [])


def _rest(text: Text, form: Form) -> list[tuple[int, int]]:
    """The clauses in which no field was read."""
    spans = [span for each in form.filled if each.field != "description" for span in each.spans]
    free = [
        (start, end)
        for start, end in text.clauses()
        if _says_something(text, start, end)
        and not any(first < end and start < last for first, last in (*spans, *text.hidden))
    ]
    return free[:_MOST_RESTS]


def _says_something(text: Text, start: int, end: int) -> bool:
    """Whether a clause is more than a number or a heading."""
    return sum(map(str.isalnum, text.plain[start:end])) > 4
