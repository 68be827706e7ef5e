"""Somebody who writes letters, in a process of its own that may be killed; after each commit its Message-ID is said.

`python -m tests.robustness.mail_driver NAME` goes on until killed.
"""

import itertools
import random
import sys
import time

import django

django.setup()

from django.db import transaction  # noqa: E402

from rongqiao.mailing import registry, services  # noqa: E402
from rongqiao.mailing.content import Content, Paragraph  # noqa: E402

KIND = registry.LetterKind(
    "flow", "连续", "Flow", lambda context: Content(f"第 {context['number']} 封", [Paragraph("您好")]), notice=False, secret=False
)


def write(name: str, number: int) -> None:
    """One to three letters in one transaction, now and then undone; what is committed is said."""
    dice = random.Random(f"{name} {number}")
    try:
        with transaction.atomic():
            letters = [
                services.send(kind="flow", to=f"{key}@mail.example", context={"number": number}, once=key)
                for key in (f"{name}.{number}.{part}" for part in range(dice.randint(1, 3)))
            ]
            if dice.random() < 0.1:
                raise InterruptedError
    except InterruptedError:
        return
    sys.stdout.write("".join(f'"{letter.message_id}"\n' for letter in letters))
    sys.stdout.flush()


if __name__ == "__main__":
    registry.register(KIND)
    for number in itertools.count():
        write(sys.argv[1], number)
        time.sleep(random.uniform(0.0, 0.12))
