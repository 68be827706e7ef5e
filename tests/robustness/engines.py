"""The product on either search engine: what its environment says, and the server for as long as it is wanted."""

import contextlib
from collections.abc import Iterator

from tests.servers import elasticsearch

ENGINES = ("embedded", "elasticsearch")
LEASE_SECONDS = "3"
"""How soon a rebuild that was killed may be followed by another; a minute would only make the tests longer."""


@contextlib.contextmanager
def environment(engine: str, address: str = "") -> Iterator[dict[str, str]]:
    """The variables that put an installation on an engine, on indexes of its own; of the server at the address, or of one
    started for it."""
    if engine == "embedded":
        yield {"RONGQIAO_SEARCH_ENGINE": engine}
        return
    with contextlib.ExitStack() as stack:
        address = address or stack.enter_context(elasticsearch.server())
        yield {
            "RONGQIAO_SEARCH_ENGINE": engine,
            "ELASTICSEARCH_URL": address,
            "RONGQIAO_SEARCH_PREFIX": stack.enter_context(elasticsearch.indexes(address)),
            "RONGQIAO_SEARCH_LEASE": LEASE_SECONDS,
        }
