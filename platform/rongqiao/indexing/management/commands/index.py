"""`manage.py index rebuild|reconcile|status`: with a server running the work is the server's, else it is done here."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from rongqiao.indexing import runs
from rongqiao.indexing.engines import engine
from rongqiao.indexing.models import IndexRun
from rongqiao.indexing.schemas import contents_of, postings_of
from rongqiao.outbox import services as outbox
from rongqiao.outbox import worker
from rongqiao.outbox.registry import consumers
from rongqiao.postings import kinds


class Command(BaseCommand):
    help = "索引：rebuild 重建（不停服），reconcile --check/--fix 对账，status 查看。"

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("rebuild").add_argument("--force", action="store_true", help="数量骤减也替换")
        reconcile = actions.add_parser("reconcile").add_mutually_exclusive_group()
        reconcile.add_argument("--check", action="store_true", help="只检查（默认）")
        reconcile.add_argument("--fix", action="store_true", help="检查并修复")
        actions.add_parser("status")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["action"] == "status":
            self.status()
            return
        action = "rebuild" if options["action"] == "rebuild" else "fix" if options["fix"] else "check"
        run = self.run_to_end(runs.ask(action=action, force=options.get("force", False)))
        if run.state != "done":
            raise CommandError(f"{run.get_action_display()}：{run.get_state_display()} {run.result.get('error', '')}")
        taken = (run.ended_at - run.asked_at).total_seconds() if run.ended_at else 0.0
        self.stdout.write(" ".join(f"{name}={count}" for name, count in run.result.items()) + f"，{taken:.1f} 秒")
        if action == "check" and any(run.result.values()):
            raise CommandError("索引与数据库不一致；运行 index reconcile --fix 修复。")

    def run_to_end(self, run: IndexRun) -> IndexRun:
        """Watch the run; when nobody else is the drainer, carry it out in a thread-free loop of our own."""
        with tqdm(total=0, unit="条", desc=run.get_action_display(), file=self.stderr) as bar:
            while run.state in ("waiting", "running"):
                with worker.only_drainer() as mine:
                    if mine:
                        self.carry_out(run, bar)
                run.refresh_from_db()
                self.show(run, bar)
                if run.state in ("waiting", "running"):
                    time.sleep(0.3)
        return run

    def carry_out(self, run: IndexRun, bar: "tqdm[Any]") -> None:
        try:
            for consumer in consumers():
                if consumer.name == "index runs":
                    outbox.drain_consumer(consumer)
        except KeyboardInterrupt:
            runs.cancel(run.pk)
            raise

    def show(self, run: IndexRun, bar: "tqdm[Any]") -> None:
        bar.total = run.total
        bar.n = run.done
        bar.refresh()

    def status(self) -> None:
        for kind in kinds.all_kinds():
            postings, contents = (engine().count(schema) for schema in (postings_of(kind.code), contents_of(kind.code)))
            self.stdout.write(f"{kind.zh}（{kind.code}）：信息 {postings}，不同内容 {contents}")
