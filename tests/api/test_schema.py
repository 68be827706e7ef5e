"""The description of the API is whole, and what lists answer is what it says."""

from io import StringIO

import pytest
from django.core.management import call_command
from drf_spectacular.generators import SchemaGenerator

from tests import world

pytestmark = pytest.mark.django_db


def described() -> dict:
    return SchemaGenerator().get_schema(request=None, public=True)


def test_it_is_generated_without_a_warning() -> None:
    said = StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=StringIO(), stderr=said)
    assert "Warning" not in said.getvalue()


def test_every_operation_tells_its_errors() -> None:
    for path in described()["paths"].values():
        for operation in path.values():
            assert operation["responses"]["4XX"]["content"]["application/json"]["schema"]["$ref"].endswith("/Errors")


@pytest.mark.parametrize(
    "path", ["/api/v1/postings", "/api/v1/search", "/api/v1/organisations", "/api/v1/kinds"]
)
def test_lists_answer_as_described(path: str, enterprise, visitor) -> None:
    world.publish(enterprise, "talent_need", "焊工")
    world.drain()
    schema = described()
    operation = schema["paths"][path]["get"]
    name = operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[-1]
    envelope = schema["components"]["schemas"][name]["properties"]
    answer = visitor.get(path).json()
    assert set(answer) == set(envelope)
    row = schema["components"]["schemas"][envelope["results"]["items"]["$ref"].rsplit("/", 1)[-1]]
    assert answer["results"]
    assert set(answer["results"][0]) <= set(row["properties"])
    assert set(row["required"]) - {"steps"} <= set(answer["results"][0])
