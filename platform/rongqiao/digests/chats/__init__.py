"""Group chats that a digest can be posted to: one file each."""

from . import dingtalk, feishu, wecom
from .chat import Chat, Refused, Said, TooOften

CHATS: dict[str, Chat] = {chat.code: chat for chat in (wecom.CHAT, feishu.CHAT, dingtalk.CHAT)}

__all__ = ["CHATS", "Chat", "Refused", "Said", "TooOften"]
