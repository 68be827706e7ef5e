"""Good files with some of their bytes changed: kept or refused, never anything else."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rongqiao.common.errors import Problem
from rongqiao.files.models import StoredFile
from tests import world
from tests.files.keeping import back_of, kept, on_disk
from tests.files.samples import good

# What a file holds does not depend on the database: not run again on another.
pytestmark = [pytest.mark.django_db, pytest.mark.embedded_only]
FILES = good()


@st.composite
def changed(draw: st.DrawFn) -> tuple[str, bytes]:
    """The name of a good file, and its bytes flipped, cut or spliced with another's."""
    name = draw(st.sampled_from(sorted(FILES)))
    content = bytearray(FILES[name])
    places = st.integers(0, len(content) - 1)
    for place in draw(st.lists(places, max_size=12)):
        content[place] = draw(st.integers(0, 255))
    if draw(st.booleans()):
        start, end = sorted((draw(places), draw(places)))
        other = FILES[draw(st.sampled_from(sorted(FILES)))]
        content[start:end] = other[draw(st.integers(0, len(other))) :]
    return name, bytes(content[: draw(st.integers(1, len(content)))] if draw(st.booleans()) else content)


@given(case=changed())
@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_it_is_kept_or_refused(case: tuple[str, bytes], enterprise: world.Party) -> None:
    name, content = case
    before = len(on_disk())
    rows = StoredFile.objects.count()
    try:
        file = kept(enterprise, content, name)
    except Problem as problem:
        assert 400 <= problem.status < 500
        assert all(str(fault.fault) and str(fault.remedy) for fault in problem.faults)
        assert (len(on_disk()), StoredFile.objects.count()) == (before, rows)
    else:
        assert len(back_of(file)) == file.size
        assert (len(on_disk()), StoredFile.objects.count()) == (before + 1, rows + 1)
