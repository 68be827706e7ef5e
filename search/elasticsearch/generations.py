"""The indexes of one schema on the server, and how a new one takes the old one's place.

<prefix>-<schema>-<fingerprint>-<number>            an index, called a generation
<prefix>-<schema>-<fingerprint>                     the read alias: the generation that is searched with this structure
<prefix>-<schema>-write                             the write alias: the newest generation, searched or being built
<prefix>-<schema>-<fingerprint>-<number>-building   on a generation that is being built, for as long as it is

Documents are only ever written through an alias: a write that comes too late for its generation fails, where writing
by name would make an empty index of that name again.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from search.elasticsearch.connection import Connection, NotFound
from search.elasticsearch.mapping import SETTINGS, fingerprint, mapping
from search.errors import InvalidQuery, SearchError, WriterBusy
from search.schema import Schema

_BUILDING = "-building"
_LEASE = "lease"
SLOW_SECONDS = 60.0
"""For calls that change the cluster or fill a new generation: nobody's page waits for them."""


@dataclass(frozen=True)
class State:
    """What there was of a schema at one moment: generations by their names with their aliases."""

    read: str
    aliases: Mapping[str, frozenset[str]]

    @property
    def searched(self) -> str | None:
        """The generation that is searched with this structure."""
        return next((name for name, held in self.aliases.items() if self.read in held), None)

    @property
    def building(self) -> str | None:
        """The generation that is being built, of whatever structure."""
        return next((name for name, held in self.aliases.items() if name + _BUILDING in held), None)

    @property
    def served(self) -> str | None:
        """The generation that is searched, of whatever structure."""
        return self.searched or next(
            (name for name, held in self.aliases.items() if name.rpartition("-")[0] in held), None
        )

    @property
    def followed(self) -> bool:
        """Whether a generation of this structure is being built, so that live changes go there too."""
        return self.building is not None and self.building.startswith(f"{self.read}-")


class Generations:
    """Makes, finds, swaps and removes the generations of one schema."""

    def __init__(self, connection: Connection, prefix: str, schema: Schema) -> None:
        self._connection = connection
        self._schema = schema
        self._base = f"{prefix}-{schema.name}"
        self.read = f"{self._base}-{fingerprint(schema)}"
        self.write = f"{self._base}-write"

    def look(self) -> State:
        """The state at this moment."""
        return self._connection.read(
            lambda client: client.indices.get_alias(index=f"{self._base}-*"),
            lambda found: State(
                self.read, {name: frozenset(found[name]["aliases"]) for name in sorted(found)}
            ),
        )

    def make(self, state: State) -> None:
        """The first generation, empty and searched at once, where the state has none.

        Another process may make it first: it took the same number then, and that one is kept.
        """
        try:
            self._create(state, building=False)
        except Taken:
            if self.look().searched is None:
                raise

    def begin(self, lease: float) -> str:
        """A new generation that is being built, with the write alias. What a dead process was building is removed.

        Raises WriterBusy while somebody else is building one.
        """
        state = self.look()
        if state.building is not None:
            if time.time() - self._leased(state.building) < lease:
                raise WriterBusy(f"index {self._schema.name!r} is being rebuilt by another process")
            self._update([{"remove_index": {"index": state.building}}])
        try:
            made = self._create(state, building=True)
        except Taken:
            raise WriterBusy(f"index {self._schema.name!r} is being rebuilt by another process") from None
        moved = [{"remove": {"index": name, "alias": self.write}} for name in self._writable()]
        self._update([*moved, {"add": {"index": made, "alias": self.write}}])
        return made

    def renew(self, building: str) -> None:
        """A sign of life of the one who builds."""
        sign = _sign()
        self._connection.call(
            lambda client: client.indices.put_mapping(index=building, meta=sign), SLOW_SECONDS
        )

    def promote(self, built: str) -> None:
        """Moves the read alias in one step, then removes every other generation. Raises NotFound when another process
        took `built` for dead and removed it.

        Not in the same step: the server closes an index before its own searches learn where the alias leads now.
        """
        others = [name for name in self.look().aliases if name != built]
        self._update(
            [
                {"remove": {"index": built, "alias": built + _BUILDING, "must_exist": True}},
                {"add": {"index": built, "alias": self.write}},
                *({"remove": {"index": name, "alias": "*"}} for name in others),
                {"add": {"index": built, "alias": self.read}},
            ]
        )
        self._remove(others)

    def discard(self, built: str) -> None:
        """Removes a generation that will not be searched; the write alias goes back to the one that is."""
        state = self.look()
        if built not in state.aliases:
            return
        back = [{"add": {"index": state.served, "alias": self.write}}] if state.served else []
        self._update([*back, {"remove_index": {"index": built}}])

    def remove_dead(self, lease: float) -> None:
        """Removes what processes that died left: a generation that was being built, and those nothing leads to."""
        state = self.look()
        if state.building is not None and time.time() - self._leased(state.building) >= lease:
            self.discard(state.building)
        self._remove([name for name, held in state.aliases.items() if not held])

    def _create(self, state: State, *, building: bool) -> str:
        """A new index, from its first moment either searched or marked as being built."""
        numbers = [int(name.rpartition("-")[2]) for name in state.aliases]
        made = f"{self.read}-{max(numbers, default=0) + 1:06d}"
        aliases = [made + _BUILDING] if building else [self.read, self.write]
        try:
            self._connection.call(
                lambda client: client.indices.create(
                    index=made,
                    mappings=mapping(self._schema) | {"_meta": _sign() if building else {}},
                    settings=SETTINGS,
                    aliases={alias: {} for alias in aliases},
                ),
                SLOW_SECONDS,
            )
        except InvalidQuery as problem:
            if "resource_already_exists" in str(problem):
                raise Taken(str(problem)) from problem
            raise
        return made

    def _leased(self, building: str) -> float:
        try:
            return self._connection.read(
                lambda client: client.indices.get_mapping(index=building),
                lambda found: float(found[building]["mappings"].get("_meta", {}).get(_LEASE, 0)),
            )
        except NotFound:
            return 0.0

    def _writable(self) -> list[str]:
        return [name for name, held in self.look().aliases.items() if self.write in held]

    def _remove(self, names: Sequence[str]) -> None:
        if names:
            self._update([{"remove_index": {"index": name}} for name in names])

    def _update(self, actions: list[dict[str, Any]]) -> None:
        self._connection.call(lambda client: client.indices.update_aliases(actions=actions), SLOW_SECONDS)


def _sign() -> dict[str, int]:
    return {_LEASE: int(time.time())}


class Taken(SearchError):
    """Another process made the generation of that number first."""
