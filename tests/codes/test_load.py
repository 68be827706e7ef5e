"""Loading: whole, repeatable, writing only what differs, never losing a code."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from matching.taxonomy import certificates, industries, majors, occupations, regions, retired, vocabulary
from rongqiao.codes import services
from rongqiao.codes.models import CodeEntry, System

pytestmark = [pytest.mark.django_db, pytest.mark.server_side]


def test_every_table_is_there_whole(codes: None) -> None:
    counts = {system: CodeEntry.objects.filter(system=system).count() for system in System}
    classes = {major.class_code for major in majors()} | {major.group_code for major in majors()}
    assert counts == {
        "region": len(regions()) + len(retired("region")),
        "industry": len(industries()),
        "occupation": len(occupations()),
        "major": len(majors()) + len(classes),
        "certificate": len(certificates()),
        "field": 26,
        "skill": len(vocabulary()),
    }


@pytest.mark.parametrize("system", list(System))
def test_no_entry_hangs_in_the_air(codes: None, system: System) -> None:
    entries = CodeEntry.objects.filter(system=system)
    present = set(entries.values_list("code", flat=True))
    parents = set(entries.exclude(parent="").values_list("parent", flat=True))
    successors = set(entries.exclude(replaced_by="").values_list("replaced_by", flat=True))
    assert (parents | successors) - present == set()


def test_a_second_load_writes_nothing(codes: None) -> None:
    before = list(CodeEntry.objects.order_by("pk").values())
    assert [done.written for done in services.load()] == [0] * len(System)
    assert list(CodeEntry.objects.order_by("pk").values()) == before


def test_only_what_differs_is_written(codes: None) -> None:
    CodeEntry.objects.filter(system="field", code="F01").update(name="旧名", pinyin="")
    CodeEntry.objects.filter(system="field", code="F02").delete()
    (done,) = services.load(systems=[System.FIELD])
    assert (done.total, done.written, done.retired) == (26, 2, 0)
    mended = CodeEntry.objects.get(system="field", code="F01")
    assert (mended.name, mended.initials) == ("现代农业", "xdny")


def test_a_code_gone_from_the_files_keeps_its_meaning(codes: None) -> None:
    CodeEntry.objects.create(system="field", code="F99", name="不再列出的领域")
    (done,) = services.load(systems=[System.FIELD])
    assert done.retired == 1
    kept = CodeEntry.objects.get(system="field", code="F99")
    assert kept.name == "不再列出的领域" and kept.valid_until
    (again,) = services.load(systems=[System.FIELD])
    assert again.retired == 0


def test_progress_is_told(db: None) -> None:
    CodeEntry.objects.filter(system="occupation").delete()
    told: list[tuple[str, int, int]] = []
    services.load(systems=[System.OCCUPATION], progress=lambda *step: told.append(step))
    assert told[0] == ("occupation", 500, len(occupations()))
    assert told[-1] == ("occupation", len(occupations()), len(occupations()))


def test_loading_asks_few_queries(codes: None, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(4):
        services.load(systems=[System.REGION])


def test_the_command_says_what_it_did(codes: None) -> None:
    out = StringIO()
    call_command("load_codes", "field", stdout=out)
    assert out.getvalue() == "急需紧缺领域：26 条，写入 0 条，停用 0 条\n"
    with pytest.raises(CommandError, match="没有代码表 fields"):
        call_command("load_codes", "fields")
