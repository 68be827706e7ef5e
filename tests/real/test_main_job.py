"""The main job on real input, where RONGQIAO_REAL_DATA points at it: what must be true of it, without timing."""

import json
import os
from pathlib import Path

import pytest

from tests.forms import form
from tests.real import main_job
from tests.robustness.installation import DATABASE, empty_database

SHARE = form(full=1, quick=12)
NEEDS, COLLEGES = form(full=(4_118, 3_435), quick=(344, 287))
DATA = os.environ.get("RONGQIAO_REAL_DATA")

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not DATA, reason="RONGQIAO_REAL_DATA names no folder: the main job was left out"),
]


def test_every_need_is_imported_indexed_paired_and_explained(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert DATA
    (tmp_path / DATABASE).write_bytes(empty_database())
    job = main_job.run(Path(DATA), tmp_path, "none", share=SHARE)
    figures = main_job.figures(job)
    with capsys.disabled():
        print(job.said["report"])
        print(json.dumps(figures, ensure_ascii=False, indent=1))
    assert figures["needs"] == NEEDS
    # The list has some colleges twice, once without a code: whose majors those are is refused, not guessed.
    assert figures["majors"] + figures["majors refused"] == COLLEGES * main_job.MAJORS_PER_COLLEGE
    assert figures["majors refused"] <= 250
    assert figures["colleges"] == COLLEGES
    assert figures["paired"] == NEEDS
    assert figures["pairings"] >= NEEDS * 10
    assert figures["recomputed"] == figures["sampled"] == 200
    assert figures["peak MB"] <= 2_048
