"""`manage.py import_postings FILE --kind talent_need --source LABEL`: the web's import, from a file."""

import json
from argparse import ArgumentTypeError
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from rongqiao.common.errors import Problem
from rongqiao.importing import running, selectors, services
from rongqiao.importing.faults import fault
from rongqiao.importing.mapping import Proposal, chosen
from rongqiao.importing.models import Batch, Doubtful, RowError
from rongqiao.importing.tables import words_of
from rongqiao.parties.selectors import one_organisation
from rongqiao.postings import kinds

BLOCK = 1 << 20
SHOWN = 3


def pair(text: str) -> tuple[str, str]:
    """COLUMN=FIELD; "COLUMN=" leaves a column out."""
    column, equals, target = text.rpartition("=")
    if not equals or not column:
        raise ArgumentTypeError("写成 列名=字段名")
    return column, target


class Command(BaseCommand):
    help = "导入 .jsonl、.xlsx、.xls、.csv；再次导入同一来源只更新有变化的行。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--kind", required=True, choices=[kind.code for kind in kinds.all_kinds()])
        parser.add_argument("--source", required=True, help="来源名称，1–40 字")
        parser.add_argument("--organisation", type=int, help="机构编号；不填则按每行的单位名称")
        parser.add_argument("--map", type=pair, action="append", default=[], metavar="列=字段")
        parser.add_argument(
            "--doubtful", choices=[value.replace("_", "-") for value in Doubtful.values], default="skip-cell",
            help="存疑的单元格：略去该格，或不导入该行",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            batch = self._uploaded(options)
            self._map(batch, options)
            services.run(batch_id=batch.pk)
            self._run(batch)
        except Problem as problem:
            raise CommandError(
                "\n".join(f"{each.field}: {each.fault}；{each.remedy}" for each in problem.faults)
            ) from problem
        self._report(Batch.objects.get(pk=batch.pk))

    def _uploaded(self, options: dict[str, Any]) -> Batch:
        file: Path = options["file"]
        if not file.is_file():
            raise CommandError(f"没有这个文件：{file}")
        owner = options["organisation"]
        return services.upload(
            by=None, organisation=one_organisation(owner) if owner else None, kind_code=options["kind"],
            label=options["source"], file_name=file.name, blocks=_blocks(file),
        )  # fmt: skip

    def _map(self, batch: Batch, options: dict[str, Any]) -> None:
        proposals = selectors.proposals_of(batch)
        asked = dict(options["map"])
        taken = {target for target in asked.values() if target}
        proposed = {column: target for column, target in chosen(proposals).items() if target not in taken}
        mapped = services.map_columns(
            batch_id=batch.pk, mapping={**proposed, **asked}, doubtful=options["doubtful"].replace("-", "_")
        )
        for column, target in mapped.mapping.items():
            self.stdout.write(f"{column} → {target}")
        for proposal in proposals:
            if proposal.column not in mapped.mapping:
                self.stdout.write(f"{proposal.column} → 未导入{_suggested(proposal)}")

    def _run(self, batch: Batch) -> None:
        with tqdm(total=batch.total, unit="行", disable=None) as bar:
            for now in running.to_the_end(batch.pk):
                bar.update(now.done - bar.n if now.pk == batch.pk else 0)

    def _report(self, batch: Batch) -> None:
        self.stdout.write(
            f"批次 {batch.pk}：{batch.get_state_display()}，共 {batch.total} 行，"
            f"新增 {batch.new}，更新 {batch.updated}，未变 {batch.unchanged}，"
            f"未导入 {batch.refused}，略去存疑单元格 {batch.warnings}"
        )
        if batch.failure:
            raise CommandError(str(fault(batch.failure).fault))
        for (column, code), count in _counted(batch).most_common():
            self.stdout.write(f"{column or '整行'}：{count} 处")
            for error in batch.row_errors.filter(column=column, code=code).order_by("row")[:SHOWN]:
                self.stdout.write(f"  第 {error.row} 行 {words_of(error)}")


def _counted(batch: Batch) -> Counter[tuple[str, str]]:
    return Counter(RowError.objects.filter(batch=batch).order_by().values_list("column", "code"))


def _blocks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as stream:
        while block := stream.read(BLOCK):
            yield block


def _suggested(proposal: Proposal) -> str:
    names = [f"{each.target}（{each.score:.0f}）" for each in proposal.suggestions]
    column = json.dumps(proposal.column, ensure_ascii=False)
    return f"；可用 --map {column}=字段 指定，相近的有 {'、'.join(names)}" if names else ""
