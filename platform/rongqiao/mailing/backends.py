"""Where letters go without a mail server: one file each, in a folder that the demo shows."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from rongqiao.common import clock

_UNSAFE = re.compile(r"[^A-Za-z0-9-]")


class FolderBackend(BaseEmailBackend):
    """Writes each message as <time>-<Message-ID>.eml; a file is whole or not there."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            _write(folder, message)
        return len(email_messages)


def _write(folder: Path, message: EmailMessage) -> None:
    built: Any = message.message()
    number = _UNSAFE.sub("", str(built["Message-ID"]).strip("<>").partition("@")[0])[:60]
    target = folder / f"{clock.now():%Y%m%dT%H%M%S%f}-{number}.eml"
    unfinished = target.with_suffix(".part")
    unfinished.write_bytes(built.as_bytes(linesep="\r\n"))
    unfinished.chmod(0o600)
    unfinished.replace(target)
