"""Digests in group chats: connecting a robot, and posting. What is posted can be read by all there, so nothing in it can
answer in somebody's name."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import translation

from rongqiao.audit import services as audit
from rongqiao.common import clock
from rongqiao.common.errors import Problem, from_code, missing
from rongqiao.common.language import Bilingual
from rongqiao.outbox import services as outbox
from rongqiao.outbox.registry import Unavailable
from rongqiao.parties.models import Person

from . import actions, services
from .chats import CHATS, Chat, Refused, Said, TooOften
from .chats.posting import post
from .composing import Composed, Section, composed_from
from .models import Digest, Group, Post

DUE = "group post due"
LEASE = timedelta(seconds=60)
# DingTalk is silent for ten minutes to whoever said too much.
PAUSE = timedelta(minutes=10)
BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))
MINUTE = timedelta(minutes=1)
WOKEN_AT_ONCE = 200
B = Bilingual
# What Markdown would read as its own is written in full width.
_TAME = str.maketrans("[]()<>*_`#|", "［］（）＜＞＊＿｀＃｜")


@transaction.atomic
def set_group(*, person: Person, kind_code: str, chat_code: str, name: str, address: str, secret: str = "") -> Group:
    """Have a digest posted to a group too, by the robot of this address. Raises Problem `chat_address`, 404."""
    kind = services.kind_of(kind_code)
    preference = services.kept(person, kind)
    key = _key_of(CHATS[chat_code], address)
    group, _ = Group.objects.update_or_create(
        preference=preference, defaults={"chat": chat_code, "name": name, "key": key, "secret": secret}
    )
    audit.record(action=actions.GROUP_SET, subject=group, by=person, changes={"chat": chat_code, "name": name})
    return group


@transaction.atomic
def remove_group(*, person: Person, kind_code: str) -> None:
    """Post it no longer; what was on its way is not posted. Raises Problem 404."""
    group = Group.objects.filter(preference__person=person, preference__kind=kind_code).first()
    if group is None:
        raise missing()
    audit.record(action=actions.GROUP_REMOVED, subject=group, by=person, changes={"chat": group.chat, "name": group.name})
    group.delete()


def _key_of(chat: Chat, address: str) -> str:
    """The robot's key from its address as the chat shows it: only our own setting decides where a post goes."""
    base = settings.RONGQIAO_CHATS[chat.code]
    key = address.strip().removeprefix(base).removeprefix("/").removeprefix("?access_token=").removeprefix("?key=")
    if not address.strip().startswith(base) or not chat.key.fullmatch(key):
        raise Problem(from_code("chat_address", "address"))
    return key


def ask(digest: Digest, group: Group) -> None:
    """In the transaction that tells: the group shall have it too."""
    row = Post.objects.create(group=group, digest=digest, due_at=clock.now())
    outbox.record(DUE, [row.pk])


def wake() -> int:
    """The chore: posts whose pause or lease is over are due again. Returns how many."""
    waiting = Post.objects.filter(state=Post.State.WAITING, due_at__lte=clock.now(), attempts__gt=0)
    ids = list(waiting.order_by("due_at", "id").values_list("pk", flat=True)[:WOKEN_AT_ONCE])
    outbox.record(DUE, ids)
    return len(ids)


def handle(post_ids: Sequence[int]) -> None:
    """The outbox's consumer: each is claimed with a lease first, so that who dies leaves it to another."""
    for post_id in post_ids:
        now = clock.now()
        due = Post.objects.filter(pk=post_id, state=Post.State.WAITING, due_at__lte=now)
        row = due.select_related("group", "digest").first()
        if row is not None and due.update(due_at=now + LEASE, attempts=row.attempts + 1):
            _post(row)


def _post(row: Post) -> None:
    group, now = row.group, clock.now()
    chat = CHATS[group.chat]
    try:
        if _sent_lately(group) >= chat.a_minute:
            raise TooOften("limit")
        address, body = chat.message(settings.RONGQIAO_CHATS[chat.code], group.key, group.secret, said_of(row.digest), now)
        chat.understood(post(address, body))
    except Refused as error:
        _settle(row, state=Post.State.FAILED, answer=str(error))
    except TooOften as error:
        _settle(row, due_at=now + (MINUTE if str(error) == "limit" else PAUSE), answer=str(error))
    except Unavailable as error:
        _later(row, str(error))
    else:
        _settle(row, state=Post.State.SENT, sent_at=clock.now(), answer="")


def _sent_lately(group: Group) -> int:
    """Messages to the same robot in the last minute, whoever connected it."""
    return Post.objects.filter(group__key=group.key, sent_at__gt=clock.now() - MINUTE).count()


def _later(row: Post, answer: str) -> None:
    if row.attempts >= len(BACK_OFF):
        _settle(row, state=Post.State.FAILED, answer=answer)
    else:
        _settle(row, due_at=clock.now() + BACK_OFF[row.attempts], answer=answer)


def _settle(row: Post, **values: object) -> None:
    """Write it down, unless the lease ran out and another attempt has begun."""
    Post.objects.filter(pk=row.pk, attempts=row.attempts + 1).update(**values)


def said_of(digest: Digest) -> Said:
    """A digest as Markdown, in its own language."""
    composed = composed_from(digest.body)
    with translation.override(digest.language):
        return Said(_tame(composed.subject), "\n".join(_lines(composed)))


def _lines(composed: Composed) -> Iterator[str]:
    if composed.changes:
        yield _tame(composed.changes)
    for section in composed.sections:
        yield from _section(section)
    yield f"[{B('登录查看全部', 'Sign in and see all')}]({settings.RONGQIAO_URL}/fits)"


def _section(section: Section) -> Iterator[str]:
    yield f"**{_tame(section.heading)}**"
    for each in section.suggestions:
        yield f"[{_tame(each.title)}]({settings.RONGQIAO_URL}{each.path}) {_tame(each.word)}"
        yield _tame(" · ".join(filter(None, (each.note, each.reason))))
    for entry in section.entries:
        yield f"[{_tame(entry.title)}]({settings.RONGQIAO_URL}{entry.path}) {_tame(entry.note)}"
    if section.more:
        yield _tame(section.more)


def _tame(words: str) -> str:
    return " ".join(words.split()).translate(_TAME)
