"""Divisions by code, by messy name and by distance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.taxonomy import haversine_km, regions

DAZHOU = {
    "511702": "通川区",
    "511703": "达川区",
    "511722": "宣汉县",
    "511723": "开江县",
    "511724": "大竹县",
    "511725": "渠县",
    "511781": "万源市",
}


def test_the_region_the_platform_is_built_for() -> None:
    table = regions()
    assert {row.code: row.name for row in table.children("511700")} == DAZHOU
    assert [table.name(code) for code in ("500101", "500154", "500235")] == ["万州区", "开州区", "云阳县"]
    assert all(
        row.located for row in (*table.children("511700"), *map(table.path("500101").__getitem__, (1,)))
    )


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("重庆市万州区", "500101"),
        ("重庆万州", "500101"),
        ("万州", "500101"),
        (" 重庆 市 万州区 ", "500101"),
        ("重庆市市辖区万州区", "500101"),
        ("重庆市县云阳县", "500235"),
        ("北京-昌平区", "110114"),
        ("北京市朝阳", "110105"),
        ("达州", "511700"),
        ("四川达州渠县", "511725"),
        ("渠县", "511725"),
        ("吉林", "220000"),
        ("吉林市", "220200"),
        ("吉林省吉林市", "220200"),
        ("内蒙古", "150000"),
        ("内蒙古锡林郭勒盟", "152500"),
        ("湖北恩施州恩施市", "422801"),
        ("石柱县", "500240"),
        ("中国上海浦东", "310115"),
        ("５００１０１", None),
        ("500101", "500101"),
        ("500234", "500154"),
        ("重庆开县", "500154"),
        ("四川达县", "511703"),
        ("鼓楼区", None),
        ("朝阳区", None),
        ("重庆市渠县", None),
        ("达州市天星路6号", None),
        ("", None),
    ],
)
def test_messy_names(said: str, code: str | None) -> None:
    found = regions().find(said)
    assert (found.code if found else None) == code


def test_ambiguous_names_give_all_they_may_mean() -> None:
    assert {row.full_name for row in map(Named, regions().candidates("鼓楼区"))} == {
        "江苏省南京市鼓楼区",
        "江苏省徐州市鼓楼区",
        "福建省福州市鼓楼区",
        "河南省开封市鼓楼区",
    }


class Named:
    def __init__(self, row: object) -> None:
        self.full_name = regions().full_name(getattr(row, "code", ""))


def test_addresses_give_the_deepest_division_named() -> None:
    table = regions()
    found = table.find("重庆市万州区天星路666号", address=True)
    assert found is not None and found.code == "500101"
    assert table.find("天星路666号", address=True) is None


def test_an_old_code_keeps_its_meaning() -> None:
    table = regions()
    assert table.name("500234") == "开县"
    successor = table.get("500234")
    assert successor is not None and (successor.code, successor.name) == ("500154", "开州区")
    assert [row.code for row in table.ancestors("500234")] == ["500000"]
    assert table.distance_km("500234", "500154") == 0
    assert table.name("999999") == "" and table.get("999999") is None


def test_every_full_name_finds_its_own_division() -> None:
    table = regions()
    wrong = [row.code for row in table if (table.find(table.full_name(row.code)) or row).code != row.code]
    lost = [row.code for row in table if table.find(table.full_name(row.code)) is None]
    assert (wrong, lost) == ([], [])


def test_distances_are_those_of_the_map() -> None:
    table = regions()
    wanzhou_kaizhou = table.distance_km("500101", "500154")
    assert wanzhou_kaizhou == pytest.approx(39, abs=3)
    assert table.distance_km("110000", "310000") == pytest.approx(1068, abs=15)
    assert table.distance_km("110000", "000000") is None
    near = table.nearby("500101", 62)
    assert [row.name for row, _ in near] == ["云阳县", "开州区", "开江县", "梁平区"]


def test_unknown_places_stand_in_by_the_prefecture_or_are_unknown() -> None:
    table = regions()
    linping, hangzhou = table.get("330113"), table.get("330100")
    assert linping is not None and hangzhou is not None
    assert not linping.located and (linping.lat, linping.lng) == (hangzhou.lat, hangzhou.lng)
    adrift = [row for row in table if row.lat is None]
    assert len(adrift) < 12 and all(row.parent.endswith("0000") for row in adrift)


places = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@given(places, places)
def test_distance_is_symmetric_and_at_most_half_round_the_earth(
    one: tuple[float, float], other: tuple[float, float]
) -> None:
    there, back = haversine_km(*one, *other), haversine_km(*other, *one)
    assert there == pytest.approx(back, abs=1e-6)
    assert 0 <= there <= 20_016


@given(st.text(max_size=80))
def test_any_text_is_answered(text: str) -> None:
    found = regions().find(text, address=True)
    assert found is None or found.code in regions()
