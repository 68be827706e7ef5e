"""Workers one after the other, each a process that may be killed: `python -m tests.robustness.workers` forks the next
one when one has died and says its process id. Starting a program anew for each would take longer than its life."""

import os
import sys
import threading

import django

django.setup()

from rongqiao.outbox import worker  # noqa: E402


def follow_each_other() -> None:
    """Until killed."""
    while True:
        child = os.fork()
        if child == 0:
            worker.run(threading.Event())
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        os.waitpid(child, 0)


if __name__ == "__main__":
    follow_each_other()
