"""What matching reads of a need is its work; what people search is all of it."""

import pytest
from django.core.management import call_command

from rongqiao.indexing import analysis
from rongqiao.indexing.analysis import searched_tokens, skills_of, tokens, working_body
from rongqiao.indexing.models import Content, Indexed
from rongqiao.postings.content import PublicContent
from tests import world

DUTIES = "岗位职责：编写焊接工艺卡，现场指导氩弧焊。"
ENDING = "福利待遇：五险一金，周末双休。公司地址：演示市地铁4号线旁。会 Excel 者有奖。"


def test_an_advertisement_for_people_is_matched_without_its_ending_and_found_by_it() -> None:
    for kind in ("talent_need", "internship"):
        assert tokens(kind, "焊工", DUTIES + ENDING) == tokens(kind, "焊工", DUTIES)
        assert "双休" in searched_tokens(kind, "焊工", DUTIES + ENDING)[1].words


def test_problems_and_offers_are_read_whole() -> None:
    for kind in ("tech_need", "training_base", "major"):
        assert working_body(kind, DUTIES + ENDING) == DUTIES + ENDING


def test_no_skill_is_found_in_an_ending() -> None:
    def skills(body: str) -> tuple[str, ...]:
        return skills_of(PublicContent("talent_need", "焊工", body, (), (), (), ()))

    assert skills(DUTIES + ENDING) == skills(DUTIES)
    assert skills(ENDING) != skills(DUTIES)


@pytest.mark.django_db
def test_what_is_analysed_otherwise_is_analysed_anew_and_what_was_stored_stays(enterprise, monkeypatch) -> None:
    need = world.publish(enterprise, "talent_need", "焊工", DUTIES)
    world.drain()
    before = Indexed.objects.get(pk=need.pk).content
    monkeypatch.setattr(analysis, "ANALYSIS", analysis.ANALYSIS + 1)
    call_command("index", "rebuild")
    after = Indexed.objects.get(pk=need.pk).content
    assert (after.pk != before.pk, after.digest) == (True, before.digest)
    assert Content.objects.filter(pk=before.pk).exists()
