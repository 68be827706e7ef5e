"""`manage.py import_postings` and `import_colleges`, end to end; and the real file where it can be had."""

import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from rongqiao.importing.models import Batch, RowError
from rongqiao.outbox.models import Event
from rongqiao.parties.models import Organisation
from rongqiao.postings.models import Posting
from tests import world
from tests.importing.samples import GOOD, HEADER, csv_of

pytestmark = pytest.mark.django_db


def run(*arguments: object) -> str:
    """What the command says."""
    out = StringIO()
    call_command(*(str(argument) for argument in arguments), stdout=out)
    return out.getvalue()


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "岗位.csv"
    shifted = ["A4", "丙公司", "电工", "英语熟练", "本科", "18-30万", "1人", "异地招聘", ""]
    rows = [[*HEADER, "备用"], *([*row, "x"] for row in [*GOOD, shifted])]
    file.write_bytes(csv_of(rows, "gb18030"))
    return file


def test_a_file_is_brought_in_and_what_was_doubtful_is_named(table: Path) -> None:
    said = run("import_postings", table, "--kind", "talent_need", "--source", "样本")
    assert "学历 → degree" in said
    assert "备用 → 未导入" in said
    assert "共 4 行，新增 4，更新 0，未变 0，未导入 0，略去存疑单元格 4" in said
    assert "“英语熟练”像是语言能力" in said
    assert Posting.objects.count() == 4
    assert "新增 0，更新 0，未变 4" in run(
        "import_postings", table, "--kind", "talent_need", "--source", "样本"
    )


def test_doubtful_rows_can_stay_out_and_columns_be_given(table: Path, enterprise: world.Party) -> None:
    said = run(
        "import_postings",
        table,
        "--kind",
        "talent_need",
        "--source",
        "样本",
        "--doubtful",
        "refuse-row",
        "--organisation",
        enterprise.organisation.pk,
        "--map",
        "薪资=pay_yearly",
        "--map",
        "备用=benefits",
        "--map",
        "城市=",
    )
    assert "新增 3" in said
    assert "未导入 1" in said
    assert {posting.organisation_id for posting in Posting.objects.all()} == {enterprise.organisation.pk}
    assert {posting.details["benefits"] for posting in Posting.objects.all()} == {"x"}
    assert {posting.region_code for posting in Posting.objects.all()} == {""}
    assert "no_period" not in RowError.objects.values_list("code", flat=True)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--source", "甲/乙"], "来源名称不合适"),
        (["--source", "样本", "--map", "没有=title"], "文件里没有这一列"),
        (["--source", "样本", "--map", "职位名称="], "还没有指定这一项对应哪一列：标题"),
        (["--source", "样本", "--map", "薪资=nothing"], "不是可选的值"),
    ],
)
def test_a_mistake_is_told_with_its_remedy(table: Path, more: list[str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        run("import_postings", table, "--kind", "talent_need", *more)
    assert not Posting.objects.exists()


def test_a_missing_or_broken_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="没有这个文件"):
        run("import_postings", tmp_path / "no.csv", "--kind", "talent_need", "--source", "样本")
    broken = tmp_path / "a.xlsx"
    broken.write_bytes(b"PK\x03\x04")
    with pytest.raises(CommandError, match="文件打不开"):
        run("import_postings", broken, "--kind", "talent_need", "--source", "样本")
    assert not Batch.objects.exists()


def test_colleges_are_registered_once_with_their_profiles(tmp_path: Path) -> None:
    file = tmp_path / "colleges.tsv"
    file.write_text(
        "name\tcode\tdepartment\tcity\tprovince\tlevel\ttype\tnature\tlat\tlng\n"
        "甲市职业学院\t4150000001\t重庆市\t重庆市\t重庆\t专科\t综合类\t公办\t30.8\t108.4\n"
        "乙职业技术大学\t4150000002\t四川省\t达州市\t四川\t本科\t理工类\t民办\t\t\n"
        "没有代码的学院\t\t\t\t\t本科\t\t\t\t\n",
        encoding="utf-8",
    )
    assert "新登记 3 所，已有 0 所" in run("import_colleges", file)
    assert "新登记 0 所，已有 3 所" in run("import_colleges", file)
    uncoded, first, second = Organisation.objects.order_by("institution__school_code")
    assert (uncoded.name, uncoded.source_key) == ("没有代码的学院", "没有代码的学院")
    assert (first.region_code, first.latitude, first.initials) == ("500000", 30.8, "jszyxy")
    assert (first.claimable, first.verify_status, first.party_type) == (True, "unverified", "college")
    assert (first.institution.level, first.institution.nature) == ("vocational_college", "public")
    assert (second.region_code, second.institution.level) == ("511700", "vocational_bachelor")


def test_a_table_that_is_no_list_of_colleges_is_told(tmp_path: Path) -> None:
    file = tmp_path / "colleges.tsv"
    file.write_text("a\tb\n1\t2\n", encoding="utf-8")
    with pytest.raises(CommandError, match="缺少列 name 或 code"):
        run("import_colleges", file)


@pytest.mark.real_data
@pytest.mark.skipif("RONGQIAO_REAL_DATA" not in os.environ, reason="RONGQIAO_REAL_DATA names no folder")
def test_the_real_file_comes_in_and_again_changes_nothing() -> None:
    file = Path(os.environ["RONGQIAO_REAL_DATA"]) / "job_postings.jsonl"
    arguments = (
        "import_postings",
        file,
        "--kind",
        "talent_need",
        "--source",
        "真实样本",
        "--map",
        "salary=pay",
    )
    said = run(*arguments)
    assert "共 4118 行，新增 4118，更新 0，未变 0，未导入 0" in said
    codes = list(RowError.objects.values_list("column", "code"))
    assert codes.count(("salary", "no_period")) == 1_852
    assert codes.count(("experience", "shifted")) == 264
    assert codes.count(("education", "shifted")) == 10
    assert Organisation.objects.filter(claimable=True, verify_status="unverified").count() == 2_747
    Event.objects.all().delete()
    assert "新增 0，更新 0，未变 4118" in run(*arguments)
    assert not Event.objects.filter(consumer__in=("indexing", "recommending")).exists()
