"""Writing introductions: answers and steps, what opens when both have agreed, what the platform does by itself."""

from .answering import PLAIN, UNDO_WITHIN, answer, may_undo, met_elsewhere, recommend, see, take_step, undo
from .brokering import end_broker, name_broker
from .closing import close_overdue, follow_postings, remind_due
from .confiding import accept_note, contact_of, read_secrets, see_contacts, unlock
from .moving import DAYS, FEWEST_DAYS, INTRODUCTION_MOVED, MOST_DAYS
from .signing import propose, sign
from .talking import MESSAGE_WRITTEN, as_text, export, message_told, read_messages, write
from .telling import follow_messages, follow_moves

__all__ = [
    "DAYS",
    "FEWEST_DAYS",
    "INTRODUCTION_MOVED",
    "MESSAGE_WRITTEN",
    "MOST_DAYS",
    "PLAIN",
    "UNDO_WITHIN",
    "accept_note",
    "answer",
    "as_text",
    "close_overdue",
    "contact_of",
    "end_broker",
    "export",
    "follow_messages",
    "follow_moves",
    "follow_postings",
    "may_undo",
    "message_told",
    "met_elsewhere",
    "name_broker",
    "propose",
    "read_messages",
    "read_secrets",
    "recommend",
    "remind_due",
    "see",
    "see_contacts",
    "sign",
    "take_step",
    "undo",
    "unlock",
    "write",
]  # fmt: skip
