"""The search box as people use it: in other words, misspelt, in pinyin, with filters; and help where nothing is found."""

import pytest

from rongqiao.parties import services as parties
from rongqiao.searching import answering, plain, selectors
from rongqiao.searching.asking import Asked, Place
from rongqiao.searching.live import live
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def built(keep):
    return keep(published)


@pytest.fixture
def region(built, db) -> world.Party:
    """Three organisations with something to be found: the first enterprise."""
    return built.again()


def published() -> world.Party:
    enterprise, college = world.enterprise(), world.college()
    other_enterprise = world.other_enterprise()
    parties.change_organisation(
        organisation=enterprise.organisation, by=None, fields={},
        profile={"industry_code": "C3421", "chain_nodes": ["智能装备·中游·数控机床"]},
    )  # fmt: skip
    world.publish(enterprise, "talent_need", "二保焊焊工", "会氩弧焊优先", degree="secondary", occupation_code="6-18-02-04")
    world.publish(enterprise, "talent_need", "Web前端工程师", "做页面", degree="bachelor")
    world.publish(enterprise, "talent_need", "仓库文员", "公司网站前端有人维护，与此岗位无关")
    world.publish(other_enterprise, "internship", "食品检验跟岗", "跟班化验")
    world.publish(college, "major", "智能焊接技术", major_code="460110")
    world.drain()
    return enterprise


def answer(client, **asked):
    found = client.get("/api/v1/search", asked)
    assert found.status_code == 200, found.content
    return found.json()


def titles(client, **asked):
    return [row["title"] for row in answer(client, **asked)["results"]]


def test_synonyms_are_looked_for_in_titles_and_work_only(region, visitor) -> None:
    """H5 is also said 前端: in a description that word says nothing of the work."""
    assert titles(visitor, q="H5") == ["Web前端工程师"]
    assert "仓库文员" in titles(visitor, q="前端"), "what was typed itself is looked for everywhere"


def test_trade_words_lead_to_the_occupation(region, visitor) -> None:
    assert titles(visitor, q="手把焊")[0] == "二保焊焊工"


def test_pinyin_and_slips_say_what_they_were_taken_for(region, visitor) -> None:
    told = answer(visitor, q="hanjie zhuanye")
    assert told["results"][0]["title"] == "智能焊接技术"
    (term,) = answer(visitor, q="焊结")["understood"]
    assert (term["typed"], term["read"], term["how"]) == ("焊结", "焊接", "corrected")


def test_an_organisation_is_found_by_its_initials(region, visitor) -> None:
    told = answer(visitor, q="yszyjsxy")
    assert {row["organisation_name"] for row in told["results"]} == {"演示职业技术学院"}
    assert told["understood"][0]["names"][0] == {"kind": "organisation", "text": "演示职业技术学院"}


def test_rows_say_which_words_they_have_and_where(region, visitor) -> None:
    row = answer(visitor, q="氩弧焊 焊工")["results"][0]
    assert row["matched"] == ["氩弧焊", "焊工"]
    start, end = row["highlights"]["marks"][0]
    assert row["highlights"]["snippet"][start:end] == "氩弧焊"
    assert row["highlights"]["title"] == [[3, 5]]


def test_a_posting_without_a_level_suits_every_level(region, visitor) -> None:
    assert set(titles(visitor, level="1", kind="talent_need")) == {"二保焊焊工", "仓库文员"}
    assert set(titles(visitor, degree="bachelor", kind="talent_need")) == {"Web前端工程师", "仓库文员"}
    assert titles(visitor, q="中专 焊工")[0] == "二保焊焊工"


def test_counts_tell_of_chain_industry_degree_and_freshness(region, visitor) -> None:
    told = answer(visitor)
    facets = told["facets"]
    assert (told["labels"]["degree"]["bachelor"], told["labels"]["industry"]["C342"]) == ("本科", "金属加工机械制造")
    assert facets["chain"] == {"智能装备": 3}
    assert facets["industry"]["C"] == facets["industry"]["C342"] == 3
    assert facets["degree"] == {"bachelor": 1, "secondary": 1}
    assert facets["fresh"] == {"7": 5, "30": 5, "90": 5}
    assert set(titles(visitor, industry="C34")) == set(titles(visitor, chain="智能装备"))
    assert answer(visitor, kind="major")["kinds"]["talent_need"] == 3, "the other kinds are counted too"


def test_what_is_near_comes_nearest_first_with_its_distance(region, visitor) -> None:
    told = answer(visitor, near="511702", km="400", sort="nearest")
    assert told["results"][0]["title"] == "食品检验跟岗"
    assert told["results"][0]["distance_km"] == 0.0
    assert told["results"][-1]["distance_km"] > 50
    assert titles(visitor, near="511702", km="5") == ["食品检验跟岗"]


def test_the_nearest_of_many_come_first_however_well_they_fit(region, visitor, monkeypatch) -> None:
    """Of more hits than are ranked, the nearest were those of the best ones."""
    monkeypatch.setattr(answering, "DEEPEST", 1)
    assert titles(visitor, near="511702", km="400", sort="nearest", page_size="1") == ["食品检验跟岗"]


@pytest.mark.parametrize(
    ("asked", "field", "code"),
    [
        ({"near": "here"}, "near", "unknown_code"), ({"near": "91,0"}, "near", "unknown_code"),
        ({"sort": "nearest"}, "near", "required"),
        ({"near": "511702", "km": "0"}, "km", "too_small"), ({"near": "511702", "km": "-1"}, "km", "not_number"),
        ({"fresh": "8"}, "fresh", "invalid_choice"), ({"degree": "any"}, "degree", "invalid_choice"),
    ],
)  # fmt: skip
def test_filters_that_make_no_sense_are_named(region, visitor, asked, field, code) -> None:
    told = visitor.get("/api/v1/search", asked)
    assert (told.status_code, told.json()["errors"][0]["field"], told.json()["errors"][0]["code"]) == (400, field, code)


def test_fewer_words_are_enough_where_nothing_has_all_and_the_answer_says_so(region, visitor) -> None:
    told = answer(visitor, q="二保焊 天文望远镜")
    assert (told["results"][0]["title"], told["note_code"]) == ("二保焊焊工", "fewer_words")


def test_nothing_found_says_which_filter_to_loosen_and_what_is_nearest(region, visitor) -> None:
    told = answer(visitor, q="焊工", region="511702", kind="talent_need")
    assert (told["count"], told["results"], told["note_code"]) == (0, [], "nothing_found")
    assert {way["filter"]: way["count"] for way in told["loosen"]} == {"region": 1}
    assert told["nearest"][0]["title"] == "二保焊焊工"
    hopeless = answer(visitor, q="量子引力波天线")
    assert (hopeless["loosen"], hopeless["nearest"]) == ([], [])


FILTERED = (
    Asked(region="500000"), Asked(region="500101"), Asked(kind="talent_need"), Asked(level="1"), Asked(degree="bachelor"),
    Asked(major="460110"), Asked(occupation="6-18-02-04"), Asked(industry="C34"), Asked(chain="智能装备"), Asked(fresh=7),
    Asked(place=Place(31.2, 107.5, 50)), Asked(kind="talent_need", level="2"), Asked(field="F02"),
)  # fmt: skip


@pytest.mark.parametrize("asked", FILTERED, ids=repr)
def test_the_database_filters_as_the_engine_does(region, asked) -> None:
    by_index = {posting.pk for posting in selectors.search(asked).postings}
    by_database = {posting.pk for posting in plain.find(asked, selectors.understood_of(asked))}
    assert by_index == by_database
    assert by_index


def test_without_the_engine_the_answer_has_a_note_the_same_filters_and_no_counts(region, visitor, monkeypatch) -> None:
    def away():
        raise OSError("gone")

    monkeypatch.setattr(answering, "engine", away)
    told = answer(visitor, q="焊工", degree="secondary", near="500101")
    assert (told["results"][0]["title"], told["note_code"], told["facets"]) == ("二保焊焊工", "search_away", {})
    assert "Web前端工程师" not in {row["title"] for row in told["results"]}
    assert titles(visitor, q="yszyjsxy") == ["智能焊接技术"], "names are understood without the engine"


def test_what_hides_its_title_is_not_found_by_it_without_the_engine(region, visitor, monkeypatch) -> None:
    world.publish(region, "tech_need", "激光熔覆裂纹", field="智能制造", secrecy="secret")

    def away():
        raise OSError("gone")

    monkeypatch.setattr(answering, "engine", away)
    assert titles(visitor, q="激光熔覆") == []


def test_a_title_typed_in_full_finds_its_posting_with_all_its_words(enterprise, visitor) -> None:
    """The index holds a need's title without 招聘 and the like."""
    for title in ("常年招聘焊装学徒", "急聘数控车工"):
        posting = world.publish(enterprise, "talent_need", title)
        world.drain()
        found = answer(visitor, q=title)
        assert (found["results"][0]["id"], found["note_code"]) == (posting.pk, "")


PAGES = ("q=hanjie", "q=焊&kind=talent_need", "near=500101&sort=nearest", "q=没有这种东西的&region=500101")


@pytest.mark.parametrize("asked", PAGES)
def test_pages_cost_a_fixed_number_of_queries(region, visitor, asked, django_assert_max_num_queries) -> None:
    for _ in range(3):
        world.publish(region, "talent_need", "焊接学徒")
    world.drain()
    live.stand_still(live.names())
    with django_assert_max_num_queries(5):
        visitor.get(f"/api/v1/search?{asked}")


HOSTILE = ("'", "焊\n\r\t工", "𠮷𠮷", "🙂 焊工", "OR 1=1 --", "{}[]\\", "%", "_", "<script>", "a.b.c.d" * 50)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_words_are_answered_with_the_engine_and_without(region, visitor, hostile, monkeypatch) -> None:
    answer(visitor, q=hostile)

    def away():
        raise OSError("gone")

    monkeypatch.setattr(answering, "engine", away)
    answer(visitor, q=hostile)
