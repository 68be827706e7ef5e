"""`manage.py load_codes [system …]`: bring the code tables up to this release's editions."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from rongqiao.codes import services
from rongqiao.codes.models import System


class Command(BaseCommand):
    help = "载入代码表（行政区划、行业、职业、专业、证书、领域、技能）；可重复执行，只写有变化的。"

    def add_arguments(self, parser: CommandParser) -> None:
        names = "、".join(System.values)
        parser.add_argument("systems", nargs="*", metavar="system", help=f"其中之一或几个：{names}")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = [self.system(name) for name in options["systems"]] or None
        watch = self.progress if options["verbosity"] > 1 or self.stdout.isatty() else None
        for done in services.load(systems=wanted, progress=watch):
            self.stdout.write(
                f"{done.system.label}：{done.total} 条，写入 {done.written} 条，停用 {done.retired} 条"
            )

    def system(self, name: str) -> System:
        if name not in System.values:
            raise CommandError(f"没有代码表 {name}；可选：{'、'.join(System.values)}")
        return System(name)

    def progress(self, system: System, done: int, of: int) -> None:
        self.stdout.write(f"\r{system.label} {done}/{of}", ending="" if done < of else "\n")
        self.stdout.flush()
