"""A file that is no good answers with a Problem that has words, and leaves neither batch, row nor file."""

import pytest

from rongqiao.common.errors import Problem
from rongqiao.importing import store
from rongqiao.importing.models import Batch, RowError
from rongqiao.parties.models import Organisation
from rongqiao.postings.models import Posting
from tests.importing import hostile
from tests.importing.samples import uploaded
from tests.later import Content, made

CASES = hostile.every()


def test_there_are_enough_of_them() -> None:
    assert len({case[0] for case in CASES}) == len(CASES) >= 100


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "file_name", "content", "codes"), CASES, ids=[case[0] for case in CASES])
def test_a_bad_file_is_refused_whole(name: str, file_name: str, content: Content, codes: set[str]) -> None:
    with pytest.raises(Problem) as refused:
        uploaded(made(content), file_name)
    (fault,) = refused.value.faults
    assert fault.code in codes
    assert str(fault.fault)
    assert str(fault.remedy)
    assert 400 <= refused.value.status < 500
    for model in (Batch, RowError, Posting, Organisation):
        assert not model.objects.exists()
    assert list(store.folder().iterdir()) == []
