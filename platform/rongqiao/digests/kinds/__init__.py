"""What there is to be told of: each kind of digest is one file beside this, in its own module."""

from .kind import DigestKind, Subject, Wish
from .pairings import PAIRINGS
from .searches import SEARCHES

KINDS: dict[str, DigestKind] = {kind.code: kind for kind in (PAIRINGS, SEARCHES)}

__all__ = ["KINDS", "DigestKind", "Subject", "Wish"]
