"""`manage.py digests plan|show|status`: who would get what now and why not the others, before anything is sent."""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from rongqiao.common import clock
from rongqiao.digests import previewing, selectors
from rongqiao.digests.kinds import KINDS
from rongqiao.digests.planning import plan
from rongqiao.digests.vocabulary import REASONS

AT_ONCE = 100


class Command(BaseCommand):
    help = "摘要：plan 试算（谁会收到、谁不会及原因，不发送），show 邮箱 看一封，status 最近的结果。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["plan", "show", "status"])
        parser.add_argument("address", nargs="?", default="")
        parser.add_argument("--kind", choices=sorted(KINDS), default="")
        parser.add_argument("--due", action="store_true", help="只看已到时间的")

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, options["action"])(**options)

    def plan(self, *, kind: str, address: str, due: bool, **_: Any) -> None:
        """One line each, a sum at the end."""
        now, reasons = clock.now(), Counter[str]()
        rows = selectors.preferences(kind=kind, to=address, due_at=now if due else None)
        for some in selectors.in_parts(rows, AT_ONCE):
            for preference, composed in plan(some, now, due=due):
                reasons[composed.reason] += 1
                said = str(REASONS[composed.reason]) if composed.reason else f"{composed.subject}（{composed.told} 条）"
                self.stdout.write(f"{preference.person.email} {KINDS[preference.kind].label}: {said}")
        total = "，".join(f"{REASONS[code]} {count}" for code, count in sorted(reasons.items()) if code)
        self.stdout.write(f"会发 {reasons['']} 封。不发：{total or '无'}")

    def show(self, *, kind: str, address: str, due: bool, **_: Any) -> None:
        """The text of what an address would get."""
        if not address:
            raise CommandError("请给出邮箱地址。")
        for preference, composed in plan(selectors.preferences(kind=kind, to=address), clock.now(), due=due):
            shown = previewing.shown(preference, composed)
            self.stdout.write(shown.text or f"{KINDS[preference.kind].label}：{REASONS[shown.reason]}")

    def status(self, *, kind: str, **_: Any) -> None:
        """What came of those of the last seven days."""
        for outcome in selectors.outcomes(clock.now(), kind):
            label = REASONS.get(outcome["reason"], "已发出")
            self.stdout.write(f"{KINDS[outcome['kind']].label}: {label} {outcome['count']}")
