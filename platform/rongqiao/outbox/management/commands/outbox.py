"""`manage.py outbox status|drain|index|work|retry`: what waits, and what kept failing."""

import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from rongqiao.outbox import selectors, services, worker
from rongqiao.outbox.registry import consumers


class Command(BaseCommand):
    help = "待办事件：status 查看，drain 处理完为止，index 只做索引，work 持续处理，retry 重试被搁置的。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["status", "drain", "index", "work", "retry"])

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, options["action"])()

    def status(self) -> None:
        for depth in selectors.depths():
            self.stdout.write(f"{depth.consumer}: 等待 {depth.waiting}，最早 {depth.oldest}，搁置 {depth.set_aside}")
        for event in selectors.set_aside()[:20]:
            self.stdout.write(f"搁置 #{event.pk} {event.consumer} 对象 {event.object_id}: {event.error}")

    def drain(self) -> None:
        with worker.only_drainer() as mine:
            if not mine:
                raise CommandError("另一个进程正在处理（服务器已启动）；事件会由它处理，请用 outbox status 查看。")
            self.stdout.write(f"已处理 {services.drain()} 个事件")

    def index(self) -> None:
        """After a large import: everything is found first, pairings follow in the background."""
        with worker.only_drainer() as mine:
            if not mine:
                raise CommandError("另一个进程正在处理（服务器已启动）；事件会由它处理，请用 outbox status 查看。")
            chosen = [consumer for consumer in consumers() if consumer.name == "index"]
            done = sum(iter(lambda: services.drain_consumer(chosen[0]), 0))
            self.stdout.write(f"已处理 {done} 个事件")

    def work(self) -> None:
        worker.run(threading.Event())

    def retry(self) -> None:
        self.stdout.write(f"{services.retry_set_aside()} 个事件将重试")
