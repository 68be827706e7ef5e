"""From the public words of a posting to what search and matching need of them: terms, skills, vector."""

from collections.abc import Sequence
from functools import lru_cache

from matching.bodies import clean_body
from matching.encoders import encode_postings
from matching.taxonomy.majors import certificates
from matching.terms import Terms
from matching.titles import clean_title
from rongqiao.postings import kinds
from rongqiao.postings.content import PublicContent
from search.analysis import Tokens, analyse

from .engines import encoder, skill_finder, vector_bytes

_analyse = lru_cache(maxsize=4_096)(analyse)
"""The same text again costs nothing."""
_clean_body = lru_cache(maxsize=256)(clean_body)
"""Terms, vector and skills of a content each ask for it."""


def tokens(kind: str, title: str, body: str) -> tuple[Tokens, Tokens]:
    """The tokens of a title and a body that matching reads."""
    return _analyse(working_title(kind, title)), _analyse(working_body(kind, body))


def searched_tokens(kind: str, title: str, body: str) -> tuple[Tokens, Tokens]:
    """The same that people search: they may ask for 双休 or a street, so the whole body."""
    return _analyse(working_title(kind, title)), _analyse(body)


def terms_of(content: PublicContent) -> Terms:
    """The counted terms that matching reads."""
    return Terms.of(*tokens(content.kind, content.title, content.body))


def working_title(kind_code: str, title: str) -> str:
    """A need's title without pay, welfare and calls to apply; an offer's as it is."""
    kind = kinds.get(kind_code)
    return clean_title(title) if kind and kind.side == "need" else title


def working_body(kind_code: str, body: str) -> str:
    """What an advertisement for people says without welfare, the employer and the way there; other bodies as they are."""
    kind = kinds.get(kind_code)
    return _clean_body(body) if kind and kind.side == "need" and kind.occupations else body


def skills_of(content: PublicContent) -> tuple[str, ...]:
    """The skills named as tags and those found in the text, as ids; a tag the vocabulary does not know stays
    itself, so that two sides using the same new word still meet."""
    finder = skill_finder()
    body = working_body(content.kind, content.body)
    found = {skill.skill_id for skill in finder.find(f"{content.title}\n{body}")}
    for tag in content.skills:
        resolved = finder.resolve(tag)
        found.add(resolved[0] if resolved else tag.strip().lower())
    return tuple(sorted(found))


def certificates_of(content: PublicContent) -> tuple[str, ...]:
    """The certificates named, each by its name in the table where it has one."""
    known = (certificates().named(name) for name in content.certificates)
    names = (found[0].name if found else name for found, name in zip(known, content.certificates, strict=True))
    return tuple(sorted(set(names)))


def encoded(contents: Sequence[PublicContent]) -> list[bytes | None]:
    """The stored vectors of contents; None each without an encoder."""
    tool = encoder()
    if tool is None:
        return [None] * len(contents)
    texts = [(working_title(one.kind, one.title), working_body(one.kind, one.body)) for one in contents]
    vectors = encode_postings(tool, texts)
    return [vector_bytes(vector) for vector in vectors]


ANALYSIS = 2
"""Raised when the same text gives other terms, skills or vectors than before. A rebuild then analyses all texts anew; pairings
that are stored keep what they were made from."""


def analysed_by() -> str:
    """What a stored content was analysed by: the encoder, "" without one, and the version of the rest."""
    tool = encoder()
    return f"{tool.name if tool else ''}/{ANALYSIS}"
