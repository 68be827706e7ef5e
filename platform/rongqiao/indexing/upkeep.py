"""What the indexes need now and then, and what an operator wants to know of them."""

from typing import Protocol, runtime_checkable

from django.conf import settings

from rongqiao.postings import kinds
from search.engine import SearchError
from search.schema import Schema

from . import selectors
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


def unbuilt() -> list[str]:
    """The kinds whose indexes were never made, or have another structure than this release writes and reads."""
    codes = [kind.code for kind in kinds.all_kinds()]
    return [code for code in codes if not all(engine().exists(schema) for schema in schemas_of(code))]


def state() -> dict[str, object]:
    """The engine's name, whether it answers (else why not), what its indexes hold, and which want a migration."""
    name = settings.RONGQIAO_SEARCH_ENGINE
    try:
        return {"engine": name, "state": "ok", "sizes": selectors.sizes(), "unbuilt": unbuilt()}
    except (SearchError, OSError) as error:
        why = f"{type(error).__name__}: {error}"
        return {"engine": name, "state": "away", "error": why, "sizes": [], "unbuilt": []}
