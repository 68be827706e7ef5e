"""`manage.py load_demo`: the fictional demo region 万达开 with its accounts; safe to repeat."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from rongqiao.demo import loading
from rongqiao.demo.parties import PASSWORD


class Command(BaseCommand):
    help = "载入演示区域（万州、达州、开州的虚构企业与供求信息）和演示账号；可重复执行，只补缺少的。"

    def handle(self, *args: Any, **options: Any) -> None:
        with tqdm(desc="演示数据", unit="条", total=0, disable=options["verbosity"] == 0) as bar:
            try:
                done = loading.load(progress=lambda count, of: self.advance(bar, count, of))
            except loading.RefusedError as refused:
                raise CommandError(str(refused)) from refused
        counts = f"{len(done.organisations)} 家单位，{done.postings} 条供求信息，本次新增 {done.new} 条"
        self.stdout.write(f"演示区域：{counts}")
        self.stdout.write(f"演示账号（密码均为 {PASSWORD}，仅限本机演示）：")
        for account in done.accounts:
            self.stdout.write(f"  {account.email:<36} {account.role} · {account.organisation}")

    def advance(self, bar: "tqdm[None]", count: int, of: int) -> None:
        """Move the bar to `count` of `of`."""
        bar.total = of
        bar.update(count - bar.n)
