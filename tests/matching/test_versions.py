"""A version of the weights that pairings carry never changes what it says: its bills are the same bytes."""

from hashlib import blake2b
from pathlib import Path

import numpy as np
import pytest

import matching.weights
from matching.explain import to_bytes
from matching.pipeline import Matcher
from matching.records import Record
from matching.weights import CURRENT, load_weights
from tests.matching.builders import PAIR, SKILLS, STATISTICS, TODAY, SmallTaxonomy, need, offer

AXES = np.eye(512, dtype=np.float32)
BETWEEN = (AXES[0] + AXES[1]) / np.float32(2**0.5)
PAIRS: tuple[tuple[Record, Record], ...] = (
    PAIR,
    (
        need(title="焊工 机器人", body="焊接 电气 检验 " * 30, skills=SKILLS[:2], vector=BETWEEN),
        offer(title="焊接 数控", body="焊接 机器人 电气", skills=SKILLS[1:3], majors=["460104"], vector=AXES[0]),
    ),
    (need(kind="tech_need", title="焊接 软件", vector=AXES[2]), offer(kind="expert", title="软件 机器人", vector=AXES[2])),
)
"""A short need that names work and nobody, a long one, a problem; each with knowledge where its version has some."""
BYTES = {
    "2026.11-1": "d7ce160160f82468",
    "2026.11-2": "4103fee77b182ab2",
    "2026.11-3": "4a1fa77bae8fd78f",
    "2026.11-4": "e4aaf7954e453cf1",
    "2026.11-5": "5ff674553689bd93",
}


def bytes_of(version: str) -> str:
    matcher = Matcher(load_weights(version), STATISTICS, SmallTaxonomy())
    digest = blake2b(digest_size=8)
    for pair in PAIRS:
        digest.update(to_bytes(matcher.score(*pair, TODAY).bill(counterfactuals=True)))
    return digest.hexdigest()


@pytest.mark.parametrize("version", BYTES)
def test_a_version_gives_the_bytes_that_it_always_gave(version: str) -> None:
    assert bytes_of(version) == BYTES[version]


def test_every_version_that_ships_is_held_to_its_bytes() -> None:
    shipped = {path.stem for path in Path(matching.weights.__file__).parent.glob("*.toml")}
    assert CURRENT in shipped and shipped == set(BYTES)
