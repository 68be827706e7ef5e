"""Imports over HTTP: a table goes all the way, what was wrong comes back, others' imports look missing."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from rongqiao.importing.models import Batch
from rongqiao.postings import kinds
from rongqiao.postings.models import Posting
from tests import world
from tests.importing.samples import GOOD, HEADER, csv_of, imported, xlsx_of

pytestmark = pytest.mark.django_db

TABLE = csv_of([HEADER, *GOOD])
SHIFTED = [
    ["B1", "甲公司", "电工", "英语熟练", "本科", "面议", "1人", "万州区", ""],
    ["B2", "甲公司", "", "", "", "", "", "", ""],
]


def upload(party: world.Party, content: bytes = TABLE, name: str = "岗位表.csv", **more: Any) -> Any:
    """POST a file."""
    given = {"kind": "talent_need", "source": "校招", "file": SimpleUploadedFile(name, content), **more}
    return party.client.post("/api/v1/imports", given)


def proposed(answer: Any) -> dict[str, str]:
    """The mapping as proposed."""
    return {column["column"]: column["target"] for column in answer.json()["columns"]}


def brought_in(party: world.Party, content: bytes = TABLE, doubtful: str = "refuse_row") -> int:
    """A table taken all the way; its number."""
    answer = upload(party, content)
    number = answer.json()["id"]
    mapping = {"mapping": proposed(answer), "doubtful": doubtful}
    assert party.put(f"imports/{number}/mapping", mapping).status_code == 200
    assert party.post(f"imports/{number}/run").json()["state"] == "running"
    world.drain()
    return int(number)


def rows_of(answer: Any, sheet: int = 0) -> list[list[Any]]:
    """The rows of a workbook in an answer."""
    content = b"".join(answer.streaming_content)
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(sheet).to_python()


def test_an_upload_answers_with_what_its_columns_seem_to_be(enterprise: world.Party) -> None:
    answer = upload(enterprise)
    assert answer.status_code == 201
    data = answer.json()
    assert (data["state"], data["total"], data["organisation"]) == ("uploaded", 3, enterprise.organisation.pk)
    assert proposed(answer)["学历"] == "degree"
    assert proposed(answer)["企业名称"] == "", "an organisation imports for itself only"
    assert data["columns"][3]["samples"] == ["大专及以上", "本科", "不限"]
    assert {"name": "degree", "label": "最低学历", "required": False} in data["targets"]


def test_a_table_goes_all_the_way(enterprise: world.Party) -> None:
    number = brought_in(enterprise)
    data = enterprise.get(f"imports/{number}").json()
    assert (data["state"], data["done"], data["new"], data["refused"]) == ("done", 3, 3, 0)
    assert data["unmapped"] == ["企业名称"]
    assert enterprise.get("postings?mine=1").json()["count"] == 3
    assert enterprise.post(f"imports/{number}/undo").json()["state"] == "undoing"
    world.drain()
    assert enterprise.get(f"imports/{number}").json()["state"] == "undone"
    assert not Posting.objects.filter(status="published").exists()


def test_what_was_wrong_is_told_in_the_readers_language(enterprise: world.Party) -> None:
    number = brought_in(enterprise, csv_of([HEADER, GOOD[0], *SHIFTED]))
    errors = enterprise.get(f"imports/{number}/errors").json()
    assert errors["count"] == 3
    assert errors["results"][0] == {
        "row": 3,
        "column": "学历",
        "target": "degree",
        "value": "英语熟练",
        "code": "shifted",
        "refused": True,
        "fault": "“英语熟练”像是语言能力，可能错列了",
        "remedy": "请把它移到对应的列，或清空这一格",
    }
    english = enterprise.get(f"imports/{number}/errors", **{"accept-language": "en"}).json()["results"]
    assert (
        english[0]["fault"] == "“英语熟练” looks like a language skill; the cell may be in the wrong column"
    )
    assert [error["code"] for error in english] == ["shifted", "shifted", "required"]
    assert enterprise.get(f"imports/{number}/errors?refused=0").json()["count"] == 0


def test_the_error_file_is_the_same_table_with_a_column_more(enterprise: world.Party) -> None:
    formula = ["B3", "甲公司", "=1+1", "=cmd|' /C calc'!A0", "", "", "", "", "+1"]
    number = brought_in(enterprise, csv_of([HEADER, GOOD[0], *SHIFTED, formula]))
    answer = enterprise.get(f"imports/{number}/errors.xlsx")
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    rows = rows_of(answer)
    assert rows[0] == [*HEADER, "错误"]
    assert rows[1] == [*GOOD[0], ""]
    assert rows[2][-1].startswith("学历：“英语熟练”像是语言能力")
    assert "\n工作经验：" in rows[2][-1]
    assert rows[3][-1].startswith("职位名称：必填项没有填写")
    assert rows[4][2:4] == formula[2:4], "texts stay texts"
    answer = upload(enterprise, xlsx_of([[str(cell) for cell in row] for row in rows]), "错误.xlsx")
    assert proposed(answer)["错误"] == "", "the table can be corrected and brought in again"


@pytest.mark.parametrize("kind", [kind.code for kind in kinds.all_kinds()])
def test_a_template_is_understood_as_it_is(operator: world.Party, kind: str) -> None:
    answer = operator.get(f"imports/templates/{kind}.xlsx")
    header = rows_of(answer)[0]
    assert len(header) == len(set(header)) > 8
    empty = upload(operator, csv_of([header, ["x"] * len(header)]), kind=kind)
    columns = empty.json()["columns"]
    assert [column["column"] for column in columns if not (column["target"] and column["exact"])] == []


def test_a_templates_second_sheet_has_the_choices(operator: world.Party) -> None:
    rows = dict(row[:2] for row in rows_of(operator.get("imports/templates/talent_need.xlsx"), 1))
    assert "不限 / 中职 / 高职专科 / 本科 / 硕士 / 博士" in rows["最低学历"]
    assert "必填" in rows["标题"]
    assert operator.get("imports/templates/nothing.xlsx").status_code == 404


@pytest.mark.parametrize(
    ("more", "field", "code"),
    [
        ({"kind": "nothing"}, "kind", "invalid_choice"),
        ({"kind": "major"}, "organisation", "wrong_party"),
        ({"source": "甲/乙"}, "source", "source_label"),
        ({"source": ""}, "source", "blank"),
        ({"file": ""}, "file", "invalid"),
        ({"extra": "1"}, "extra", "unknown_field"),
        ({"organisation": "x"}, "organisation", "invalid"),
    ],
)
def test_a_bad_upload_names_its_field(
    enterprise: world.Party, more: dict[str, str], field: str, code: str
) -> None:
    answer = upload(enterprise, **more)
    assert answer.status_code == 400
    assert [(error["field"], error["code"]) for error in answer.json()["errors"]] == [(field, code)]
    assert not Batch.objects.exists()


def test_a_bad_file_is_a_clear_answer(enterprise: world.Party) -> None:
    answer = upload(enterprise, b"<html>", "a.xls")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["fault"] == "文件打不开，或内容与扩展名不符"
    assert upload(enterprise, b"x", "a.exe").json()["errors"][0]["code"] == "file_type"
    assert enterprise.client.post("/api/v1/imports", b"{}", "application/json").status_code == 415


def test_others_imports_look_missing(
    enterprise: world.Party, other_enterprise: world.Party, college: world.Party, operator: world.Party
) -> None:
    own = upload(enterprise).json()["id"]
    everybodys = imported(TABLE).pk
    addresses = [
        ("get", ""),
        ("get", "/errors"),
        ("get", "/errors.xlsx"),
        ("post", "/run"),
        ("post", "/cancel"),
        ("post", "/undo"),
    ]
    missing = other_enterprise.get("imports/999999").content
    for party in (other_enterprise, college):
        assert party.get("imports").json()["count"] == 0
        for number in (own, everybodys):
            for method, address in addresses:
                answer = getattr(party, method)(f"imports/{number}{address}")
                assert (answer.status_code, answer.content) == (404, missing)
            mapping = party.put(f"imports/{number}/mapping", {"mapping": {}})
            assert (mapping.status_code, mapping.content) == (404, missing)
    assert enterprise.get("imports").json()["count"] == 1
    assert operator.get("imports").json()["count"] == 2


def test_nobody_imports_for_others(enterprise: world.Party, other_enterprise: world.Party) -> None:
    assert upload(enterprise, organisation=other_enterprise.organisation.pk).status_code == 404
    assert upload(enterprise, organisation=enterprise.organisation.pk).status_code == 201


def test_who_may_not_import_is_told_so(db: None, visitor: Any) -> None:
    teacher = world.party("演示中学", "secondary_school", "500101", "teacher@school.example", role="teacher")
    assert teacher.get("imports").status_code == 403
    assert upload(teacher).status_code == 403
    assert visitor.get("/api/v1/imports").status_code == 401


def test_the_list_costs_the_same_however_long(operator: world.Party, django_assert_num_queries: Any) -> None:
    for label in ("一", "二", "三", "四", "五"):
        upload(operator, source=label)
    with django_assert_num_queries(4):  # session, person, memberships, batches with their organisations
        assert operator.get("imports").json()["count"] == 5
    with django_assert_num_queries(5):  # and the count of a full page
        assert len(operator.get("imports?page_size=2").json()["results"]) == 2


def test_the_list_of_errors_costs_the_same_however_long(
    enterprise: world.Party, django_assert_num_queries: Any
) -> None:
    number = brought_in(enterprise, csv_of([HEADER, *([f"B{each}", *SHIFTED[0][1:]] for each in range(60))]))
    with django_assert_num_queries(6):  # session, person, memberships, batch, errors, their count
        page = enterprise.get(f"imports/{number}/errors?page_size=100").json()
    assert (page["count"], len(page["results"])) == (120, 100)


@pytest.mark.parametrize("address", ["imports?sort=x", "imports?state=lost", "imports?page=0"])
def test_unknown_parameters_are_named(enterprise: world.Party, address: str) -> None:
    assert enterprise.get(address).status_code == 400


@pytest.mark.parametrize("number", ["0", "99999999999999999999999999", str(2**63)])
def test_numbers_beyond_any_row_are_missing(operator: world.Party, number: str) -> None:
    assert operator.get(f"imports/{number}").status_code == 404
    assert operator.post(f"imports/{number}/run").status_code == 404


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({}, "mapping", "required"),
        ({"mapping": []}, "mapping", "not_a_dict"),
        ({"mapping": {"学历": None}}, "mapping.学历", "null"),
        ({"mapping": {"没有": "title"}}, "mapping.没有", "unknown_column"),
        ({"mapping": {"职位名称": "title"}, "doubtful": "guess"}, "doubtful", "invalid_choice"),
        ({"mapping": {"职位名称": "title"}, "more": 1}, "more", "unknown_field"),
    ],
)
def test_a_bad_mapping_names_its_field(enterprise: world.Party, body: Any, field: str, code: str) -> None:
    number = upload(enterprise).json()["id"]
    answer = enterprise.put(f"imports/{number}/mapping", body)
    assert answer.status_code == 400
    assert (field, code) in [(error["field"], error["code"]) for error in answer.json()["errors"]]
    assert enterprise.post(f"imports/{number}/run").status_code == 409


@pytest.mark.parametrize(
    "body", [b"", b"x", b"--b\r\n\r\n", b"--b\r\nContent-Disposition: form-data; name=file\r\n"]
)
def test_a_broken_multipart_body_is_a_clear_answer(enterprise: world.Party, body: bytes) -> None:
    answer = enterprise.client.post("/api/v1/imports", body, "multipart/form-data; boundary=b")
    assert answer.status_code == 400
    assert answer.json()["errors"]
