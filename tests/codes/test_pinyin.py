"""Names as they are typed."""

import pytest

from rongqiao.codes.pinyin import full_and_initials


@pytest.mark.parametrize(
    ("text", "full", "initials"),
    [
        ("重庆三峡学院", "chongqingsanxiaxueyuan", "cqsxxy"),
        ("重量", "zhongliang", "zl"),
        ("吕梁市", "lvliangshi", "lls"),
        ("5G技术", "5gjishu", "5gjs"),
        ("西门子S7-1200", "ximenzis71200", "xmzs71200"),
        ("（万州）", "wanzhou", "wz"),
        ("！", "", ""),
        ("", "", ""),
    ],
)
def test_full_and_initials(text: str, full: str, initials: str) -> None:
    assert full_and_initials(text) == (full, initials)
