"""`manage.py pair [--kind talent_need] [--processes 2]`: pair every open posting anew, with a progress bar."""

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

import django
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from tqdm import tqdm

from rongqiao.indexing.models import Indexed
from rongqiao.postings import kinds
from rongqiao.recommending import services

CHUNK = 50


def refresh(posting_ids: list[int]) -> int:
    """Pair a chunk. Returns how many."""
    services.refresh(posting_ids)
    return len(posting_ids)


class Command(BaseCommand):
    help = "重新配对：默认全部需求；--kind 指定类型，可重复；--processes 并行进程数。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--kind", action="append", choices=[kind.code for kind in kinds.all_kinds()])
        parser.add_argument("--processes", type=int, default=min(4, os.cpu_count() or 1))

    def handle(self, *args: Any, **options: Any) -> None:
        codes = options["kind"] or [kind.code for kind in kinds.of_side("need")]
        ids = list(Indexed.objects.filter(kind__in=codes).order_by("pk").values_list("pk", flat=True))
        chunks = [ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK)]
        with tqdm(total=len(ids), unit="条", desc="配对", file=self.stderr) as bar:
            for done in paired(chunks, min(options["processes"], len(chunks))):
                bar.update(done)
        self.stdout.write(f"已配对 {len(ids)} 条")


def paired(chunks: list[list[int]], processes: int) -> Iterator[int]:
    """How many of each chunk, as they are done: here, or in so many processes with connections of their own."""
    if processes <= 1:
        yield from map(refresh, chunks)
        return
    connection.close()
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=django.setup) as pool:
        yield from pool.map(refresh, chunks)
