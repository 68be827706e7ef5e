"""`manage.py import_colleges FILE`: colleges from a table with the columns of the Ministry's list (TSV)."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from matching.taxonomy.regions import regions
from rongqiao.parties.colleges import College, import_colleges

NEEDED = {"name", "code"}


class Command(BaseCommand):
    help = "导入高校名单（TSV，列名 name code department city province level nature lat lng）。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", default="colleges", help="来源名称")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            colleges = list(read(options["file"]))
            new, known = import_colleges(colleges=colleges, source=options["source"])
        except (OSError, UnicodeDecodeError, csv.Error, ValueError) as error:
            raise CommandError(f"{options['file']} 读不出高校名单：{error}") from error
        self.stdout.write(f"新登记 {new} 所，已有 {known} 所")


def read(file: Path) -> Iterator[College]:
    """The rows that have a name. ValueError for a table without these columns."""
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.DictReader(stream, delimiter="\t")
        if not set(rows.fieldnames or ()) >= NEEDED:
            raise ValueError("缺少列 name 或 code")
        for row in rows:
            if row["name"]:
                yield college_of(row)


def college_of(row: dict[str, str]) -> College:
    """One row; a city that the table of regions does not know falls back to the province."""
    province, city = row.get("province") or "", row.get("city") or ""
    place = regions().find(province + city) or regions().find(city or province)
    return College(
        name=row["name"].strip()[:200], code=row["code"].strip()[:10],
        department=(row.get("department") or "")[:60],
        region_code=place.code if place else "", level=row.get("level") or "", nature=row.get("nature") or "",
        latitude=_degrees(row.get("lat")), longitude=_degrees(row.get("lng")),
    )  # fmt: skip


def _degrees(text: str | None) -> float | None:
    return float(text) if text else None
