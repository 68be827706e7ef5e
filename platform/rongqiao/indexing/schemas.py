"""The two indexes of each kind of posting: the postings that people search, and the distinct contents that
matching searches. Every kind has the same fields, so a new kind needs nothing here."""

from functools import cache

from search.schema import Date, Keyword, Number, Place, Schema, Text, Vector

VECTOR_DIMENSIONS = 512


@cache
def postings_of(kind: str) -> Schema:
    """What people search."""
    return Schema(
        f"postings_{kind}",
        (
            Text("title", weight=2.0),
            Text("body"),
            # Weightless: searched by name only. What the work is called, and who offers or needs it.
            Text("work", weight=0.0),
            Text("owner", weight=0.0),
            Keyword("number"),
            Keyword("region", many=True),
            Keyword("organisation"),
            Keyword("level"),
            Keyword("degree"),
            Keyword("majors", many=True),
            Keyword("occupations", many=True),
            Keyword("industry", many=True),
            Keyword("field", many=True),
            Keyword("chain", many=True),
            Keyword("status"),
            Number("capacity"),
            Date("confirmed_on"),
            Date("published_on"),
            Place("place"),
        ),
    )


@cache
def contents_of(kind: str) -> Schema:
    """What matching searches: every text once, whoever has it."""
    return Schema(
        f"contents_{kind}",
        (
            Text("title", weight=2.0),
            Text("body"),
            Keyword("tags", many=True),
            Vector("vector", dims=VECTOR_DIMENSIONS),
        ),
    )


def schemas_of(kind: str) -> tuple[Schema, Schema]:
    """Both indexes of a kind."""
    return postings_of(kind), contents_of(kind)
