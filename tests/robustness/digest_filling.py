"""A region whose people all have a digest due now: `python -m tests.robustness.digest_filling RECIPIENTS`."""

import sys

import django

django.setup()

from django.utils import timezone  # noqa: E402

from rongqiao.common import clock  # noqa: E402
from rongqiao.digests import bench, sending  # noqa: E402
from rongqiao.digests.models import Preference  # noqa: E402

if __name__ == "__main__":
    bench.build(int(sys.argv[1]), each=4)
    now = clock.now()
    Preference.objects.update(due_at=now, weekday=timezone.localtime(now).weekday())
    while sending.wake():
        pass
