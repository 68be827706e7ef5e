"""What is written down in `frontend/` agrees with the server it was written for."""

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer

from rongqiao.config.web import PLACES

FRONTEND = Path(__file__).resolve().parents[2] / "frontend"


def maker() -> ModuleType:
    """`frontend/make_client.py`, which lies in no package."""
    found = importlib.util.spec_from_file_location("make_client", FRONTEND / "make_client.py")
    assert found and found.loader
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def test_the_typed_client_is_up_to_date() -> None:
    make = maker()
    schema = SchemaGenerator().get_schema(request=None, public=True)
    described = json.loads(OpenApiJsonRenderer().render(schema, renderer_context={}))
    first = make.TARGET.read_text(encoding="utf-8").partition("\n")[0]
    assert first == make.first_line(make.canonical(described)), "run `python frontend/make_client.py`"


def test_the_lock_names_digests_and_no_registry() -> None:
    lock = json.loads((FRONTEND / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert [name for name, package in packages.items() if "integrity" not in package] == []


def test_every_place_of_the_router_is_known_to_the_server() -> None:
    router = (FRONTEND / "src" / "shell" / "router.ts").read_text(encoding="utf-8")
    first_words = {path.split("/")[1] for path in re.findall(r"path: '(/[^':(]*)", router)}
    assert "postings" in first_words
    assert first_words <= PLACES
