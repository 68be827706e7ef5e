"""Names by spelling, sound and first letters."""

from hypothesis import given
from hypothesis import strategies as st

from rongqiao.searching.live import spoken
from rongqiao.searching.names import Name, Names
from rongqiao.searching.sounds import blurred, initials_of, readings, says, sound_of, syllables

WORDS = st.text(alphabet="重庆三峡职业学院数控技术焊接护理养老行长乐", min_size=2, max_size=10)


def test_sounds_follow_the_word() -> None:
    assert (sound_of("重庆"), sound_of("重量"), sound_of("二保焊PLC")) == ("chongqing", "zhongliang", "erbaohanplc")
    assert [sound_of(word) for word in ("模具", "畜牧", "切削", "会计")] == ["muju", "xumu", "qiexiao", "kuaiji"]
    assert initials_of("重庆三峡学院") == "cqsxxy"
    assert blurred("zhongqin") == blurred("zongqing"), "what dialects do not tell apart"


def test_a_name_that_comes_later_is_found_at_once() -> None:
    names = Names([("焊工", Name("焊工", "term"))])
    names.add([("钳工", Name("钳工", "term")), ("焊工", Name("焊工", "occupation", ("6-18-02-04",)))])
    assert names.sounding("qiangong") == ("钳工",)
    assert [name.kind for name in names.meanings("焊工")] == ["term", "occupation"]
    assert names.beginning("q") == ["钳工"]


def test_short_words_are_near_to_nothing() -> None:
    known = (("PLC", "term"), ("Python", "term"), ("达州职业技术学院", "organisation"))
    names = Names((text, Name(text, kind)) for text, kind in known)
    assert (names.near("plv"), names.near("pyhton"), names.near("达州职业技术学校")) == ([], ["python"], ["达州职业技术学院"])


@given(WORDS)
def test_every_name_answers_to_its_sound_and_its_letters(word: str) -> None:
    names = Names([(word, Name(word, "title"))])
    assert names.sounding(sound_of(word)) == (word,)
    assert names.lettered(initials_of(word)) == [word]
    assert names.beginning(sound_of(word)[:3]) == [word]


@given(WORDS)
def test_whole_pinyin_is_among_its_own_readings(word: str) -> None:
    assert any(says(parts, word, syllables(word)) for parts in readings(sound_of(word)))


def test_an_organisation_is_said_in_short() -> None:
    assert {"重庆三峡医药高等专科学校", "三峡医药高专", "三峡医专", "三峡医药"} <= said("重庆三峡医药高等专科学校", "500101")
    assert {"达州职业技术学院", "达州职院", "达职院"} <= said("达州职业技术学院", "511702")
    assert {"开州职教中心", "开州职教", "开州汉丰"} <= said("演示·开州汉丰职业教育中心", "500154")
    assert {"江源数控装备有限公司", "江源数控装备", "江源数控", "江源"} <= said("演示·江源数控装备有限公司", "500101")


def test_no_place_and_no_common_word_stands_for_an_organisation() -> None:
    assert said("达州职业技术学院", "511702").isdisjoint({"达州", "达州市", "职业", "职业技术"})
    assert "开州" not in said("演示·开州汉丰职业教育中心", "500154"), "a county, which the nation's names leave out"


def said(name: str, region: str) -> set[str]:
    return {spelling for spelling, _ in spoken(name, region)}
