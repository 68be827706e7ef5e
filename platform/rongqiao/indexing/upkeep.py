"""What the indexes need now and then."""

from typing import Protocol, runtime_checkable

from rongqiao.postings import kinds
from search.schema import Schema

from .engines import engine
from .schemas import schemas_of


@runtime_checkable
class Purging(Protocol):
    """An engine that forgets old tombstones when it is told to; the embedded one does with each rebuild."""

    def purge(self, schema: Schema) -> int:
        """Removes what is old. Returns how many tombstones."""
        ...


def purge() -> int:
    """Forget tombstones that no late write can need any more, and what rebuilds that died left. Returns how many."""
    purging = engine()
    if not isinstance(purging, Purging):
        return 0
    return sum(purging.purge(schema) for kind in kinds.all_kinds() for schema in schemas_of(kind.code))
