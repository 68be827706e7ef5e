"""What somebody would get if it were sent now. Nothing is written and the links lead nowhere."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.utils import translation

from rongqiao.common import clock
from rongqiao.mailing.rendering import Rendered, rendered
from rongqiao.parties.models import Person

from . import answering, services
from .composing import Composed
from .letters import BECAUSE, write
from .models import Preference
from .planning import plan
from .vocabulary import REASONS


@dataclass(frozen=True, slots=True)
class Shown:
    """A digest that is not sent, as a letter and in the parts that it is composed of; `reason` says why it would not be."""

    composed: Composed
    text: str = ""
    html: str = ""

    @property
    def subject(self) -> str:
        return self.composed.subject

    @property
    def changes(self) -> str:
        return self.composed.changes

    @property
    def sections(self) -> list[dict[str, Any]]:
        return [asdict(section) for section in self.composed.sections]

    @property
    def reason(self) -> str:
        return self.composed.reason

    @property
    def sends(self) -> bool:
        return not self.reason

    @property
    def reason_label(self) -> str:
        return str(REASONS[self.reason]) if self.reason else ""


def preview(*, person: Person, kind_code: str, changes: Mapping[str, Any]) -> Shown:
    """The next digest under these changes. Raises the Problems that setting them would raise."""
    kind = services.kind_of(kind_code)
    preference = services.preference_of(person, kind)
    preference.person = person
    services.apply(preference, changes, kind)
    ((_, composed),) = plan([preference], clock.now(), due=False)
    return shown(preference, composed)


def shown(preference: Preference, composed: Composed) -> Shown:
    """A planned digest as its reader would see it."""
    if composed.reason:
        return Shown(composed)
    parts = _parts(preference, composed)
    return Shown(composed, parts.text, parts.html)


def _parts(preference: Preference, composed: Composed) -> Rendered:
    nowhere = {name: f"{settings.RONGQIAO_URL}/" for name in ("page", "settings", "unsubscribe")}
    with translation.override(preference.language):
        answers = {answering.key(each): nowhere["page"] for each in composed.asked}
        content = write({"body": composed.as_json(), **nowhere, "answers": answers})
        return rendered(content, to=preference.person.email, because=BECAUSE[preference.kind])
