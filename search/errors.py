"""What can go wrong in a search, each error naming the field or the index concerned."""


class SearchError(Exception):
    """Any error of this library."""


class UnknownField(SearchError, ValueError):
    """A query or a document names a field that the schema does not have (or not of that kind)."""

    def __init__(self, schema: str, field: str, wanted: str, known: list[str]) -> None:
        self.field = field
        listed = ", ".join(known) or "none"
        super().__init__(f"index {schema!r} has no {wanted} field {field!r}; it has: {listed}")


class InvalidQuery(SearchError, ValueError):
    """A query asks for something that no engine can answer."""


class InvalidDocument(SearchError, ValueError):
    """A document's value does not fit its field."""

    def __init__(self, key: int, field: str, problem: str) -> None:
        self.key = key
        self.field = field
        super().__init__(f"document {key}, field {field!r}: {problem}")


class WriterBusy(SearchError):
    """Another process or thread holds the writer of this index; hand it the work or try again."""


class IndexUnreadable(SearchError):
    """The files of an index are damaged or gone; a rebuild makes it anew."""


class EngineAway(SearchError):
    """The engine does not answer, or cannot write just now; the same call may succeed later."""


class CountJumped(SearchError):
    """The new generation holds far less than the one that is searched; it was not put in its place."""
