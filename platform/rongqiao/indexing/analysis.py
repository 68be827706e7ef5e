"""From the public words of a posting to what search and matching need of them: terms, skills, vector."""

from collections.abc import Sequence
from functools import lru_cache

from matching.encoders import encode_postings
from matching.taxonomy.majors import certificates
from matching.terms import Terms
from matching.titles import clean_title
from rongqiao.postings import kinds
from rongqiao.postings.content import PublicContent
from search.analysis import Tokens, analyse

from .engines import encoder, skill_finder, vector_bytes


@lru_cache(maxsize=4_096)
def tokens(kind: str, title: str, body: str) -> tuple[Tokens, Tokens]:
    """The tokens of a title and a body; the same text again costs nothing."""
    return analyse(working_title(kind, title)), analyse(body)


def terms_of(content: PublicContent) -> Terms:
    """The counted terms that matching reads."""
    return Terms.of(*tokens(content.kind, content.title, content.body))


def working_title(kind_code: str, title: str) -> str:
    """A need's title without pay, welfare and calls to apply; an offer's as it is."""
    kind = kinds.get(kind_code)
    return clean_title(title) if kind and kind.side == "need" else title


def skills_of(content: PublicContent) -> tuple[str, ...]:
    """The skills named as tags and those found in the text, as ids; a tag the vocabulary does not know stays
    itself, so that two sides using the same new word still meet."""
    finder = skill_finder()
    found = {skill.skill_id for skill in finder.find(f"{content.title}\n{content.body}")}
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
    texts = [(working_title(content.kind, content.title), content.body) for content in contents]
    vectors = encode_postings(tool, texts)
    return [vector_bytes(vector) for vector in vectors]


def encoder_name() -> str:
    """The name that stored vectors carry; "" without an encoder."""
    tool = encoder()
    return tool.name if tool else ""
