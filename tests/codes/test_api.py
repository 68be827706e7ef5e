"""The code tables over the API: completion, browsing, old codes, errors, queries."""

from typing import Any

import pytest
from rest_framework.test import APIClient

pytestmark = [pytest.mark.django_db, pytest.mark.server_side, pytest.mark.usefixtures("codes")]


def found(client: APIClient, address: str) -> list[str]:
    answer = client.get(f"/api/v1/codes/{address}")
    assert answer.status_code == 200, answer.content
    return [f"{row['code']} {row['name']}" for row in answer.json()["results"]]


@pytest.mark.parametrize(
    ("address", "first"),
    [
        ("region?q=万州", "500101 万州区"),
        ("region?q=wanzhou", "500101 万州区"),
        ("region?q=wzq&parent=500000", "500101 万州区"),
        ("region?q=500101", "500101 万州区"),
        ("region?q=重庆万州", "500101 万州区"),
        ("region?q=达州", "511700 达州市"),
        ("region?q=500234", "500154 开州区"),
        ("region?q=开县", "500154 开州区"),
        ("region?q=wz&parent=500000", "500101 万州区"),
        ("major?q=rjjs", "510203 软件技术"),
        ("major?q=080901", "080901 计算机科学与技术"),
        ("major?q=自动化类", "0808 自动化类"),
        ("industry?q=3911", "C3911 计算机整机制造"),
        ("occupation?q=焊工", "6-18-02-04 焊工"),
        ("skill?q=K8S", "S0141 Kubernetes"),
        ("skill?q=二保", "S0324 二氧化碳气体保护焊"),
        ("field?q=rgzn", "F26 人工智能"),
    ],
)
def test_what_is_typed_is_found_first(client: APIClient, address: str, first: str) -> None:
    names = found(client, address)
    assert names[0].split()[1] == first.split()[1]
    assert names[0] == first or address.startswith("skill")


def test_old_codes_follow_what_stands_for_them_today(client: APIClient) -> None:
    assert found(client, "region?q=500234") == ["500154 开州区", "500234 开县"]
    old = client.get("/api/v1/codes/region/500234").json()
    assert (old["name"], old["valid_until"], old["replaced_by"]) == ("开县", "2016", "500154")
    assert "500234 开县" not in found(client, "region?parent=500000&limit=100")


def test_browsing_downwards(client: APIClient) -> None:
    assert len(found(client, "region?limit=100")) == 34
    assert [name.split()[1] for name in found(client, "region?parent=511700")] == [
        "通川区", "达川区", "宣汉县", "开江县", "大竹县", "渠县", "万源市",
    ]  # fmt: skip
    assert found(client, "major?parent=4601&limit=1") == ["460101 机械设计与制造"]
    assert found(client, "region?q=通川区&parent=500000") == []


def test_pages_say_how_many_there_are(client: APIClient) -> None:
    page = client.get("/api/v1/codes/region?limit=10").json()
    assert (page["count"], len(page["results"]), page["page"], page["page_size"]) == (34, 10, 1, 10)


@pytest.mark.parametrize(
    "address", ["region?q=州&limit=100", "skill?q=焊&limit=100", "region?limit=5", "region?q=万州"]
)
def test_any_list_takes_two_queries(
    client: APIClient, django_assert_max_num_queries: Any, address: str
) -> None:
    with django_assert_max_num_queries(2):
        client.get(f"/api/v1/codes/{address}")


def test_the_tables_and_their_editions_take_one_query(
    client: APIClient, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        tables = client.get("/api/v1/codes").json()
    assert {table["system"] for table in tables} >= {"region", "skill", "major"}
    (region,) = [table for table in tables if table["system"] == "region"]
    assert region["count"] == 3214 and region["retired"] >= 60 and "GB/T 2260" in region["edition"]


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("nothing", 404, "not_found"),
        ("region/999999", 404, "not_found"),
        ("region?limit=0", 400, "too_small"),
        ("region?limit=101", 400, "too_large"),
        ("region?limit=x", 400, "not_number"),
        ("region?name=x", 400, "unknown_filter"),
        (f"region?q={'x' * 61}", 400, "too_long"),
        ("region?q=%00", 400, "control_character"),
    ],
)
def test_errors_name_what_was_wrong(client: APIClient, address: str, status: int, code: str) -> None:
    answer = client.get(f"/api/v1/codes/{address}")
    assert answer.status_code == status
    assert answer.json()["errors"][0]["code"] == code


@pytest.mark.parametrize("words", ["%", "_", "\\", "'", "|", "||", "🙂", "("])
def test_marks_are_text_and_not_patterns(client: APIClient, words: str) -> None:
    answer = client.get("/api/v1/codes/skill", {"q": words, "limit": 100})
    assert answer.status_code == 200
    assert answer.json()["count"] < 100


def test_nobody_writes(client: APIClient) -> None:
    assert client.post("/api/v1/codes/region", {}).status_code in (403, 405)
