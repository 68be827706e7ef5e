"""Two drainers at once on PostgreSQL, while people publish and close: nothing is lost, nothing is double."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.robustness.installation import (
    MANAGE,
    Installation,
    eventually,
    installed,
    settled,
    told,
    waiting_at,
)

pytestmark = [pytest.mark.postgresql, pytest.mark.embedded_only]

COMMITS = 120


@pytest.fixture
def place(tmp_path: Path, database: str) -> Iterator[Installation]:
    with installed(tmp_path, DATABASE_URL=database) as made:
        yield made


def test_two_drainers_lose_and_double_nothing(place: Installation) -> None:
    place.run("-m", "tests.robustness.driver", "parties")
    drainers = [place.start(MANAGE, "outbox", "work") for _ in range(2)]
    said = place.folder / "said"
    people = place.start("-m", "tests.robustness.driver", "7", output=said)
    eventually(lambda: len(told(said)) >= COMMITS, 60, f"{COMMITS} commits")
    place.kill(people)

    def truth() -> dict[str, object] | None:
        found = json.loads(place.run("-m", "tests.robustness.verify"))
        return found if not found["waiting"] else None

    eventually(lambda: not waiting_at(place.environment["DATABASE_URL"]), 40, "the outbox empty")
    found = eventually(truth, 40, "the outbox empty")
    for drainer in drainers:
        place.kill(drainer)
    assert settled(found), {name: value for name, value in found.items() if name != "postings"}
    for line in told(said):
        assert found["postings"][str(line["id"])][0] >= line["version"]
    assert found["pairings"] > 50
    assert "Traceback" not in place.log()
