"""What a log must not keep: the address of a one-time link is the right to use it."""

import logging
import re
from typing import Any

_LINK = re.compile(r"(/[ldu]/)[^ ?]+")


class WithoutTokens(logging.Filter):
    """Takes the tokens out of the addresses that Django names when it answers 4xx or 5xx."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _without(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_without(value) for value in record.args)
        return True


def _without(value: Any) -> Any:
    return _LINK.sub(r"\1…", value) if isinstance(value, str) else value
