"""Where candidates come from: asked of whoever holds the search engine and the postings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from matching.records import Batch, Content, Record


class CandidateSource(Protocol):
    """Gives what is worth scoring. What it leaves out is not found; what it adds is scored like the rest."""

    def contents(self, probe: Record, kind: str) -> Sequence[Content]:
        """Distinct contents of one kind of the other side worth scoring for `probe`.

        Those that a search engine retrieves, and those that already have `probe` in their own list.
        """

    def postings(self, contents: Sequence[Content], probe: Record, kind: str) -> Batch:
        """The open postings that have these contents."""
