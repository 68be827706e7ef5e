"""Files as JSON."""

from typing import Any

from rest_framework import serializers

from rongqiao.common.language import Bilingual
from rongqiao.common.strict import StrictSerializer

from ..inspection.formats import FORMATS
from ..inspection.verdict import Format
from ..models import StoredFile
from ..registry import Purpose


class StoredFileSerializer(serializers.ModelSerializer[StoredFile]):
    """A file: what it is and where its bytes are read. Pages for documents, pixels for pictures."""

    type_label = serializers.SerializerMethodField()
    content = serializers.SerializerMethodField()

    class Meta:
        model = StoredFile
        fields = [
            "uuid", "purpose", "organisation", "name", "media_type", "type_label", "size", "sha256", "pages",
            "width", "height", "content", "created_at",
        ]  # fmt: skip
        read_only_fields = fields

    def get_type_label(self, file: StoredFile) -> str:
        known = FORMATS.get(file.media_type)
        return str(Bilingual(known.zh, known.en)) if known else file.media_type

    def get_content(self, file: StoredFile) -> str:
        return f"/api/v1/files/{file.uuid}/content"


class FileUploadSerializer(StrictSerializer, serializers.Serializer[Any]):
    """A file to keep. `organisation` is whose it is; some purposes need none."""

    file = serializers.FileField(max_length=None, allow_empty_file=True)
    purpose = serializers.CharField(max_length=40)
    organisation = serializers.IntegerField(required=False, min_value=1, max_value=2**63 - 1)


class FormatSerializer(serializers.Serializer[Format]):
    """A type of file that is accepted."""

    media_type = serializers.CharField()
    label = serializers.SerializerMethodField()  # type: ignore[assignment]
    suffixes = serializers.ListField(child=serializers.CharField())

    def get_label(self, each: Format) -> str:
        return str(Bilingual(each.zh, each.en))


class PurposeSerializer(serializers.Serializer[Purpose]):
    """What one purpose accepts; `accept` is for an input of type file."""

    code = serializers.CharField()
    label = serializers.SerializerMethodField()  # type: ignore[assignment]
    types = serializers.SerializerMethodField()
    accept = serializers.SerializerMethodField()
    most_bytes = serializers.IntegerField()
    most_per_organisation = serializers.IntegerField()

    def get_label(self, purpose: Purpose) -> str:
        return str(Bilingual(purpose.zh, purpose.en))

    def get_types(self, purpose: Purpose) -> list[dict[str, Any]]:
        return [dict(FormatSerializer(each).data) for each in purpose.formats()]

    def get_accept(self, purpose: Purpose) -> str:
        return ",".join(suffix for each in purpose.formats() for suffix in each.suffixes)
