"""The vocabulary is whole: trades covered, no spelling of two skills, no dangling reference."""

from collections import Counter

from matching.taxonomy.tables import plain
from matching.taxonomy.vocabulary import KINDS, vocabulary


def test_kinds_trades_and_broader_skills_exist() -> None:
    words = vocabulary()
    assert {skill.kind for skill in words} <= set(KINDS)
    assert {skill.parent for skill in words} == {trade.code for trade in words.trades}
    assert all(len(words.broader(skill.code)) <= 3 for skill in words)
    sizes = Counter(skill.parent for skill in words)
    assert len(sizes) >= 22 and min(sizes.values()) >= 15
    assert len(words) >= 1_600


def test_no_open_spelling_means_two_skills() -> None:
    owners: dict[str, set[str]] = {}
    for skill in vocabulary():
        for spelling in (skill.name, *skill.aliases):
            owners.setdefault(plain(spelling), set()).add(skill.code)
    assert {spelling: codes for spelling, codes in owners.items() if len(codes) > 1} == {}


def test_one_and_two_letter_spellings_are_guarded() -> None:
    short = [
        spelling
        for skill in vocabulary()
        for spelling in skill.aliases
        if len(spelling) <= 2 and spelling.isascii() and spelling.isalpha()
    ]
    assert short == []


def test_words_that_are_not_skills_are_no_spelling() -> None:
    spellings = {plain(one) for skill in vocabulary() for one in (skill.name, *skill.aliases)}
    assert {word for word in vocabulary().not_skills if plain(word) in spellings} == set()


def test_narrower_skills_know_their_broader_one() -> None:
    words = vocabulary()
    (argon,) = words.named("氩弧")
    (welding,) = words.named("电焊")
    assert words.broader(argon.code) == (welding,)
    assert argon in words.narrower(welding.code)
    assert words.named("没有这种技能") == ()
