"""Digests in group chats: signed as each wants it, within its limits, posted once, and never to an address inside."""

import base64
import hashlib
import hmac
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from rongqiao.audit.models import Entry
from rongqiao.common import clock
from rongqiao.digests import groups
from rongqiao.digests.chats import CHATS, Refused
from rongqiao.digests.chats.chat import cut
from rongqiao.digests.chats.posting import post
from rongqiao.digests.models import Group, Post
from rongqiao.outbox.registry import Unavailable
from tests import world
from tests.digests.conftest import due_now
from tests.servers.robot import Robot, robot

pytestmark = pytest.mark.django_db
KEYS = {
    "wecom": "693a91f6-7f0a-4bc4-97a0-0ec251fa5aaa", "feishu": "0b1c2d3e-4f5a-4b6c-8d7e-9f0a1b2c3d4e", "dingtalk": "ab" * 32,
}  # fmt: skip
PARTS = {"wecom": "?key=", "feishu": "/", "dingtalk": "?access_token="}
SECRET = "SEC-of-the-robot"


@pytest.fixture
def listening(settings) -> Iterator[Robot]:
    """A robot here, and settings that lead to it."""
    with robot() as made:
        settings.RONGQIAO_CHATS = {code: made.base for code in CHATS}
        settings.RONGQIAO_CHATS_INSIDE = True
        yield made


def connect(party: world.Party, chat: str, base: str, secret: str = "") -> None:
    given = {"chat": chat, "name": "对接群", "address": f"{base}{PARTS[chat]}{KEYS[chat]}", "secret": secret}
    answer = party.put("digests/groups/pairings", given)
    assert answer.status_code == 200, answer.json()


def posted() -> Post:
    """The one post, after the worker had a look at it."""
    row = Post.objects.get()
    groups.handle([row.pk])
    row.refresh_from_db()
    return row


def signature(key: str, words: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), words.encode(), hashlib.sha256).digest()).decode()


@pytest.mark.parametrize("chat", sorted(CHATS))
def test_each_chat_gets_it_as_its_document_says(fitting, tell, listening, chat: str) -> None:
    connect(fitting, chat, listening.base, SECRET)
    tell(fitting.person)
    assert posted().state == "sent"
    ((path, body),) = listening.taken
    query = {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}
    if chat == "wecom":
        assert query == {"key": KEYS[chat]}
        text = body["markdown"]["content"]
        assert set(body) == {"msgtype", "markdown"}
    elif chat == "feishu":
        assert path == f"/robot/{KEYS[chat]}"
        assert body["sign"] == signature(f"{body['timestamp']}\n{SECRET}", "")
        assert len(body["timestamp"]) == 10
        text = body["card"]["elements"][0]["content"]
    else:
        assert query["access_token"] == KEYS[chat]
        assert query["sign"] == signature(SECRET, f"{query['timestamp']}\n{SECRET}")
        assert len(query["timestamp"]) == 13
        text = body["markdown"]["text"]
    assert "[智能焊接技术](http://127.0.0.1:8000/postings/" in text
    assert "/l/" not in text, "whoever reads along could answer in the person's name"


def test_without_a_secret_nothing_is_signed(fitting, tell, listening) -> None:
    connect(fitting, "feishu", listening.base)
    tell(fitting.person)
    posted()
    assert "sign" not in listening.taken[0][1]


def test_it_is_posted_once(fitting, tell, listening) -> None:
    connect(fitting, "wecom", listening.base)
    due_now(fitting.person)
    tell(fitting.person)
    world.drain()
    for _ in range(3):
        posted()
        groups.wake()
        world.drain()
    assert len(listening.taken) == 1


def test_a_yes_is_what_the_chat_calls_one(fitting, tell, listening) -> None:
    connect(fitting, "wecom", listening.base)
    tell(fitting.person)
    listening.says(b'{"errcode": 93000, "errmsg": "invalid webhook url"}')
    row = posted()
    assert (row.state, row.answer) == ("failed", "93000 invalid webhook url")


@pytest.mark.parametrize("answer", [(200, b'{"errcode": 45009, "errmsg": "api freq out of limit"}'), (429, b"{}")])
def test_too_often_waits_and_comes_through_then(fitting, tell, listening, answer) -> None:
    connect(fitting, "wecom", listening.base)
    tell(fitting.person)
    listening.says(answer[1], answer[0])
    row = posted()
    assert row.state == "waiting"
    assert row.due_at > clock.now() + timedelta(minutes=9)
    assert groups.wake() == 0
    Post.objects.update(due_at=clock.now())
    assert groups.wake() == 1
    world.drain()
    row.refresh_from_db()
    assert row.state == "sent"


def test_no_more_than_a_robot_takes_in_a_minute(fitting, tell, listening) -> None:
    connect(fitting, "wecom", listening.base)
    digest = tell(fitting.person)
    template = Post.objects.get()
    now = clock.now()
    for number in range(CHATS["wecom"].a_minute):
        other = type(digest).objects.create(
            person=fitting.person, kind="pairings", planned_at=now + timedelta(seconds=number), composed_at=now,
            language="zh-hans", outcome="sent", body=digest.body,
        )  # fmt: skip
        Post.objects.create(group=template.group, digest=other, state="sent", sent_at=now, due_at=now)
    groups.handle([template.pk])
    template.refresh_from_db()
    assert (template.state, listening.taken) == ("waiting", [])
    Post.objects.filter(state="sent").update(sent_at=now - timedelta(minutes=2))
    Post.objects.filter(pk=template.pk).update(due_at=now)
    groups.handle([template.pk])
    assert len(listening.taken) == 1


@pytest.mark.parametrize(("status", "body"), [(500, b""), (200, b"<html>"), (200, b"[]"), (502, b"{}")])
def test_a_chat_that_is_ill_is_tried_again_and_given_up_at_last(fitting, tell, listening, status: int, body: bytes) -> None:
    connect(fitting, "dingtalk", listening.base)
    tell(fitting.person)
    for attempt in range(1, 7):
        listening.says(body, status)
        Post.objects.update(due_at=clock.now())
        row = posted()
        assert (row.attempts, row.state) == (attempt, "failed" if attempt == 6 else "waiting")
    assert len(listening.taken) == 6


def test_a_redirect_is_not_followed(fitting, tell, listening) -> None:
    connect(fitting, "wecom", listening.base)
    tell(fitting.person)
    listening.says(b"", 302, Location="http://127.0.0.1:1/inside")
    assert posted().state == "failed"
    assert len(listening.taken) == 1


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "10.0.0.1", "169.254.169.254", "192.168.1.1", "[::1]", "0.0.0.0", "[fd00::1]"]
)
def test_an_address_inside_is_refused(listening, settings, host: str) -> None:
    settings.RONGQIAO_CHATS_INSIDE = False
    with pytest.raises(Refused):
        post(f"http://{host}:1/robot", {})
    assert listening.taken == []


def test_nobody_there_is_no_fault_of_the_digest(settings) -> None:
    settings.RONGQIAO_CHATS_INSIDE = True
    with pytest.raises(Unavailable):
        post("http://127.0.0.1:1/robot", {})


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/cgi-bin/webhook/send?key=" + KEYS["wecom"],
        "https://qyapi.weixin.qq.com.evil.example/cgi-bin/webhook/send?key=" + KEYS["wecom"],
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=" + KEYS["wecom"] + "&x=1",
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send/../other?key=" + KEYS["wecom"],
        "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=" + KEYS["wecom"],
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=",
        "file:///etc/passwd", "http://127.0.0.1/", KEYS["wecom"],
    ],
)  # fmt: skip
def test_only_a_robots_own_address_is_taken(enterprise, address: str) -> None:
    answer = enterprise.put("digests/groups/pairings", {"chat": "wecom", "name": "群", "address": address})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == "chat_address"
    assert not Group.objects.exists()


def test_its_keys_are_shown_to_nobody_and_it_is_written_down_who_connected_it(enterprise) -> None:
    base = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send"
    connect(enterprise, "wecom", base, SECRET)
    for said in (enterprise.get("digests/preferences"), enterprise.get("me/export")):
        assert KEYS["wecom"] not in said.content.decode()
        assert SECRET not in said.content.decode()
    row = enterprise.get("digests/preferences").json()["results"][0]
    assert row["group"] == {"chat": "wecom", "chat_label": "企业微信", "name": "对接群"}
    assert enterprise.client.delete("/api/v1/digests/groups/pairings").status_code == 204
    assert enterprise.client.delete("/api/v1/digests/groups/pairings").status_code == 404
    kept = list(Entry.objects.filter(action__startswith="digest.").order_by("pk").values_list("action", "changes"))
    assert [action for action, _ in kept] == ["digest.group_set", "digest.group_removed"]
    assert KEYS["wecom"] not in str(kept)


def test_markdown_in_a_title_stays_words(fitting, college, tell, listening) -> None:
    connect(fitting, "dingtalk", listening.base)
    offer = college.organisation.postings.get()
    type(offer).objects.filter(pk=offer.pk).update(title="](http://evil.example) <@all> `x` **y**")
    tell(fitting.person)
    posted()
    text = listening.taken[0][1]["markdown"]["text"]
    assert "](http://evil" not in text
    assert "<@all>" not in text
    assert "＊＊y＊＊" in text


def test_a_long_one_is_cut_after_a_line() -> None:
    text = "\n".join("焊接" * 20 for _ in range(200))
    short = cut(text, 4_096)
    assert len(short.encode()) <= 4_096
    assert short.endswith("焊接\n…")
    assert cut("短", 4_096) == "短"
