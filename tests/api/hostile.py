"""Bodies, values, query strings and headers that somebody sends who means no good or whose program is broken."""

import gzip
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

LONG = 2_000_000
DEEP = 100_000


def bodies() -> Iterator[tuple[str, bytes]]:
    """Bodies that are not a JSON object of ours: (name, bytes). Every one must be refused."""
    yield from {
        "empty": b"",
        "blank": b" \n\t ",
        "NUL": b"\0",
        "NULs": bytes(1_000),
        "NUL inside": b'{"title": "a\0b"}',
        "NUL escaped": b'{"title": "a\\u0000b"}',
        "NUL in a name": b'{"a\\u0000b": 1}',
        "lone surrogate": b'{"title": "\\ud800"}',
        "lone surrogate in a name": b'{"\\udfff": 1}',
        "deep lists": b"[" * DEEP + b"]" * DEEP,
        "deep lists left open": b"[" * DEEP,
        "deep objects": b'{"a":' * DEEP + b"1" + b"}" * DEEP,
        "deep inside": b'{"title": ' + b"[" * DEEP + b"]" * DEEP + b"}",
        "cut off": b'{"title": "a',
        "comma too many": b'{"title": "a",}',
        "single quotes": b"{'title': 'a'}",
        "comment": b'{"title": "a"} // yes',
        "two values": b'{"title": "a"}{"title": "b"}',
        "NaN": b'{"version": NaN}',
        "Infinity": b'{"version": -Infinity}',
        "5,000 digits": b'{"version": ' + b"9" * 5_000 + b"}",
        "number": b"42",
        "text": b'"title"',
        "null": b"null",
        "true": b"true",
        "list": b"[]",
        "list of lists": b"[[[]]]",
        "list of objects": b'[{"title": "a"}]',
        "unknown field": b'{"no_such_field": 1}',
        "many unknown fields": json.dumps({f"x{number}": number for number in range(3_000)}).encode(),
        "prototype": b'{"__proto__": {"a": 1}, "constructor": 1}',
        "operators": b'{"id__gt": 0, "organisation__name": "a"}',
        "GB 18030": '{"title": "焊工招聘"}'.encode("gb18030"),
        "Big5": '{"title": "焊工招聘"}'.encode("big5", "replace"),
        "UTF-16": '{"title": "a"}'.encode("utf-16"),
        "UTF-32": '{"title": "a"}'.encode("utf-32"),
        "byte order mark": b'\xef\xbb\xbf{"title": "a"}',
        "overlong UTF-8": b'{"title": "\xc0\x80"}',
        "cut UTF-8": b'{"title": "\xe4\xb8"}',
        "gzip": gzip.compress(b'{"title": "a"}'),
        "gzip bomb": bomb(),
        "zip": b"PK\x03\x04" + bytes(60),
        "XML": b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
        "form": b"title=a&kind=talent_need",
        "HTML": b"<html></html>",
        "pickle": b"\x80\x04\x95\x00\x00\x00\x00\x00\x00\x00\x00.",
        "YAML": b"title: !!python/object/apply:os.system ['true']",
        "random": bytes(range(256)),
        "10 MB field": b'{"title": "' + b"a" * 10_000_000 + b'"}',
        "10 MB of blanks": b" " * 10_000_000,
        "10 MB list": b"[" + b"1," * 5_000_000 + b"1]",
    }.items()


@cache
def bomb() -> bytes:
    """Ten megabytes in ten kilobytes."""
    return gzip.compress(b"0" * 10_000_000)


def values() -> Iterator[tuple[str, Any]]:
    """Values for a field that waits for something else."""
    yield from {
        "null": None,
        "true": True,
        "empty": "",
        "blank": " \t\n",
        "zero": 0,
        "minus": -1,
        "2³¹": 2**31,
        "2⁶³": 2**63,
        "10³⁰⁰": 10**300,
        "fraction": 0.1,
        "huge fraction": 1e308,
        "tiny": -5e-324,
        "NaN as text": "NaN",
        "infinity as text": "-Infinity",
        "number as text": "１２３",
        "list": [],
        "list of null": [None],
        "list of lists": [[["a"]]],
        "long list": list(range(5_000)),
        "list of long": ["a" * 5_000] * 40,
        "object": {},
        "object of null": {"a": None},
        "object in list": [{"name": {"a": 1}}],
        "odd names": {"": 1, " ": 2, "__class__": 3, "0": 4},
        "15 deep": json.loads("[" * 15 + "]" * 15),
        "long": "焊" * (LONG // 8),
        "one too long": "a" * 20_001,
        "control": "a\x01\x1f\x7fb",
        "escape": "\x1b[31m",
        "right to left": "\u202egpj.exe",
        "joiners": "\u200b\u200d\ufeff",
        "combining": "e" + "\u0301" * 500,
        "not a character": "\ufffe\uffff\U0010ffff",
        "emoji": "👩‍👩‍👧‍👦" * 30,
        "SQL": "'; DROP TABLE postings_posting; --",
        "LIKE": "%_\\",
        "script": "<script>alert(1)</script>",
        "template": "{{7*7}}${7*7}%s%n{0.__class__}",
        "path": "../../../../etc/passwd",
        "unknown code": "999999",
        "date that is not": "2026-02-30",
        "date far away": "9999-12-31",
        "date long ago": "0001-01-01",
        "week date": "2026-W53-7",
        "moment": "2026-01-01T00:00:00+99:99",
        "formula": "=HYPERLINK(\"http://x.example\",\"a\")",
    }.items()


QUERIES = (
    "q=%00", "q=%ff", "q=%ed%a0%80", "q=%C0%80", "q=" + "a" * 5_000, "page=-1", "page=0", "page=x", "page=1e9",
    "page=99999999999999999999", "page=%EF%BC%91", "page_size=0", "page_size=101", "page_size=1.5", "page_size=",
    "no_such_filter=1", "kind=no_such_kind", "kind[]=major", "kind=major&kind=x", "organisation=x", "organisation=-1",
    "organisation=" + "9" * 40, "level=6", "status=no", "region=%27%3B--", "region=" + "9" * 300, "mine=2", "limit=0",
    "limit=x", "parent=" + "a" * 99, "=", "&&&", "%", "%%%", "q=%u4e07", ";", "q;page=1", "?" * 50, "page=1%00",
    "&".join(f"a{number}=1" for number in range(2_000)),
)  # fmt: skip

HEADERS: tuple[dict[str, str], ...] = (
    {"Host": "evil.example"}, {"Host": "a b"}, {"Host": "\x00"}, {"Accept": "text/html"}, {"Accept": "\x00/é"},
    {"Accept": "a" * 9_000}, {"Accept": "application/json; indent=99999999999"},
    {"Accept-Language": "xx-\x00"}, {"Accept-Language": "zh;q=nan," * 999}, {"Accept-Encoding": "\x00"},
    {"Cookie": "sessionid=" + "a" * 9_000}, {"Cookie": 'sessionid="aaaaaaaa\\000aaaa"'}, {"Cookie": "sessionid=ÿÿÿÿÿÿÿÿÿÿ"},
    {"Cookie": 'sessionid="\\355\\240\\200aaaaaaaaaa"'}, {"Cookie": "=;;;=a;\x01"}, {"Cookie": "csrftoken=\x00"},
    {"X-Forwarded-Host": "evil.example"}, {"X-Forwarded-For": "'; --"}, {"X-Http-Method-Override": "DELETE"},
    {"Authorization": "Basic %%%"}, {"Authorization": "Bearer \x00"}, {"If-Modified-Since": "never"},
    {"Range": "bytes=-1-"}, {"Content-Encoding": "gzip"}, {"Transfer-Encoding": "chunked"},
)  # fmt: skip

CONTENT_TYPES = (
    "", "text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data",
    "multipart/form-data; boundary=", "multipart/form-data; boundary=" + "a" * 999, "multipart/mixed; boundary=x",
    "application/json; charset=utf-7", "application/json; charset=no-such", "application/octet-stream", "é/\x00", "/", ";",
)  # fmt: skip
