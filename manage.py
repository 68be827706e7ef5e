#!/usr/bin/env python3
"""Django's door. Works from any folder: it puts the checkout and platform/ on the path."""

import gc
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent


def main() -> None:
    # Imports and rebuilds make millions of short-lived objects; the default looks for cycles every 700 of them.
    gc.set_threshold(50_000, 50, 50)
    sys.path[:0] = [str(ROOT), str(ROOT / "platform")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rongqiao.config.settings.embedded")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
