import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import LONGEST_TERM, Tokeniser, analyse, normalise


def test_full_width_and_case_are_one_spelling() -> None:
    assert normalise("ＰＬＣ　Ｃ＋＋\x00编程\t(上)") == "plc c++ 编程 (上)"


def test_words_are_dictionary_words_and_the_words_inside_them() -> None:
    assert set(analyse("数控技术").words) == {"数控", "技术", "数控技术"}


def test_grams_are_characters_and_neighbouring_pairs() -> None:
    assert sorted(analyse("数控技").grams) == sorted(["数", "控", "技", "数控", "控技"])


def test_grams_do_not_reach_across_punctuation() -> None:
    assert "床编" not in analyse("机床，编程").grams


@pytest.mark.parametrize(
    "term", ["c++", "c#", ".net", "node.js", "plc", "5g", "3.5", "asp.net", "f#", "café", "ü", "σ"]
)
def test_terms_of_other_scripts_stay_whole_in_both_analyses(term: str) -> None:
    tokens = analyse(f"熟悉{term.upper()}，会用")
    assert term in tokens.words
    assert term in tokens.grams


def test_dotted_terms_also_give_their_parts_as_words() -> None:
    assert set(analyse("node.js").words) == {"node.js", "node", "js"}
    assert analyse("node.js").grams == ("node.js",)


@pytest.mark.parametrize(
    ("text", "term"), [("c++17", "c++"), ("end.", "end"), ("tcp/ip", "ip"), ("c#语言", "c#")]
)
def test_where_a_term_ends(text: str, term: str) -> None:
    assert term in analyse(text).words


@pytest.mark.parametrize("text", ["", " ", "\x00", "，。！？", '"()*?~^:/\\', "\u200b\ufeff", "😀", "_"])
def test_punctuation_and_controls_give_no_terms(text: str) -> None:
    assert analyse(text) == analyse("")


def test_repeats_are_kept_for_term_frequency() -> None:
    assert analyse("焊接，焊接").grams.count("焊接") == 2


@given(st.text(max_size=200))
def test_any_text_gives_terms_that_survive_splitting_on_spaces(text: str) -> None:
    tokens = analyse(text)
    for terms in (tokens.words, tokens.grams):
        assert " ".join(terms).split() == list(terms)
        assert all(0 < len(term) <= LONGEST_TERM for term in terms)


@given(st.text(max_size=200))
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert analyse(normalise(text)) == analyse(text)


@given(st.text(alphabet="数控焊接护理机床" + string.ascii_letters + " ，", max_size=60))
def test_every_chinese_character_is_findable(text: str) -> None:
    grams = set(analyse(text).grams)
    assert {character for character in text if "\u4e00" <= character <= "\u9fff"} <= grams


def test_processes_give_what_one_gives() -> None:
    texts = [
        "",
        "数控技术，c++ 与 node.js（三年）",
        "焊接机器人！" * 40,
        "\ufeff Ａ",
        *(f"第{number}条" for number in range(600)),
    ]
    tokeniser = Tokeniser(2)
    for some in (texts, [""], ["焊"], []):
        assert list(tokeniser.analyse(some)) == [analyse(text) for text in some]
    tokeniser.close()


@given(st.text(st.sampled_from("，：；（）！？Ａａ①ﬁ\u0338\u0301é中")))
def test_the_short_way_of_normalising_gives_what_the_long_one_gives(text: str) -> None:
    assert normalise(text) == normalise(unicodedata.normalize("NFKC", text))
