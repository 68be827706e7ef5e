import json

import pytest

from search.bench.__main__ import main
from search.corpus import Corpus
from tests.servers import postgresql


@pytest.mark.parametrize("dims", [0, 8])
def test_bench_prints_an_object_of_figures_for_each_size_and_one_of_growth(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    engine_name: str,
    server_address: str,
    dims: int,
) -> None:
    monkeypatch.setenv("ELASTICSEARCH_URL", server_address)
    main(["--engine", engine_name, "--documents", "60", "90", "--queries", "2", "--dims", str(dims)])
    first, second, growth = map(json.loads, capsys.readouterr().out.splitlines())
    assert {"documents_per_second", "bytes_per_document", "milliseconds", "peak_megabytes"} <= set(first)
    assert {"title", "completion", "facets", "retrieve, title", "apply one"} <= set(first["milliseconds"])
    assert ("vector" in first["milliseconds"]) == bool(dims)
    assert not dims or first["nearest"]["recall@200"] == first["nearest"]["recall@200, filtered"] == 1
    assert all(set(times) == {"p50", "p95", "cpu", "ratio"} for times in first["milliseconds"].values())
    assert growth["documents"] == [60, 90]
    assert growth["p50"]["title"] == [report["milliseconds"]["title"]["p50"] for report in (first, second)]


def test_the_same_is_asked_of_plain_tools(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    main(["beside", "--documents", "300", "--queries", "3", "--dims", "8"])
    (report,) = map(json.loads, capsys.readouterr().out.splitlines())
    tools = {
        "embedded, text and vectors",
        "tantivy, one term",
        "tantivy, all words",
        "SQLite FTS5, all words",
    }
    assert all(report[tool]["title"]["p50"] > 0 for tool in tools)
    assert report["numpy"]["nearest"]["p50"] > 0


@pytest.mark.postgresql
def test_postgresql_is_asked_where_there_is_one(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    if not postgresql.found():
        pytest.skip(f"no PostgreSQL here: {postgresql.REMEDY}")
    with postgresql.server() as address:
        monkeypatch.setenv("DATABASE_URL", address)
        main(["beside", "--documents", "60", "--queries", "2"])
    assert "PostgreSQL, trigrams" in json.loads(capsys.readouterr().out)


def test_a_third_of_the_corpus_repeats() -> None:
    texts = [document.values["body"] for document in Corpus(0).documents(90)]
    assert len(set(texts)) == 60
