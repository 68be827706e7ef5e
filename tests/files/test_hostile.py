"""A file that means harm is refused with a reason, in bounded time and memory, and leaves nothing behind."""

import io
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from rongqiao.common.errors import Problem
from rongqiao.files import inspecting
from rongqiao.files.inspection import child
from rongqiao.files.inspection.formats import FORMATS
from rongqiao.files.models import StoredFile
from tests import world
from tests.files import hostile, hostile_pictures
from tests.files.keeping import back_of, kept, on_disk
from tests.later import Content, made

# What a file holds does not depend on the database: not run again on another.
pytestmark = pytest.mark.embedded_only

CASES = hostile.every()
TWO_FACED = list(hostile_pictures.two_faced())
MOST_SECONDS, MOST_MEGABYTES = 15, 400


def test_there_are_enough_of_them() -> None:
    assert len({case[0] for case in CASES}) == len(CASES) >= 300


@pytest.mark.django_db
@pytest.mark.parametrize(("case", "name", "content", "codes"), CASES, ids=[case[0] for case in CASES])
def test_it_is_refused_whole(
    case: str, name: str, content: Content, codes: set[str], enterprise: world.Party
) -> None:
    """An empty code among `codes`: it may be taken, being harmless in the form in which it is kept."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        file = kept(enterprise, made(content), name)
    except Problem as problem:
        (fault,) = problem.faults
        assert fault.code in codes, str(fault.fault)
        assert fault.field == "file"
        assert all("{" not in words and words for words in (str(fault.fault), str(fault.remedy)))
        assert 400 <= problem.status < 500
        assert not StoredFile.objects.exists()
        assert on_disk() == []
    else:
        assert "" in codes or (file.media_type.startswith("image/") and "twice" in case)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime <= MOST_SECONDS


@pytest.mark.django_db
@pytest.mark.parametrize(("case", "name", "content", "gone"), TWO_FACED, ids=[case[0] for case in TWO_FACED])
def test_a_picture_with_two_faces_keeps_one(
    case: str, name: str, content: bytes, gone: tuple[bytes, ...], enterprise: world.Party
) -> None:
    assert any(mark in content for mark in gone) or "iCCP" in case
    back = back_of(kept(enterprise, content, name))
    for mark in gone:
        assert mark not in back
    seen = Image.open(io.BytesIO(back))
    assert seen.size == (64, 48)
    assert getattr(seen, "n_frames", 1) == 1
    ends = {"JPEG": back.endswith(b"\xff\xd9"), "PNG": back.endswith(b"IEND\xaeB`\x82")}
    assert ends.get(seen.format or "", len(back) == 8 + int.from_bytes(back[4:8], "little"))


# A small process in between: what a child is said to have used begins with the size of who started it.
LAUNCHER = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:])
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print()
print(used.ru_maxrss, used.ru_utime + used.ru_stime)
"""
HEAVY = [case for case in CASES if "file_bomb" in case[3] or "brackets" in case[0] or "never end" in case[0]]


@pytest.mark.parametrize(("case", "name", "content", "codes"), HEAVY, ids=[case[0] for case in HEAVY])
def test_the_heavy_ones_stay_within_their_memory(
    case: str, name: str, content: Content, codes: set[str], tmp_path: Path
) -> None:
    source = tmp_path / "source"
    source.write_bytes(made(content))
    suffix = Path(name).suffix
    command = [sys.executable, "-I", child.__file__, str(source), str(tmp_path / "target"), suffix, *FORMATS]
    ended = subprocess.run(
        [sys.executable, "-I", "-c", LAUNCHER, *command], capture_output=True, text=True, check=True
    )
    kilobytes, seconds = ended.stdout.splitlines()[-1].split()
    assert int(kilobytes) <= MOST_MEGABYTES * 1024, case
    assert float(seconds) <= MOST_SECONDS, case
    assert "Traceback" not in ended.stdout + ended.stderr


STOPPED = {
    "it takes all the memory there is": "x = []\nwhile True: x.append(bytes(10_000_000))",
    "it never ends": "while True: pass",
    "it crashes": "import os; os.kill(os.getpid(), 11)",
    "it says nonsense": "raise SystemExit(1)",
}


@pytest.mark.django_db
@pytest.mark.parametrize("case", STOPPED)
def test_an_inspection_that_goes_wrong_is_a_refusal(
    case: str, enterprise: world.Party, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if a file had got the better of a library."""
    taken_over = tmp_path / "child.py"
    limits = "import resource\nresource.setrlimit(resource.RLIMIT_AS, (400 << 20, 400 << 20))\n"
    taken_over.write_text(limits + STOPPED[case])
    monkeypatch.setattr(inspecting.child, "__file__", str(taken_over))
    monkeypatch.setattr(inspecting, "LONGEST_WAIT", 2.0)
    with pytest.raises(Problem, match="file_unsafe"):
        kept(enterprise, b"%PDF-1.7", "a.pdf")
    assert not StoredFile.objects.exists()
    assert on_disk() == []


def test_the_child_knows_no_secret_and_no_framework(tmp_path: Path) -> None:
    """What a hostile file might take over has neither the environment nor the database at hand."""
    code = (
        "import sys, runpy; sys.argv = ['child', sys.argv[1], sys.argv[2], '', 'application/pdf'];"
        f"runpy.run_path({child.__file__!r}, run_name='__main__');"
        "print(sorted(name for name in sys.modules if name.split('.')[0] in ('django', 'rest_framework')))"
    )
    source = tmp_path / "a"
    source.write_bytes(b"%PDF-1.7")
    command = [sys.executable, "-I", "-c", code, str(source), str(tmp_path / "b")]
    said = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    assert said.splitlines()[-1] == "[]"
