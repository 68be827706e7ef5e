"""However many tell at the same moment, there is one letter."""

import threading

import pytest
from django.db import connections

from rongqiao.common import clock
from rongqiao.digests import sending
from rongqiao.digests.models import Digest
from rongqiao.digests.planning import plan
from rongqiao.mailing.models import Letter
from tests.digests.conftest import due_now, fit


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_tells(low) -> None:
    fitting, _ = fit()
    preference = due_now(fitting.person)
    ((planned, composed),) = plan([preference], clock.now())
    told: list[Digest | None] = []

    def one() -> None:
        told.append(sending.tell(planned, composed, clock.now()))
        connections.close_all()

    threads = [threading.Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([digest for digest in told if digest]) == 1
    assert Letter.objects.filter(kind="digest_pairings").count() == 1
