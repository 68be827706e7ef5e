"""`manage.py audit verify`: whether the audit trail is still what was sealed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from rongqiao.audit import chain, services


class Command(BaseCommand):
    help = "审计记录：verify 逐条核对封条，改动或删除过的逐条列出，退出码不为 0；seal 立即封存。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["verify", "seal"])

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, options["action"])()

    def verify(self) -> None:
        found = list(chain.breaks())
        for each in found[:100]:
            self.stdout.write(f"第 {each.number} 条，记录 {each.entry_id}：{each.fault}")
        number, digest = chain.head()
        self.stdout.write(f"已封存 {number} 条，末条摘要 {digest}（请另行保存，用来发现整段被截断）")
        if found:
            raise CommandError(f"{len(found)} 处与封存时不同；请从备份恢复并查明原因。")

    def seal(self) -> None:
        total = 0
        while done := services.seal():
            total += done
        self.stdout.write(f"封存 {total} 条")
