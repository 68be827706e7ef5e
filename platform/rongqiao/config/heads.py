"""What a shared link shows of a page before any script runs: its title and description, of public fields alone."""

import re

from django.db import DatabaseError
from django.utils.html import escape

from rongqiao.common.errors import Problem
from rongqiao.postings import selectors
from rongqiao.postings.api.serializers import base_of

NAME = "融桥"
LONGEST = 120
_POSTING = re.compile(r"postings/(\d{1,15})/?")
_TITLE = re.compile(rb"<title>[^<]*</title>")
_DESCRIPTION = re.compile(rb'<meta name="description" content="[^"]*" ?/?>')


def with_head(page: bytes, path: str) -> bytes | None:
    """The page with the head of this place; None when it is a posting that not everybody may see.

    A posting's owner gets the same head as everybody: the page itself then asks who is there.
    """
    named = _POSTING.fullmatch(path)
    if named is None:
        return page
    try:
        shown = base_of(selectors.one_for(None, int(named[1])), owner=False)
    except Problem:
        return None
    except DatabaseError:
        # The page stands without its database, and says itself what is wrong.
        return page
    where = " · ".join(filter(None, (shown["kind_label"], shown["organisation_name"], shown["region"])))
    words = " ".join(f"{where}。{shown['description']}".split())
    return _put(page, f"{shown['title']} · {NAME}", words[:LONGEST])


def _put(page: bytes, title: str, description: str) -> bytes:
    told = {"title": escape(title).encode(), "description": escape(description).encode()}
    share = b"".join(b'<meta property="og:%s" content="%s" />' % (name.encode(), said) for name, said in told.items())
    page = _TITLE.sub(lambda _: b"<title>%s</title>" % told["title"] + share, page, count=1)
    return _DESCRIPTION.sub(lambda _: b'<meta name="description" content="%s" />' % told["description"], page, count=1)
