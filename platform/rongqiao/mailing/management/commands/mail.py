"""`manage.py mail status|test|suppress|allow|bounce`: what waits, whether letters arrive, what came back."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from rongqiao.common.errors import Problem
from rongqiao.mailing import bounces, delivery, selectors, services
from rongqiao.mailing.letters import TRIAL
from rongqiao.mailing.models import Letter, State


class Command(BaseCommand):
    help = "信函：status 查看，test 地址 试发一封，suppress 地址 停发，allow 地址 恢复，bounce 从标准输入读一封退信。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["status", "test", "suppress", "allow", "bounce"])
        parser.add_argument("address", nargs="?", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        action, address = options["action"], options["address"]
        if action == "status":
            self.status()
        elif action == "bounce":
            self.stdout.write(f"{bounces.take(sys.stdin.buffer)} 条退信已登记")
        elif not address:
            raise CommandError("请给出邮箱地址。")
        else:
            getattr(self, action)(address)

    def status(self) -> None:
        for depth in selectors.depths():
            self.stdout.write(f"{State(depth.state).label}: {depth.count}，最早 {depth.oldest}")
        for letter in selectors.letters(state=State.FAILED)[:20]:
            self.stdout.write(f"未送达 #{letter.pk} {letter.kind} → {letter.to}: {letter.answer}")

    def test(self, address: str) -> None:
        """One letter now, past the queue, with what the mail server says."""
        try:
            letter = services.send(kind=TRIAL.code, to=address, context={})
        except Problem as problem:
            raise CommandError(str(problem.faults[0].fault)) from problem
        delivery.deliver_one(letter.pk)
        letter = Letter.objects.get(pk=letter.pk)
        if letter.state != State.SENT:
            raise CommandError(f"{letter.get_state_display()}：{letter.answer or letter.reason}")
        self.stdout.write(f"已发出 {letter.message_id}")

    def suppress(self, address: str) -> None:
        services.suppress(address=address, reason="operator")

    def allow(self, address: str) -> None:
        services.unsuppress(address=address)
