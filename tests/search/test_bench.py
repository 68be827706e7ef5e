import json

import pytest

from search import bench
from search.corpus import Corpus


@pytest.mark.parametrize("dims", [0, 8])
def test_bench_prints_one_object_of_figures(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    engine_name: str,
    server_address: str,
    dims: int,
) -> None:
    monkeypatch.setenv("ELASTICSEARCH_URL", server_address)
    bench.main(["--engine", engine_name, "--documents", "60", "--queries", "2", "--dims", str(dims)])
    report = json.loads(capsys.readouterr().out)
    assert {"documents_per_second", "bytes_per_document", "milliseconds", "peak_megabytes"} <= set(report)
    assert {"title", "advertisement", "retrieve, title", "apply one"} <= set(report["milliseconds"])
    assert ("vector" in report["milliseconds"]) == bool(dims)
    assert not dims or report["nearest"]["recall@200"] == 1
    assert all(set(times) == {"p50", "p95"} for times in report["milliseconds"].values())


def test_a_third_of_the_corpus_repeats() -> None:
    texts = [document.values["body"] for document in Corpus(0).documents(90)]
    assert len(set(texts)) == 60
