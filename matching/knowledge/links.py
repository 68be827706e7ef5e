"""Which majors an occupation takes its people from (职业专业对照), as somebody who knows the trades would say it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from matching.knowledge.shelf import Rows

OWN = 0.5
"""What the occupation's own link counts; the rest is how many of the occupations of its small group (小类) take the major."""
_GROUP_DIGITS = len("6-18-02")


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """For each occupation, by place, rows of the table of majors and how far it takes them, 0 to 1."""

    majors: Sequence[NDArray[np.intp]]
    strengths: Sequence[NDArray[np.float64]]

    @classmethod
    def of_table(
        cls, occupations: Sequence[str], starts: NDArray[np.int64], rows: NDArray[np.int64]
    ) -> Links:
        """Occupation o names the majors rows[starts[o]:starts[o + 1]]. One that names none has what its group has."""
        named = [rows[start:end].tolist() for start, end in pairwise(starts.tolist())]
        groups: dict[str, list[list[int]]] = defaultdict(list)
        for code, own in zip(occupations, named, strict=True):
            if own:
                groups[code[:_GROUP_DIGITS]].append(own)
        shares = {group: _shares(members) for group, members in groups.items()}
        majors, strengths = [], []
        for code, own in zip(occupations, named, strict=True):
            found = {row: (1 - OWN) * share for row, share in shares.get(code[:_GROUP_DIGITS], {}).items()}
            for row in own:
                found[row] += OWN
            places = sorted(found)
            majors.append(np.array(places, dtype=np.intp))
            strengths.append(np.array([found[place] for place in places], dtype=np.float64))
        return cls(majors, strengths)

    def of(self, near: Rows) -> dict[int, float]:
        """How far the majors are taken by some occupations together, to four decimals."""
        if not len(near.places):
            return {}
        places = near.places.tolist()
        rows = np.concatenate([self.majors[place] for place in places])
        weights = np.repeat(near.weights, [len(self.majors[place]) for place in places])
        total = np.bincount(
            rows, weights=weights * np.concatenate([self.strengths[place] for place in places])
        )
        taken = np.flatnonzero(total)
        return dict(zip(taken.tolist(), (np.rint(total[taken] * 1e4) / 1e4).tolist(), strict=True))


def _shares(members: Sequence[Sequence[int]]) -> dict[int, float]:
    """Of the lists of a group, the share that names each row."""
    counts: dict[int, int] = defaultdict(int)
    for own in members:
        for row in own:
            counts[row] += 1
    return {row: count / len(members) for row, count in counts.items()}
