"""How fast a typed beginning is completed and a question understood: `python -m rongqiao.searching.speed [TITLES]`.

So many made-up titles (60,000, the most that are kept, by default) stand in memory beside the names of the nation; neither
database nor index is asked. Prints what was measured, in milliseconds.
"""

import os
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from statistics import quantiles

import django

QUESTIONS = 400
PARTS = ("高级", "夜班", "驻厂", "外贸", "一线", "新能源", "智能", "乡镇", "连锁", "精密", "重型", "进口", "医用", "民用")


def titles(count: int, names: Sequence[str], chance: random.Random) -> Iterator[str]:
    """Titles as firms write them, nearly all distinct."""
    for number in range(count):
        yield f"{chance.choice(PARTS)}{chance.choice(PARTS)}{chance.choice(names)}（{number % 97}组）"


def percentiles(act: Callable[[str], object], questions: Sequence[str]) -> str:
    """p50, p95 and the longest of some calls."""
    taken = []
    for question in questions:
        started = time.perf_counter()
        act(question)
        taken.append((time.perf_counter() - started) * 1e3)
    cuts = quantiles(taken, n=20)
    return f"p50 {cuts[9]:.1f}  p95 {cuts[18]:.1f}  longest {max(taken):.1f} ms"


def main(arguments: Sequence[str]) -> None:
    """Print the figures."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rongqiao.config.settings.embedded")
    django.setup()
    from matching.taxonomy import occupations

    from .completing import complete
    from .live import live
    from .names import Name, Names
    from .national import national
    from .sounds import initials_of, sound_of
    from .understanding import understand

    chance = random.Random(7)  # noqa: S311
    names = [row.name for row in occupations() if row.level == "职业"]
    started = time.perf_counter()
    national()
    print(f"names of the nation: {len(national())} in {time.perf_counter() - started:.1f} s")
    made = list(titles(int(arguments[0]) if arguments else 60_000, names, chance))
    started = time.perf_counter()
    known = Names((title, Name(title, "title")) for title in made)
    print(f"titles: {len(known)} in {time.perf_counter() - started:.1f} s")
    live.stand_still(known)
    whole = [chance.choice(made) for _ in range(QUESTIONS)]
    begun = [ask(title)[: chance.randint(1, 8)] for title in whole for ask in (str, sound_of, initials_of)]
    print("completed:", percentiles(complete, begun))
    slips = [title[:3] + chance.choice("的了机工电") + title[4:9] for title in whole]
    asked = [chance.choice(names) for _ in range(QUESTIONS)] + [sound_of(title[2:8]) for title in whole[:100]] + slips[:100]
    print("understood:", percentiles(lambda text: understand(text, known, national()), asked))


if __name__ == "__main__":
    main(sys.argv[1:])
