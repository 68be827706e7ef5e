"""Whether a server can be had: without one a test is left out aloud, in a run that must have every service it fails."""

import os
from types import ModuleType

import pytest


def need(*servers: ModuleType) -> None:
    """Skip (or with RONGQIAO_EVERY_SERVICE fail) with the remedy when a server's programs are not found."""
    missing = [server for server in servers if not server.found()]
    if not missing:
        return
    sentence = "; ".join(f"no {server.__name__.rsplit('.', 1)[-1]}: {server.REMEDY}" for server in missing)
    if os.environ.get("RONGQIAO_EVERY_SERVICE"):
        pytest.fail(sentence)
    pytest.skip(sentence)
