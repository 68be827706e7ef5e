"""The settings choose the engine; what is missing is said with its remedy; the embedded default needs no server's client."""

import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from rongqiao.indexing.engines import engine
from search.embedded import EmbeddedEngine
from tests.robustness.installation import ROOT

LOOK = """
import django, sys
django.setup()
from rongqiao.indexing.engines import engine
engine()
print(sorted({"elasticsearch", "elastic_transport"} & set(sys.modules)))
"""


def test_the_embedded_engine_is_the_default() -> None:
    assert isinstance(engine(), EmbeddedEngine)


@pytest.mark.parametrize(
    ("name", "address", "said"),
    [
        ("solr", "http://127.0.0.1:9200", "'solr' is not known. Use embedded or elasticsearch"),
        ("elasticsearch", "", "ELASTICSEARCH_URL is not set. Set it to http://"),
        ("elasticsearch", "127.0.0.1", "ELASTICSEARCH_URL or RONGQIAO_SEARCH_PREFIX: .* Set it to http://"),
    ],
)
def test_what_is_missing_or_wrong_is_said_with_its_remedy(settings, name: str, address: str, said: str) -> None:
    settings.RONGQIAO_SEARCH_ENGINE, settings.ELASTICSEARCH_URL = name, address
    with pytest.raises(ImproperlyConfigured, match=said):
        engine()


@pytest.mark.once
def test_the_embedded_engine_loads_no_client_of_a_server() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOOK], cwd=ROOT, capture_output=True, text=True, check=True,
        env={"PYTHONPATH": f"{ROOT}:{ROOT / 'platform'}", "DJANGO_SETTINGS_MODULE": "rongqiao.config.settings.test"},
    )  # fmt: skip
    assert done.stdout.strip() == "[]"
