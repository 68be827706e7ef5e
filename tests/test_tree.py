"""The shape of the tree that everything else relies on."""

import platform
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def test_platform_is_a_source_root_and_no_package() -> None:
    """An __init__.py there would shadow the standard library's `platform` and break Python itself (uuid, pip, pytest)."""
    assert (ROOT / "platform" / "rongqiao" / "__init__.py").is_file()
    assert not (ROOT / "platform" / "__init__.py").exists()
    assert platform.python_version()


def test_no_file_has_two_subjects_worth_of_lines() -> None:
    long = [
        str(path.relative_to(ROOT))
        for folder in ("platform", "matching", "search", "tests")
        for path in (ROOT / folder).rglob("*.py")
        if len(path.read_text(encoding="utf-8").splitlines()) > 500
    ]
    assert long == []


def test_locks_name_no_address_and_pin_every_hash() -> None:
    for lock in sorted((ROOT / "requirements").glob("*.txt")):
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text, lock
        assert text.count("==") <= text.count("--hash=sha256:"), lock
