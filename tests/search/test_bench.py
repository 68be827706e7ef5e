import json

import pytest

from search import bench


@pytest.mark.parametrize("dims", [0, 8])
def test_bench_prints_one_object_of_figures(capsys: pytest.CaptureFixture[str], dims: int) -> None:
    bench.main(["--engine", "embedded", "--documents", "60", "--queries", "2", "--dims", str(dims)])
    report = json.loads(capsys.readouterr().out)
    assert {"documents_per_second", "bytes_per_document", "milliseconds", "peak_megabytes"} <= set(report)
    assert {"title", "advertisement", "retrieve", "apply one"} <= set(report["milliseconds"])
    assert ("vector" in report["milliseconds"]) == bool(dims)
    assert all(set(times) == {"p50", "p95"} for times in report["milliseconds"].values())


def test_a_third_of_the_corpus_repeats() -> None:
    texts = [document.values["body"] for document in bench.Corpus(0).documents(90)]
    assert len(set(texts)) == 60
