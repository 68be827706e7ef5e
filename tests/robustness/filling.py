"""`python -m tests.robustness.filling COUNT`: the parties with a session (said), and so many published postings that are in
the indexes already."""

import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from tests.indexing.planting import fill  # noqa: E402
from tests.robustness.driver import make_parties  # noqa: E402

if __name__ == "__main__":
    session = make_parties()
    fill(int(sys.argv[1]))
    call_command("index", "migrate", stdout=sys.stderr)
    print(session)
