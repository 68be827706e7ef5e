"""A secret of one's own for the embedded mode: made at the first start, kept beside the data."""

import secrets
from pathlib import Path


def kept_secret(folder: Path) -> str:
    """The installation's secret key, created (readable by the owner alone) when it does not exist yet."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "secret"
    try:
        with path.open("x") as file:
            path.chmod(0o600)
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return path.read_text()
