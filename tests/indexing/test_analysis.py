"""What matching reads of a need is its work; what people search is all of it."""

from rongqiao.indexing.analysis import searched_tokens, skills_of, tokens, working_body
from rongqiao.postings.content import PublicContent

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
