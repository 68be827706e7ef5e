"""What the search box answers."""

from typing import Any

from rest_framework import serializers

from rongqiao.postings.api.serializers import PostingSerializer, base_of
from rongqiao.postings.models import Posting

from ..highlights import marks, matched, snippet
from ..selectors import Answer
from ..understanding import Term

MOST_READINGS = 3


class HighlightSerializer(serializers.Serializer[Any]):
    """Where matched words stand: [start, end) in the title and in the snippet, in characters."""

    title = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()))
    snippet = serializers.CharField()
    marks = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()))


class FoundSerializer(PostingSerializer):
    """A posting that was found: with the words it has of those asked for, where they stand, and how far away it is."""

    matched = serializers.ListField(child=serializers.CharField(), read_only=True)
    highlights = HighlightSerializer(read_only=True)
    distance_km = serializers.FloatField(read_only=True, allow_null=True)

    def to_representation(self, posting: Posting) -> dict[str, Any]:
        answer: Answer = self.context["answer"]
        shown = super().to_representation(posting)
        # What others may see is what was searched, even for the owner who sees more.
        public = base_of(posting, owner=False)
        words = matched(answer.understood, public["title"], public["description"], public["organisation_name"])
        away = answer.kilometres.get(posting.pk)
        part = snippet(words, public["description"])
        return shown | {
            "matched": words,
            "highlights": {"title": marks(words, public["title"]), "snippet": part, "marks": marks(words, part)},
            "distance_km": None if away is None else round(away, 1),
        }


class MeaningSerializer(serializers.Serializer[Any]):
    """What a word was taken for."""

    kind = serializers.CharField()
    text = serializers.CharField()


class TermSerializer(serializers.Serializer[Term]):
    """A term of the question: as typed, as it is looked for, and how it was read (typed, code, spoken, corrected)."""

    typed = serializers.CharField()
    read = serializers.CharField()
    how = serializers.CharField()
    names = MeaningSerializer(many=True)

    def to_representation(self, term: Term) -> dict[str, Any]:
        names = [{"kind": name.kind, "text": name.text} for name in term.names[:MOST_READINGS]]
        return {"typed": term.typed, "read": term.says[0], "how": term.how, "names": names}


class LoosenedSerializer(serializers.Serializer[Any]):
    """Without this filter so many would be found."""

    filter = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    count = serializers.IntegerField()


class ProposalSerializer(serializers.Serializer[Any]):
    """Something that may be meant; `posted`: somebody has posted of it."""

    text = serializers.CharField()
    kind = serializers.CharField()
    value = serializers.CharField()
    posted = serializers.BooleanField()
