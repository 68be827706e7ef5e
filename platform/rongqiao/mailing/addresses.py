"""Which addresses a letter can go to."""

from email.utils import parseaddr

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from rongqiao.common.errors import Problem, from_code

LONGEST = 254


def usable(address: str) -> str:
    """The address as letters are sent to it. Raises Problem `address` for one that is none.

    Line breaks and everything else that could end a header are refused with it, never repaired.
    """
    given = address.strip(" ")
    try:
        validate_email(given)
        given.encode("ascii")
    except (ValidationError, UnicodeEncodeError) as error:
        raise Problem(from_code("address", "email")) from error
    if len(given) > LONGEST or any(character in given for character in "\r\n\0<>,;"):
        raise Problem(from_code("address", "email"))
    return given


def same(address: str) -> str:
    """What two spellings of one mailbox have in common, good enough not to write to it again."""
    return address.strip().lower()


def own_host() -> str:
    """The host of the sender's address, for Message-IDs."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
