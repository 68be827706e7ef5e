"""What the API's description says beyond the views: pages, errors, and how one signs in."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import inline_serializer
from rest_framework import serializers


class SignedIn(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """The session cookie that signing in gives; changes need the CSRF token too."""

    target_class = "rongqiao.common.access.SessionSignIn"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}


def listed(row: type[serializers.BaseSerializer[Any]], **more: serializers.Field[Any, Any, Any, Any]) -> Any:
    """The envelope of a list of rows (see `common.paging.page`), with what else the list says."""
    name = row.__name__.removesuffix("Serializer")
    number = serializers.IntegerField
    fields = {"count": number(), "page": number(), "page_size": number(), "results": row(many=True)}
    return inline_serializer(f"{name}{'With' + ''.join(map(str.title, more)) if more else ''}Page", {**fields, **more})


ERRORS = {
    "type": "object",
    "required": ["status", "errors"],
    "properties": {
        "status": {"type": "integer"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "code", "fault", "remedy"],
                "properties": {name: {"type": "string"} for name in ("field", "code", "fault", "remedy")},
            },
        },
    },
}


def with_errors(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """Post-processing: every operation may answer with the one shape of an error."""
    result.setdefault("components", {}).setdefault("schemas", {})["Errors"] = ERRORS
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Errors"}}}
    answer = {"description": "字段、问题、办法 / field, fault, remedy", "content": content}
    for path in result["paths"].values():
        for operation in path.values():
            operation["responses"].update({"4XX": answer, "503": answer})
    return result
