"""What the index and the matcher may know of a posting: its public words and codes, and nothing else."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from .kind import Kind
from .models import Posting

HIDDEN_TITLE = {"invited": "定向", "secret": "保密"}


@dataclass(frozen=True, slots=True)
class PublicContent:
    """The content of a posting as others may see it. Equal contents (a major's official text at forty colleges)
    have the same digest and are analysed and searched once."""

    kind: str
    title: str
    body: str
    majors: tuple[str, ...]
    occupations: tuple[str, ...]
    skills: tuple[str, ...]
    certificates: tuple[str, ...]

    @property
    def digest(self) -> str:
        """A hash of everything above."""
        parts = [self.kind, self.title, self.body, self.majors, self.occupations, self.skills, self.certificates]
        return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def public_title(kind: Kind, title: str, details: dict[str, Any]) -> str:
    """The title, or for a posting that hides it, its field with the level of secrecy."""
    if "title" in kind.visible(details):
        return title
    hidden = HIDDEN_TITLE.get(str(details.get("secrecy")), "保密")
    return f"（{hidden}）{details.get('field') or kind.zh}"


def public_content(posting: Posting) -> PublicContent:
    """The public content of a posting, saved or not. Fields that are private or secret are not read."""
    return content_of(posting.kind_of, posting.title, posting.description, posting.details)


def content_of(kind: Kind, title: str, description: str, details: dict[str, Any]) -> PublicContent:
    """As `public_content`, for a draft that is not a row yet."""
    visible = kind.visible(details)
    words = [description if "description" in visible else ""]
    words += [
        kind.by_name[name].type.words(details[name])
        for name in kind.body
        if name in visible and details.get(name) is not None
    ]
    words.append(kind.context(details))

    def texts(part: str) -> tuple[str, ...]:
        return tuple(sorted(str(value) for value in kind.values(part, details, visible)))

    return PublicContent(
        kind=kind.code,
        title=public_title(kind, title, details),
        body="\n".join(word for word in words if word),
        majors=texts(kind.majors),
        occupations=texts(kind.occupations),
        skills=texts(kind.skills),
        certificates=texts(kind.certificates),
    )
