"""One connection to the mail server for many letters, and what the server's answers mean."""

import contextlib
import logging
import smtplib
from typing import Any

from django.core.mail import EmailMultiAlternatives, get_connection

from .models import Letter

log = logging.getLogger(__name__)


class Away(Exception):
    """The mail server cannot be reached, or does not want to talk: it has nothing to do with the letter."""


class Refused(Exception):
    """The server said no to this letter for good (5xx)."""


class NotNow(Exception):
    """The server did not take this letter, or we do not know whether it did (4xx, no answer, a broken one)."""


class Connection:
    """Opened when the first letter needs it, and again when it died."""

    def __init__(self) -> None:
        self.backend: Any = get_connection(fail_silently=False)

    def send(self, letter: Letter) -> None:
        """Hand one letter over; returns only when the server said that it has it. Raises Away, Refused, NotNow."""
        self._ready()
        try:
            taken = self.backend.send_messages([message_of(letter)])
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as error:
            code, words = _answer(error)
            raise (Refused if 500 <= code <= 599 else NotNow)(words) from error
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            raise NotNow(_answer(error)[1]) from error
        if taken != 1:
            raise NotNow("not taken")

    def _ready(self) -> None:
        """Open, or still alive: servers hang up on those who were silent for long."""
        smtp = getattr(self.backend, "connection", None)
        if smtp is not None and not _alive(smtp):
            self._drop()
        try:
            self.backend.open()
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            raise Away(_answer(error)[1]) from error

    def _drop(self) -> None:
        """Hang up without a word: QUIT would wait for an answer that does not come."""
        smtp = getattr(self.backend, "connection", None)
        if smtp is not None:
            self.backend.connection = None
            smtp.close()

    def close(self) -> None:
        """Say good-bye; a server that does not answer that has all the same taken what it took."""
        with contextlib.suppress(smtplib.SMTPException, OSError):
            self.backend.close()
        self._drop()


def message_of(letter: Letter) -> EmailMultiAlternatives:
    """The letter as it goes over the wire; each time with the same Message-ID."""
    headers = {
        "Message-ID": letter.message_id,
        "Auto-Submitted": "auto-generated",
        "Content-Language": "en" if letter.language.startswith("en") else "zh-CN",
    }
    if letter.unsubscribe:
        headers |= {"List-Unsubscribe": f"<{letter.unsubscribe}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    message = EmailMultiAlternatives(letter.subject, letter.text, to=[letter.to], headers=headers)
    message.attach_alternative(letter.html, "text/html")
    return message


def _alive(smtp: smtplib.SMTP) -> bool:
    try:
        return smtp.noop()[0] == 250
    except (smtplib.SMTPException, OSError):
        return False


def _answer(error: Exception) -> tuple[int, str]:
    """(code, words) of what the server said; code 0 when it said nothing one can read."""
    code, words = 0, str(error) or type(error).__name__
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
        words = f"{code} {_readable(said)}"
    elif isinstance(error, smtplib.SMTPResponseException):
        code, words = error.smtp_code, f"{error.smtp_code} {_readable(error.smtp_error)}"
    return code, "".join(each if each.isprintable() else " " for each in words)[:500]


def _readable(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said
