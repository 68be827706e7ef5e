"""飞书自定义机器人 (open.feishu.cn/document/client-docs/bot-v3/add-custom-bot): the signature's key is time and secret,
over nothing; 100 messages a minute, 20 KB a message."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from rongqiao.common.language import Bilingual

from .chat import Chat, Said, cut, signed, verdict

LONGEST = 18_000
TOO_OFTEN = frozenset({11232, 9499})


def message(base: str, key: str, secret: str, said: Said, now: datetime) -> tuple[str, Mapping[str, Any]]:
    """Address and body: a card whose only element is Markdown."""
    card = {
        "header": {"title": {"tag": "plain_text", "content": said.title}},
        "elements": [{"tag": "markdown", "content": cut(said.text, LONGEST)}],
    }
    body: dict[str, Any] = {"msg_type": "interactive", "card": card}
    if secret:
        seconds = str(int(now.timestamp()))
        body |= {"timestamp": seconds, "sign": signed(f"{seconds}\n{secret}", "")}
    return f"{base}/{key}", body


def understood(answer: Mapping[str, Any]) -> None:
    verdict(answer, "code", TOO_OFTEN)


CHAT = Chat(
    "feishu", Bilingual("飞书", "Feishu"), re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), 100, LONGEST, message,
    understood,
)  # fmt: skip
