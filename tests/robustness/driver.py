"""People at work, in a process of their own that may be killed: they publish, edit, withdraw, publish again, switch
recommendations, and ask for a rebuild when told to. After each commit one line says what is now true.

`python -m tests.robustness.driver SEED [PAUSE]` goes on until killed, resting PAUSE seconds at most between two things;
`... parties` makes the organisations, with a session.
"""

import contextlib
import itertools
import json
import random
import sys
import time
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402

from rongqiao.common.errors import Problem  # noqa: E402
from rongqiao.indexing import runs  # noqa: E402
from rongqiao.indexing.models import IndexRun  # noqa: E402
from rongqiao.parties import services as parties  # noqa: E402
from rongqiao.parties.models import Organisation, Person  # noqa: E402
from rongqiao.postings import services as postings  # noqa: E402
from rongqiao.postings.life_cycle import OPEN, OWNER  # noqa: E402
from rongqiao.postings.models import Posting  # noqa: E402
from tests import world  # noqa: E402

TRADES = (("焊工", "焊接技术应用", "焊接"), ("数控车工", "数控技术", "数控编程"), ("护士", "护理", "护理"))
WISH = "rebuild, please"
WHO = frozenset({OWNER})


def make_parties() -> str:
    """Two enterprises and two colleges; the session key of a clerk of the first enterprise."""
    for number in (1, 2):
        for name, party_type in (("企业", "enterprise"), ("学院", "college")):
            fields = {"name": f"演示{name}{number}", "party_type": party_type, "region_code": "500101", **world.TRUSTED}
            parties.add_organisation(fields=fields, profile={})
    person = Person.objects.create_user("clerk@firm.example", "Sesame-and-more-2026")
    parties.add_member(organisation=Organisation.objects.get(name="演示企业1"), person=person, role="administrator")
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)


class Driver:
    """Does one thing after the other, chosen by its own dice."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.wish = Path(settings.VAR) / WISH
        self.owners = {each.name: each for each in Organisation.objects.all()}
        self.acts = {self.publish: 10, self.edit: 5, self.close: 3, self.reopen: 3, self.switch: 1}

    def act(self) -> None:
        """One thing; a rebuild when a file asks for it."""
        if self.wish.exists() and not IndexRun.objects.filter(state__in=["waiting", "running"]).exists():
            self.wish.unlink()
            runs.ask(action="rebuild", force=True)
        (act,) = self.dice.choices(list(self.acts), list(self.acts.values()))
        act()

    def publish(self) -> None:
        need = self.dice.random() < 0.5
        owner = self.owners[f"演示{'企业' if need else '学院'}{self.dice.choice((1, 2))}"]
        trade, major, skill = self.dice.choice(TRADES)
        details = {"skills": [skill]} if need else {"major_code": "460110", "skills": [skill]}
        draft = postings.create_draft(
            organisation=owner, by=None, kind_code="talent_need" if need else "major", details=details,
            base={"title": f"{trade if need else major}{self.dice.randrange(30)}", "description": f"需要{skill}"},
        )  # fmt: skip
        self._step(draft, "publish")

    def edit(self) -> None:
        if posting := self._one(OPEN):
            base = {"title": f"{posting.title[:20]}{self.dice.randrange(9)}"}
            _say(postings.edit(posting_id=posting.pk, version=posting.version, base=base, details=None))

    def close(self) -> None:
        if posting := self._one(OPEN):
            self._step(posting, "withdraw")

    def reopen(self) -> None:
        if posting := self._one({"withdrawn"}):
            self._step(posting, "reopen")

    def switch(self) -> None:
        owner = self.owners["演示学院2"]
        parties.switch_recommendations(organisation=owner, by=None, on=not owner.recommendations_on)

    def _one(self, states: "frozenset[str] | set[str]") -> Posting | None:
        ids = list(Posting.objects.filter(status__in=states).order_by("pk").values_list("pk", flat=True))
        return Posting.objects.get(pk=self.dice.choice(ids)) if ids else None

    def _step(self, posting: Posting, code: str) -> None:
        _say(postings.take_step(posting_id=posting.pk, version=posting.version, step_code=code, who=WHO))


def _say(posting: Posting) -> None:
    line = {"id": posting.pk, "version": posting.version, "status": posting.status}
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[1] == "parties":
        print(make_parties())
    else:
        driver = Driver(int(sys.argv[1]))
        longest = float(sys.argv[2]) if len(sys.argv) > 2 else 0.1
        for _ in itertools.count():
            # Others may have changed the same posting since it was read.
            with contextlib.suppress(Problem):
                driver.act()
            time.sleep(driver.dice.uniform(0.0, longest))
