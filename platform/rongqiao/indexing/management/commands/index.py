"""`manage.py index rebuild|migrate|reconcile|status`: with a server running the work is the server's, else it is done
here."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from rongqiao.indexing import runs, selectors
from rongqiao.indexing.engines import engine
from rongqiao.indexing.models import IndexRun
from rongqiao.indexing.schemas import schemas_of
from rongqiao.outbox import services as outbox
from rongqiao.outbox import worker
from rongqiao.outbox.registry import Unavailable, consumers
from rongqiao.postings import kinds


class Command(BaseCommand):
    help = "索引：rebuild 重建（不停服），migrate 结构变化后迁移（不停服），reconcile --check/--fix 对账，status 查看。"

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("rebuild").add_argument("--force", action="store_true", help="数量骤减也替换")
        actions.add_parser("migrate").add_argument("--force", action="store_true", help="数量骤减也替换")
        reconcile = actions.add_parser("reconcile").add_mutually_exclusive_group()
        reconcile.add_argument("--check", action="store_true", help="只检查（默认）")
        reconcile.add_argument("--fix", action="store_true", help="检查并修复")
        actions.add_parser("status")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["action"] == "status":
            self.status()
            return
        action = {"reconcile": "fix" if options.get("fix") else "check"}.get(options["action"], options["action"])
        force = options.get("force", False)
        try:
            run = self.migrate(force) if action == "migrate" else self.asked(action, force)
        except KeyboardInterrupt:
            raise CommandError("已停止，原来的索引照旧使用。") from None
        self.report(run)

    def report(self, run: IndexRun) -> None:
        """What came of it; CommandError when that is not what one would want."""
        if run.state != "done":
            raise CommandError(f"{run.get_action_display()}：{run.get_state_display()} {run.result.get('error', '')}")
        taken = (run.ended_at - run.asked_at).total_seconds() if run.ended_at else 0.0
        self.stdout.write(" ".join(f"{name}={count}" for name, count in run.result.items()) + f"，{taken:.1f} 秒")
        if run.action == "check" and any(run.result.values()):
            raise CommandError("索引与数据库不一致；运行 index reconcile --fix 修复。")
        if run.action == "migrate" and (left := selectors.unbuilt()):
            raise CommandError(f"{'、'.join(left)} 未迁移：持有索引的服务是旧版本。停下旧版本的服务后再运行。")

    def migrate(self, force: bool) -> IndexRun:
        """Done here where it can be, by the release that is being deployed: a worker that runs may be of the one
        before, which sees nothing to do."""
        with worker.only_drainer() as mine:
            if mine:
                with tqdm(total=0, unit="条", desc="迁移", file=self.stderr) as bar:
                    try:
                        return runs.ask_and_carry_out(
                            action="migrate", force=force, watch=lambda done, total: show(bar, done, total)
                        )
                    except Unavailable as busy:
                        raise CommandError(f"另一个进程正在重建，稍后再试：{busy}") from busy
        return self.asked("migrate", force)

    def asked(self, action: str, force: bool) -> IndexRun:
        """Watch a run that is asked for; when nobody else is the drainer, carry it out in a loop of our own."""
        run = runs.ask(action=action, force=force)
        try:
            with tqdm(total=0, unit="条", desc=run.get_action_display(), file=self.stderr) as bar:
                while run.state in ("waiting", "running"):
                    with worker.only_drainer() as mine:
                        if mine:
                            carry_out()
                    run.refresh_from_db()
                    show(bar, run.done, run.total)
                    if run.state in ("waiting", "running"):
                        time.sleep(0.3)
        except KeyboardInterrupt:
            runs.cancel(run.pk)
            raise
        return run

    def status(self) -> None:
        for kind in kinds.all_kinds():
            postings, contents = (engine().count(schema) for schema in schemas_of(kind.code))
            self.stdout.write(f"{kind.zh}（{kind.code}）：信息 {postings}，不同内容 {contents}")
        if left := selectors.unbuilt():
            self.stdout.write(f"待迁移：{'、'.join(left)}。运行 index migrate。")


def carry_out() -> None:
    """Whatever run waits."""
    for consumer in consumers():
        if consumer.name == "index runs":
            outbox.drain_consumer(consumer)


def show(bar: "tqdm[Any]", done: int, total: int) -> None:
    """How far it is."""
    bar.total, bar.n = total, done
    bar.refresh()
