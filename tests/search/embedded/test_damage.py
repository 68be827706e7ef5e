"""Files lost or spoilt by someone else: an error that says what to do, and a rebuild that does it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from search.embedded import EmbeddedEngine
from search.engine import IndexUnreadable
from search.query import Query
from tests.search.samples import SCHEMA, document, fill, keys, majors


def spoil(generation: Path) -> None:
    (generation / "meta.json").write_text("{")


def lose_segments(generation: Path) -> None:
    for file in generation.glob("*.idx"):
        file.unlink()


@pytest.mark.parametrize("damage", [shutil.rmtree, spoil, lose_segments])
def test_a_damaged_index_says_so_and_is_mended_by_a_rebuild(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    fill(EmbeddedEngine(tmp_path))
    (generation,) = (path for path in (tmp_path / SCHEMA.name).iterdir() if path.is_dir())
    damage(generation)
    engine = EmbeddedEngine(tmp_path)
    with pytest.raises(IndexUnreadable, match=r"'majors'.*rebuild"):
        engine.search(SCHEMA, [Query(text="焊接")])
    with engine.writer(SCHEMA) as writer, pytest.raises(IndexUnreadable):
        writer.apply([document(9, title="焊接")])
    with engine.writer(SCHEMA) as writer, writer.rebuild() as rebuild:
        rebuild.apply([*majors(), document(9, title="焊接")])
        rebuild.promote()
    assert 9 in keys(engine, Query(text="焊接"))
