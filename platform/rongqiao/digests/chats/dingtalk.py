"""钉钉自定义机器人 (open.dingtalk.com/document/orgapp/custom-robot-access): time in milliseconds and signature in the
address, the secret as key over both; 20 messages a minute, more and it is silent for ten; 20,000 bytes."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from rongqiao.common.language import Bilingual

from .chat import Chat, Said, cut, signed, verdict

LONGEST = 18_000
TOO_OFTEN = frozenset({130101, 660026})


def message(base: str, key: str, secret: str, said: Said, now: datetime) -> tuple[str, Mapping[str, Any]]:
    """Address and body."""
    query = {"access_token": key}
    if secret:
        milliseconds = str(int(now.timestamp() * 1_000))
        query |= {"timestamp": milliseconds, "sign": signed(secret, f"{milliseconds}\n{secret}")}
    text = cut(f"#### {said.title}\n{said.text}", LONGEST).replace("\n", "\n\n")
    return f"{base}?{urlencode(query)}", {"msgtype": "markdown", "markdown": {"title": said.title, "text": text}}


def understood(answer: Mapping[str, Any]) -> None:
    verdict(answer, "errcode", TOO_OFTEN)


CHAT = Chat(
    "dingtalk", Bilingual("钉钉", "DingTalk"), re.compile(r"[0-9a-f]{64}"), 20, LONGEST, message, understood
)
