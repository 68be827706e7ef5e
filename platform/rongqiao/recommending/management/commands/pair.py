"""`manage.py pair [--kind talent_need]`: pair every open posting anew, with a progress bar."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from rongqiao.indexing.models import Indexed
from rongqiao.postings import kinds
from rongqiao.recommending import services

CHUNK = 50


class Command(BaseCommand):
    help = "重新配对：默认全部需求；--kind 指定类型，可重复。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--kind", action="append", choices=[kind.code for kind in kinds.all_kinds()])

    def handle(self, *args: Any, **options: Any) -> None:
        codes = options["kind"] or [kind.code for kind in kinds.of_side("need")]
        ids = list(Indexed.objects.filter(kind__in=codes).order_by("pk").values_list("pk", flat=True))
        with tqdm(total=len(ids), unit="条", desc="配对", file=self.stderr) as bar:
            for start in range(0, len(ids), CHUNK):
                services.refresh(ids[start : start + CHUNK])
                bar.update(len(ids[start : start + CHUNK]))
        self.stdout.write(f"已配对 {len(ids)} 条")
