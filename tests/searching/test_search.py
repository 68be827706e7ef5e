"""The search box: found by words, filtered, counted; a plainer answer when the index is away."""

import pytest

from matching.taxonomy.industries import fields
from rongqiao.parties import services as parties
from rongqiao.searching import answering
from rongqiao.searching.live import live
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def built(keep):
    return keep(published)


@pytest.fixture
def region(built, db) -> None:
    """Three organisations with something to be found."""
    built.again()


def published() -> None:
    enterprise, college = world.enterprise(), world.college()
    other_enterprise = world.other_enterprise()
    world.publish(enterprise, "talent_need", "二保焊焊工", "会氩弧焊优先", degree="secondary")
    world.publish(enterprise, "talent_need", "数控车工", "会看图纸", degree="college")
    world.publish(other_enterprise, "internship", "食品检验实习生")
    world.publish(college, "major", "智能焊接技术", major_code="460110")
    world.drain()


def found(client, query: str) -> list[str]:
    return [row["title"] for row in client.get(f"/api/v1/search?{query}").json()["results"]]


def test_words_find_title_and_text(region, visitor) -> None:
    assert found(visitor, "q=二保焊")[0] == "二保焊焊工"
    assert found(visitor, "q=氩弧焊")[0] == "二保焊焊工"
    assert found(visitor, "q=食品检验") == ["食品检验实习生"]


def test_filters_narrow_and_counts_say_what_there_is(region, visitor) -> None:
    assert found(visitor, "region=511702") == ["食品检验实习生"]
    assert set(found(visitor, "region=500000")) == {"二保焊焊工", "数控车工", "智能焊接技术"}
    assert found(visitor, "kind=major") == ["智能焊接技术"]
    assert found(visitor, "level=1&kind=talent_need") == ["二保焊焊工"]
    answer = visitor.get("/api/v1/search").json()
    assert answer["kinds"] == {
        "talent_need": 2, "internship": 1, "tech_need": 0, "major": 1, "training_base": 0, "expert": 0,
    }  # fmt: skip
    assert answer["facets"]["region"]["500101"] == 3


def test_a_mistyped_filter_is_an_error_that_names_it(region, visitor) -> None:
    answer = visitor.get("/api/v1/search?regoin=511702")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "regoin"


@pytest.mark.parametrize("words", ["%00", "%ff%fe", "a" * 3_000])
def test_what_cannot_be_a_search_is_refused(region, visitor, words) -> None:
    assert visitor.get(f"/api/v1/search?q={words}").status_code == 400


@pytest.mark.parametrize("words", ['"', "title:焊工 OR *", "+-!(){}[]^~*?:\\/", "，。！", "\u200b", "🙂", "焊" * 1_000])
def test_odd_searches_are_answered(region, visitor, words) -> None:
    assert visitor.get("/api/v1/search", {"q": words}).status_code == 200


def test_search_away_is_a_plainer_answer_with_a_note(region, visitor, monkeypatch) -> None:
    def away():
        raise OSError("gone")

    monkeypatch.setattr(answering, "engine", away)
    answer = visitor.get("/api/v1/search?q=二保焊").json()
    assert [row["title"] for row in answer["results"]] == ["二保焊焊工"]
    assert answer["note"]


def test_an_index_that_is_gone_is_a_plainer_answer_not_an_empty_one(region, visitor, settings, tmp_path) -> None:
    settings.RONGQIAO_INDEX = tmp_path / "another"
    world.forget_everything()
    answer = visitor.get("/api/v1/search?q=二保焊").json()
    assert [row["title"] for row in answer["results"]] == ["二保焊焊工"]
    assert answer["note"]


def test_a_page_of_results_costs_a_fixed_number_of_queries(region, visitor, django_assert_num_queries) -> None:
    live.stand_still(live.names())  # The names of organisations and titles are read once in a few seconds.
    # One for the rows; one to make sure that kinds without an index have no postings either.
    with django_assert_num_queries(2):
        visitor.get("/api/v1/search?q=焊")


def test_fields_in_urgent_need_are_a_filter_and_a_count(enterprise, other_enterprise, visitor) -> None:
    """国办发〔2017〕95号 二（六）: by the owner's industry, or named by the posting itself."""
    parties.change_organisation(organisation=enterprise.organisation, by=None, fields={}, profile={"industry_code": "A01"})
    world.publish(enterprise, "talent_need", "农艺工")
    world.publish(other_enterprise, "tech_need", "风机叶片除冰", field="新能源")
    world.publish(other_enterprise, "talent_need", "文员")
    world.drain()
    names = {field.name: field.code for field in fields()}
    assert found(visitor, f"field={names['现代农业']}") == ["农艺工"]
    assert found(visitor, f"field={names['新能源']}") == ["风机叶片除冰"]
    counts = visitor.get("/api/v1/search").json()["facets"]["field"]
    assert counts[names["现代农业"]] == 1
