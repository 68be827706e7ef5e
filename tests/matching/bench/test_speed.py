"""The speed bench runs end to end and prints what it promises."""

from matching.bench.speed import measure


def test_a_small_run() -> None:
    found = measure(needs=2, offers=60)
    assert found["needs"] == 2
    assert found["needs_per_second"] > 0
    assert set(found["ms_cpu_p50_of"]) == {"retrieval", "scores", "reasons"}
    assert {
        "ms_p50",
        "ms_p95",
        "ms_p50_cpu",
        "batch_needs_per_cpu_second",
        "brute_force_ratio",
        "index_documents_per_second",
        "peak_mb",
    } <= set(found)
