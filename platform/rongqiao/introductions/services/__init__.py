"""Writing introductions: answers, steps, undo."""

from .answering import PLAIN, UNDO_WITHIN, answer, may_undo, met_elsewhere, recommend, see, take_step, undo
from .moving import DAYS, FEWEST_DAYS, INTRODUCTION_MOVED, MOST_DAYS

__all__ = [
    "DAYS",
    "FEWEST_DAYS",
    "INTRODUCTION_MOVED",
    "MOST_DAYS",
    "PLAIN",
    "UNDO_WITHIN",
    "answer",
    "may_undo",
    "met_elsewhere",
    "recommend",
    "see",
    "take_step",
    "undo",
]  # fmt: skip
