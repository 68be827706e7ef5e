"""Refusals that say what exactly was found, and what would be taken instead."""

from rongqiao.common.errors import Fault, Problem
from rongqiao.common.language import Bilingual
from rongqiao.common.remedies import REMEDIES

from .registry import Purpose

STATUS = {"file_too_large": 413, "file_busy": 503, "file_gone": 410, "too_many_files": 409}


def refused(code: str, zh: str = "", en: str = "", purpose: Purpose | None = None) -> Problem:
    """A Problem about the field `file`: the words of the code, then the reason."""
    words, remedy = REMEDIES[code]
    if zh:
        words = Bilingual(f"{words.zh}：{zh}", f"{words.en}: {en}")
    if code in ("file_type", "file_mismatch") and purpose is not None:
        remedy = accepted(purpose)
    return Problem(Fault("file", code, words, remedy), status=STATUS.get(code, 400))


def too_large(purpose: Purpose) -> Problem:
    """More bytes than the purpose takes."""
    most = megabytes(purpose.most_bytes)
    return refused("file_too_large", f"上限 {most}", f"at most {most}")


def accepted(purpose: Purpose) -> Bilingual:
    """What to send instead."""
    suffixes = [suffix for each in purpose.formats() for suffix in each.suffixes]
    return Bilingual(
        "请上传 " + "、".join(suffixes) + " 文件", "Upload a file of type " + ", ".join(suffixes)
    )


def megabytes(size: int) -> str:
    """A size for people."""
    return f"{size / (1024 * 1024):g} MB" if size >= 1024 * 1024 else f"{size / 1024:g} KB"
