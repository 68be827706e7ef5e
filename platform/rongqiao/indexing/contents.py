"""Distinct contents in the database: made once, found again by their digest."""

from collections.abc import Sequence

from rongqiao.postings.content import PublicContent

from .analysis import analysed_by, certificates_of, encoded, skills_of, terms_of
from .models import Content

CHUNK = 64


def ensure(contents: Sequence[PublicContent]) -> dict[PublicContent, int]:
    """The id of each content, new ones analysed and stored. Two workers that meet make one row, not two."""
    by_digest = {content.digest: content for content in contents}
    known = _known(by_digest)
    new = [content for digest, content in by_digest.items() if digest not in known]
    for start in range(0, len(new), CHUNK):
        _store(new[start : start + CHUNK])
    if new:
        known = _known(by_digest)
    return {content: known[digest] for digest, content in by_digest.items()}


def _known(by_digest: dict[str, PublicContent]) -> dict[str, int]:
    rows = Content.objects.filter(digest__in=list(by_digest), encoder=analysed_by())
    return dict(rows.values_list("digest", "id"))


def _store(contents: Sequence[PublicContent]) -> None:
    name = analysed_by()
    rows = []
    for content, vector in zip(contents, encoded(contents), strict=True):
        rows.append(
            Content(
                digest=content.digest, encoder=name, kind=content.kind, title=content.title, body=content.body,
                majors=list(content.majors), occupations=list(content.occupations), skills=list(skills_of(content)),
                certificates=list(certificates_of(content)), terms=terms_of(content).to_bytes(), vector=vector,
            )
        )  # fmt: skip
    Content.objects.bulk_create(rows, ignore_conflicts=True)

