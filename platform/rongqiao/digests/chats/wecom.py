"""企业微信群机器人 (developer.work.weixin.qq.com/document/path/91770): the key is the only secret, 20 messages a minute,
4,096 bytes of Markdown."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from rongqiao.common.language import Bilingual

from .chat import Chat, Said, cut, verdict

LONGEST = 4_096
TOO_OFTEN = frozenset({45009})


def message(base: str, key: str, secret: str, said: Said, now: datetime) -> tuple[str, Mapping[str, Any]]:
    """Address and body."""
    return f"{base}?key={key}", {
        "msgtype": "markdown", "markdown": {"content": cut(f"**{said.title}**\n{said.text}", LONGEST)},
    }  # fmt: skip


def understood(answer: Mapping[str, Any]) -> None:
    verdict(answer, "errcode", TOO_OFTEN)


CHAT = Chat(
    "wecom", Bilingual("企业微信", "WeCom"), re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), 20, LONGEST, message,
    understood,
)  # fmt: skip
