"""Times of one run, each beside a yardstick of the same run: machines differ, and so does one machine from hour to hour."""

import resource
import time
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

_ROWS, _DIMS = 8_192, 512
_TIMES = 5

Times = dict[str, float]


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds by the clock, and of this process's processor time."""
    begun, used = time.perf_counter(), time.process_time()
    work()
    return (time.perf_counter() - begun) * 1000, (time.process_time() - used) * 1000


def percentiles(times: Iterable[tuple[float, float]]) -> Times:
    """Milliseconds: the median and the 95th percentile by the clock, and the median of processor time."""
    clock, used = np.array(list(times)).T
    return {
        "p50": _rounded(np.percentile(clock, 50)),
        "p95": _rounded(np.percentile(clock, 95)),
        "cpu": _rounded(np.percentile(used, 50)),
    }


class Yardstick:
    """A fixed piece of work, one product of 8,192 rows of 512 numbers with a vector, measured beside everything else."""

    def __init__(self) -> None:
        self._rows = np.ones((_ROWS, _DIMS), dtype=np.float32)
        self._vector = np.ones(_DIMS, dtype=np.float32)
        self._times: list[tuple[float, float]] = []

    def compared(self, work: Callable[[], object], number: int) -> Times:
        """Percentiles of so many repeats, and `ratio`: their processor time, in yardsticks of the same moment."""
        beside = [timed(self._once) for _ in range(_TIMES)]
        times = percentiles([timed(work) for _ in range(number)])
        beside += [timed(self._once) for _ in range(_TIMES)]
        self._times += beside
        return times | {"ratio": _rounded(times["cpu"] / percentiles(beside)["cpu"])}

    def times(self) -> Times:
        return percentiles(self._times)

    def _once(self) -> Any:
        return self._rows @ self._vector


def own_megabytes() -> int:
    """The most memory of this process so far."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6)


def _rounded(number: Any) -> float:
    return round(float(number), 2)
