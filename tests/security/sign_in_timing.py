"""`python -m tests.security.sign_in_timing`: does the time an answer takes tell whether there is an account?

Prints the medians for a known and an unknown address, and their ratio: of a wrong password with the hasher of the
product, and of asking for a new password. Alternating tries, a throw-away database. A measurement, not a test.
"""

import logging
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

TRIES = 60
KNOWN, UNKNOWN = "known@x.example", "nobody@x.example"
AUTH = "/api/auth/browser/v1"


def main(tries: int) -> None:
    """Make the database, measure both, print."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "rongqiao.config.settings.test"
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "platform"))
    import django
    from django.conf import global_settings, settings

    django.setup()
    settings.PASSWORD_HASHERS = global_settings.PASSWORD_HASHERS
    settings.ALLOWED_HOSTS = ["*"]
    from django.core.management import call_command
    from django.test import Client

    from rongqiao.parties.links import confirm
    from rongqiao.parties.models import Person

    call_command("migrate", verbosity=0)
    Person.objects.create_user(KNOWN, "Sesame-and-more-2026")
    confirm(KNOWN)
    # Only the answers' time is of interest, not what Django says of refused ones.
    logging.disable(logging.WARNING)

    def ask(path: str, **more: str) -> Callable[[str], Any]:
        return lambda email: Client().post(f"{AUTH}/{path}", {"email": email, **more}, content_type="application/json")

    report("wrong password", ask("auth/login", password="not the password"), tries)
    report("new password asked", ask("auth/password/request"), tries)


def report(what: str, asking: Callable[[str], Any], tries: int) -> None:
    """Alternate between the two addresses, after a few tries that do not count."""
    taken: dict[str, list[float]] = {KNOWN: [], UNKNOWN: []}
    for number in range(tries + 3):
        for email in (KNOWN, UNKNOWN) if number % 2 else (UNKNOWN, KNOWN):
            begun = time.perf_counter()
            asking(email)
            if number >= 3:
                taken[email].append((time.perf_counter() - begun) * 1000)
    known, unknown = median(taken[KNOWN]), median(taken[UNKNOWN])
    print(f"{what}: known {known:.1f} ms, unknown {unknown:.1f} ms, ratio {known / unknown:.3f} (medians of {tries} each)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else TRIES)
