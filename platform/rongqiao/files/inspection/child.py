"""The program: `python child.py SOURCE TARGET SUFFIX MEDIA_TYPE…` says as JSON what a file is, or why it is refused.

Runs apart because a hostile file can make a library ask for all the memory or time there is, which no exception
catches: here the kernel says no, and only this process ends.
"""

import json
import logging
import resource
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

MEMORY = 400 * 1024 * 1024
SECONDS = 12
LARGEST_RESULT = 100 * 1024 * 1024


def main(source: Path, target: Path, suffix: str, wanted: frozenset[str]) -> None:
    """Print `{"found": {…}}` or `{"code": …, "zh": …, "en": …}`."""
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, LARGEST_RESULT),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    logging.disable()
    # Started by its path and isolated, so the source root is not on the path of imports by itself.
    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
    print(json.dumps(verdict(source, target, suffix, wanted)))


def verdict(source: Path, target: Path, suffix: str, wanted: frozenset[str]) -> dict[str, Any]:
    """The answer, whatever the file does to the libraries short of ending the process."""
    from rongqiao.files.inspection.verdict import Refused

    try:
        return {"found": examine(source, target, suffix, wanted)}
    except Refused as refusal:
        return {"code": refusal.code, "zh": refusal.zh, "en": refusal.en}
    except MemoryError:
        return {"code": "file_bomb", "zh": "打开它需要的内存太多", "en": "opening it takes too much memory"}
    except RecursionError:
        return {"code": "file_bomb", "zh": "内容嵌套太深", "en": "it is nested too deeply"}
    except Exception as error:
        kind = type(error).__name__
        return {"code": "file_broken", "zh": f"内容不合规范（{kind}）", "en": f"it is malformed ({kind})"}


def examine(source: Path, target: Path, suffix: str, wanted: frozenset[str]) -> dict[str, Any]:
    """Type by content, then the name against it, then the inspection of that type."""
    from rongqiao.files.inspection import foreign
    from rongqiao.files.inspection.formats import recognised
    from rongqiao.files.inspection.verdict import Refused, broken

    with source.open("rb") as file:
        start = file.read(1024)
    if not start:
        raise broken("文件是空的", "the file is empty")
    format_ = recognised(start, source)
    if format_ is None:
        raise Refused("file_type", *foreign.name_of(start))
    if suffix and suffix not in format_.suffixes:
        zh, en = f"内容是{format_.zh}，扩展名却是 {suffix}", f"it is a {format_.en} by the name of {suffix}"
        raise Refused("file_mismatch", zh, en)
    if format_.media_type not in wanted:
        raise Refused("file_type", f"这是{format_.zh}", f"it is a {format_.en}")
    return asdict(format_.inspect(source, target))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], frozenset(sys.argv[4:]))
