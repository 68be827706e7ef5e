"""PostgreSQL with the product's tables, which are made once for all tests that start one of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.robustness.installation import Installation
from tests.robustness.services import need
from tests.servers import postgresql


@pytest.fixture(scope="session")
def with_tables(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of a cluster that is not running."""
    need(postgresql)
    with postgresql.cluster() as (folder, port):
        with postgresql.started(folder, port) as address:
            Installation(tmp_path_factory.mktemp("tables"), DATABASE_URL=address).manage("migrate", "--verbosity", "0")
        yield folder


@pytest.fixture
def cluster(with_tables: Path) -> Iterator[tuple[Path, int]]:
    """The folder of a copy, and its port; nothing is started."""
    with postgresql.copied(with_tables) as copy:
        yield copy


@pytest.fixture
def database(cluster: tuple[Path, int]) -> Iterator[str]:
    """The address of a server of the test's own."""
    with postgresql.started(*cluster) as address:
        yield address
