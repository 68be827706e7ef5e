"""Small tables and what becomes of them, for the tests of importing."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from rongqiao.importing import mapping, running, selectors, services
from rongqiao.importing.models import Batch, RowError
from rongqiao.postings.models import Posting

Rows = Sequence[Sequence[str]]
HEADER = ["编号", "企业名称", "职位名称", "学历", "工作经验", "薪资", "招聘人数", "城市", "职位描述"]
GOOD = [
    ["A1", "甲公司", "焊接工程师", "大专及以上", "3-5年", "8千-1.2万/月", "2人", "重庆-万州区", "负责焊接"],
    ["A2", "乙公司", "前端开发", "本科", "不限", "10-15K", "若干人", "达州", "开发网页"],
    ["A3", "甲公司", "质检员", "不限", "1年", "面议", "1人", "宣汉县", "检验产品"],
]


def csv_of(rows: Rows, encoding: str = "utf-8") -> bytes:
    """A CSV without quoting (the tables of the tests have no commas)."""
    return "\r\n".join(",".join(row) for row in rows).encode(encoding)


def xlsx_of(rows: Rows) -> bytes:
    """A workbook of texts; the same bytes whenever it is made, or damage by a seed would strike elsewhere each time."""
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.set_properties({"created": datetime(2026, 1, 5)})
        sheet = book.add_worksheet("岗位")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, list(row))
    return file.getvalue()


def uploaded(content: bytes, name: str = "表.csv", **more: Any) -> Batch:
    """A file as uploaded."""
    given = {"by": None, "organisation": None, "kind_code": "talent_need", "label": "样本", **more}
    return services.upload(file_name=name, blocks=[content], **given)


def mapped(batch: Batch, doubtful: str = "skip_cell", **fields: str) -> Batch:
    """The columns mapped as proposed, with `fields` (column=field) on top."""
    proposed = mapping.chosen(selectors.proposals_of(batch))
    return services.map_columns(batch_id=batch.pk, mapping={**proposed, **fields}, doubtful=doubtful)


def imported(content: bytes, name: str = "表.csv", *, doubtful: str = "skip_cell", **more: Any) -> Batch:
    """A file taken all the way, in this process."""
    batch = mapped(uploaded(content, name, **more), doubtful)
    services.run(batch_id=batch.pk)
    return finished(batch)


def finished(batch: Batch) -> Batch:
    """The batch after all its work is done."""
    for _ in running.to_the_end(batch.pk):
        pass
    return Batch.objects.get(pk=batch.pk)


def findings(batch: Batch) -> list[tuple[int, str, str]]:
    """(row, column, code) of everything that was wrong."""
    return list(
        RowError.objects.filter(batch=batch).order_by("row", "id").values_list("row", "column", "code")
    )


def postings() -> dict[str, Posting]:
    """Postings by the number they have in their source."""
    return {posting.source_key: posting for posting in Posting.objects.select_related("organisation")}
