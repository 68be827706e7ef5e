"""Workbooks for people: a template for each kind, and a batch's own table with what was wrong in each row."""

import json
import tempfile
from collections.abc import Iterator
from typing import IO, Any

import xlsxwriter

from rongqiao.common.language import Bilingual
from rongqiao.postings.cleaning import BASE
from rongqiao.postings.field_types import Choice, Code, FieldType, Flag, Many
from rongqiao.postings.kind import Kind

from . import selectors, store
from .faults import fault
from .models import Batch, RowError
from .rows import hint_words, titles_itself
from .targets import Target, targets_for

LONGEST_CELL = 32_767
NOT_IN_TEMPLATE = frozenset({"pay_low", "pay_high", "pay_monthly", "pay_yearly"})
ERRORS = Bilingual("错误", "Errors")
SYSTEMS = {
    "region": Bilingual("行政区划代码或名称（GB/T 2260）", "a region's code or name (GB/T 2260)"),
    "industry": Bilingual("行业代码或名称（GB/T 4754）", "an industry's code or name (GB/T 4754)"),
    "occupation": Bilingual("职业代码或名称（职业分类大典 2022）", "an occupation's code or name (2022)"),
    "major": Bilingual("专业代码或名称（专业目录）", "a major's code or name (catalogues)"),
    "major_or_class": Bilingual("专业、专业类的代码或名称", "the code or name of a major or a class"),
    "certificate": Bilingual("证书名称", "a certificate's name"),
}
SEVERAL = Bilingual("可填多个，用“；”隔开", "several, with ； between")
REQUIRED = Bilingual("必填", "required")


def template(kind: Kind, *, own: bool) -> IO[bytes]:
    """A workbook with the headings that an import of the kind understands; the second sheet explains each."""
    targets = [each for each in targets_for(kind, own=own).values() if _in_template(each, kind)]
    return _workbook(lambda book: _write_template(book, kind, targets))


def with_errors(batch: Batch) -> IO[bytes]:
    """The batch's table as it was read, with a last column that says what was wrong and what to do.
    Raises Problem `file_gone` when the table has been removed."""
    path = store.path_of(batch.stored)

    def write(book: Any) -> None:
        sheet = book.add_worksheet()
        _write_row(sheet, 0, [*batch.header, str(ERRORS)])
        wrong = _by_row(batch)
        pending = next(wrong, None)
        width = len(batch.header)
        with path.open(encoding="utf-8") as lines:
            for place, line in enumerate(lines, start=1):
                number, *cells = json.loads(line)
                said = ""
                if pending is not None and pending[0] == number:
                    said, pending = pending[1], next(wrong, None)
                _write_row(sheet, place, [*(cells + [""] * width)[:width], said])

    return _workbook(write)


def words_of(error: RowError) -> str:
    """One error as a sentence, in the reader's language."""
    words = fault(error.code, value=error.value, hint=hint_words(error.hint))
    return (
        f"{error.column}：{words.fault}；{words.remedy}" if error.column else f"{words.fault}；{words.remedy}"
    )


def _by_row(batch: Batch) -> Iterator[tuple[int, str]]:
    """Row number → all that is wrong with it, in order."""
    number, said = 0, list[str]()
    for error in selectors.errors_of(batch).iterator(chunk_size=2_000):
        if error.row != number and said:
            yield number, "\n".join(said)
            said = []
        number = error.row
        said.append(words_of(error))
    if said:
        yield number, "\n".join(said)


def _workbook(write: Any) -> IO[bytes]:
    """A temporary file with a workbook in it, at its start. Texts stay texts: no formulas, no links."""
    file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 (the answer to the request closes it)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        write(book)
    file.seek(0)
    return file


def _write_row(sheet: Any, row: int, cells: list[str]) -> None:
    for column, text in enumerate(cells):
        if text:
            sheet.write_string(row, column, text[:LONGEST_CELL])


def _write_template(book: Any, kind: Kind, targets: list[Target]) -> None:
    bold = book.add_format({"bold": True})
    sheet = book.add_worksheet(str(Bilingual(kind.zh, kind.en))[:31])
    sheet.set_column(0, len(targets), 16)
    for column, target in enumerate(targets):
        sheet.write_string(0, column, str(target.label) + ("*" if _needed(target, kind) else ""), bold)
    notes = book.add_worksheet(str(Bilingual("填写说明", "How to fill in")))
    notes.set_column(0, 0, 20)
    notes.set_column(1, 1, 80)
    for row, target in enumerate(targets):
        notes.write_string(row, 0, str(target.label))
        notes.write_string(row, 1, "；".join(_explained(target, kind)))


def _in_template(target: Target, kind: Kind) -> bool:
    """Rows come by their columns; pay in one column; a title only where the kind needs one."""
    if target.name in NOT_IN_TEMPLATE or (target.name == "title" and titles_itself(kind)):
        return False
    field = kind.by_name.get(target.name)
    return field is None or field.type.name != "rows"


def _needed(target: Target, kind: Kind) -> bool:
    return target.required and not (target.name == "title" and titles_itself(kind))


def _explained(target: Target, kind: Kind) -> Iterator[str]:
    if _needed(target, kind):
        yield str(REQUIRED)
    field = kind.by_name.get(target.name)
    if field is not None and field.help:
        yield str(field.help)
    if field is not None and field.unit:
        yield field.unit
    if target.part == "pay":
        yield "8千-1.2万/月"
    field_type = field.type if field is not None else BASE.get(target.name)
    if field_type is not None:
        yield from _choices(field_type)


def _choices(field_type: FieldType) -> Iterator[str]:
    if isinstance(field_type, Many):
        yield str(SEVERAL)
        yield from _choices(field_type.of)
    elif isinstance(field_type, Choice):
        yield " / ".join(str(Bilingual(option.zh, option.en)) for option in field_type.options)
    elif isinstance(field_type, Flag):
        yield "是 / 否"
    elif isinstance(field_type, Code):
        yield str(SYSTEMS.get(field_type.system, field_type.system))
