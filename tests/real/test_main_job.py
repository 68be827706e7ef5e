"""The main job on real input, where RONGQIAO_REAL_DATA points at it: what must be true of it, without timing."""

import json
import os
from pathlib import Path

import pytest

from tests.real import main_job

DATA = os.environ.get("RONGQIAO_REAL_DATA")

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not DATA, reason="RONGQIAO_REAL_DATA names no folder: the main job was left out"),
]


def test_every_need_is_imported_indexed_paired_and_explained(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert DATA
    job = main_job.run(Path(DATA), tmp_path, "none")
    figures = main_job.figures(job)
    with capsys.disabled():
        print(job.said["report"])
        print(json.dumps(figures, ensure_ascii=False, indent=1))
    assert figures["needs"] == 4_118
    # The list has some colleges twice, once without a code: whose majors those are is refused, not guessed.
    assert figures["majors"] + figures["majors refused"] == 3_435 * main_job.MAJORS_PER_COLLEGE
    assert figures["majors refused"] <= 250
    assert figures["colleges"] == 3_435
    assert figures["paired"] == 4_118
    assert figures["pairings"] >= 4_118 * 10
    assert figures["recomputed"] == figures["sampled"] == 200
    assert figures["peak MB"] <= 2_048
