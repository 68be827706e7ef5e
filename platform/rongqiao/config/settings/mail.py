"""How letters leave: through the mail server of one address, or into a folder."""

from typing import Any

import environ

FOLDER = "rongqiao.mailing.backends.FolderBackend"


def mail(url: str) -> dict[str, Any]:
    """Django's EMAIL_… settings for smtp://user:password@host:port, smtp+tls:// (STARTTLS) or smtps:// (TLS from the
    first byte); without an address letters are written to a folder."""
    if not url:
        return {"EMAIL_BACKEND": FOLDER}
    given = environ.Env.email_url_config(url.replace("smtps://", "smtp+ssl://", 1))
    return {name: value for name, value in given.items() if name != "EMAIL_FILE_PATH"}
