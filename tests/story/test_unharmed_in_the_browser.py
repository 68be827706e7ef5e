"""Hostile strings in every field of postings, seen on every page that shows one: none of them becomes part of a page."""

import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest

from .conftest import Walking
from .desks_region import APPLICANT, REVIEWER
from .walker import Walker

pytestmark = pytest.mark.browser
MARK = "槐树岭"
"""A word that finds them all."""
RUNS = (
    "<img src=x onerror=hurt()>", "<script>hurt()</script>", "<svg/onload=hurt()>", "javascript:hurt()",
    "<iframe srcdoc=x>", "'-hurt()-'", "{{hurt()}}", "{{constructor.constructor('hurt()')()}}", "${hurt()}",
    "<a href=javascript:hurt()>x</a>", "<math><mtext><img src=x onerror=hurt()>", "&lt;img src=x onerror=hurt()&gt;",
    "<input onfocus=hurt() autofocus>", "<details open ontoggle=hurt()>", "<body onload=hurt()>",
    "<object data=javascript:hurt()>", "<form action=javascript:hurt()><button>", "<meta http-equiv=refresh content=0>",
    "<img src=`x` onerror=hurt()>", "<base href=javascript:hurt()//>", "<style>@import 'javascript:hurt()'</style>",
)  # fmt: skip
OUT_OF = ("", '">', "'>", "</title>", "</textarea>", "</script>", "-->", "]]>", "</svg>", "\u2028")
HOSTILE = tuple(out + run for out in OUT_OF for run in RUNS)
"""More than two hundred: each that runs, out of each place where words may stand."""
AT_ONCE = 8
CODES = {"major": "460103", "major_or_class": "460103", "region": "500101"}
# What only our own code may put into a page.
TRACES = (
    "[onerror],[onload],[onfocus],[ontoggle],iframe,main script,a[href^='javascript'],img[src='x'],math,object,base,"
    "form[action^='javascript'],meta[http-equiv='refresh'],main style"
)
SECONDS = 60


def strings() -> Iterator[str]:
    while True:
        yield from HOSTILE


def value_of(shape: dict[str, Any], words: Iterator[str]) -> Any:
    """A value of a field's type that says something hostile where it can say anything."""
    match shape["type"]:
        case "text" | "prose":
            return next(words)[: shape.get("longest") or None]
        case "number":
            return shape.get("low") or 1
        case "date":
            return "2030-09-01"
        case "flag":
            return True
        case "choice":
            # The last is often the most secret: of it nobody would see anything.
            return shape["options"][0]["code"]
        case "code":
            return CODES.get(shape["system"])
        case "many":
            several = [value_of(shape["of"], words) for _ in range(AT_ONCE if shape["of"]["type"] == "text" else 1)]
            return [each for each in several if each] or None
        case _:
            return None


def post(walker: Walker, kind: dict[str, Any], words: Iterator[str]) -> int:
    """Publish a posting of this kind; its number."""
    token = next(each["value"] for each in walker.page.context.cookies() if each["name"] == "csrftoken")
    headers = {"X-CSRFToken": token, "Referer": walker.address}
    filled = {field["name"]: value_of(field, words) for field in kind["fields"]}
    details = {name: value for name, value in filled.items() if value is not None}
    body = {"kind": kind["code"], "title": f"{MARK} {next(words)}", "description": " ".join((MARK, *HOSTILE)), "details": details}
    url = f"{walker.address}/api/v1/postings"
    answer = walker.page.request.post(url, data=body, headers=headers)
    while answer.status == 400:
        # A field that takes no such words stays empty.
        refused = {error["field"].split(".")[1] for error in answer.json()["errors"] if "." in error["field"]}
        assert refused, answer.text()
        body["details"] = {name: value for name, value in body["details"].items() if name not in refused}
        answer = walker.page.request.post(url, data=body, headers=headers)
    made = answer.json()
    step = walker.page.request.post(f"{url}/{made['id']}/steps/publish", data={"version": made["version"]}, headers=headers)
    assert step.status == 200, step.text()
    return int(made["id"])


def publish_all(walk: Walking, state: Any, side: str) -> list[int]:
    words = strings()
    with walk(state) as walker:
        kinds = walker.page.request.get(f"{walker.address}/api/v1/kinds").json()["results"]
        return [post(walker, kind, words) for kind in kinds if kind["side"] == side]


def look_at(walk: Walking, state: Any, paths: list[str]) -> int:
    """Open each path; how many showed a hostile string as the words it is."""
    shown = 0
    with walk(state, viewport={"width": 1440, "height": 1600}) as walker:
        walker.page.add_init_script("window.hurt = () => { window.harmed = true }")
        for path in paths:
            walker.open(path)
            assert walker.page.evaluate("window.harmed") is None, path
            assert walker.page.locator(TRACES).count() == 0, path
            shown += "hurt()" in walker.page.locator("main").inner_text() + "".join(fields_of(walker))
    return shown


def fields_of(walker: Walker) -> list[str]:
    return list(walker.page.locator("input, textarea").evaluate_all("all => all.map((each) => each.value)"))


def test_nothing_that_somebody_writes_becomes_part_of_a_page(walk: Walking, signed_in: Any, at_school: Any) -> None:
    needs = publish_all(walk, signed_in, "need")
    offers = publish_all(walk, at_school, "offer")
    until_found(walk, len(needs) + len(offers))
    attack = quote(HOSTILE[0])
    public = ["/", f"/search?q={MARK}", f"/search?q={attack}&kind={attack}", *(f"/postings/{each}" for each in needs + offers)]
    assert look_at(walk, None, public) >= len(public) - 1
    own = ["/home", f"/postings?q={MARK}", *(f"/postings/{each}" for each in needs)]
    forms = [f"/publish?draft={needs[0]}", f"/publish?copy={needs[0]}"]
    assert look_at(walk, signed_in, [*own, *forms, "/fits", f"/postings/{offers[0]}"]) >= len(own) + 1
    assert look_at(walk, at_school, ["/home", "/fits", f"/postings/{needs[0]}", f"/postings/{offers[0]}"]) >= 2


def until_found(walk: Walking, count: int) -> None:
    """Wait for the worker, which indexes what was published."""
    with walk() as walker:
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            found = walker.page.request.get(f"{walker.address}/api/v1/search?q={MARK}").json()["count"]
            if found >= count:
                return
            time.sleep(0.3)
    pytest.fail(f"of {count} only {found} were found")


def test_nothing_in_the_names_of_people_and_organisations_becomes_part_of_a_page(
    walk: Walking, cookies: Callable[[str], Any]
) -> None:
    attack = "演示·<img src=x onerror=hurt()>{{hurt()}}"
    with walk(cookies(APPLICANT)) as walker:
        token = next(each["value"] for each in walker.page.context.cookies() if each["name"] == "csrftoken")
        headers = {"X-CSRFToken": token, "Referer": walker.address}
        api = f"{walker.address}/api/v1"
        about = {"name": f"{attack}有限公司", "party_type": "enterprise", "region_code": "500101", "introduction": attack}
        made = walker.page.request.post(f"{api}/organisations", data=about, headers=headers)
        assert made.status == 201, made.text()
        for path, body in (("me/organisation", {"organisation": made.json()["id"]}), ("me", {"name": attack})):
            answer = walker.page.request.fetch(
                f"{api}/{path}", method="PUT" if "/" in path else "PATCH", data=body, headers=headers
            )
            assert answer.status == 200, answer.text()
    own = ["/home", "/account", "/publish", *(f"/organisation/{tab}" for tab in ("people", "verification", "record", "audit"))]
    assert look_at(walk, cookies(APPLICANT), own) >= 4
    assert look_at(walk, cookies(REVIEWER), ["/reviews?occasion=publication"]) == 0


def test_the_traces_are_found_where_there_are_some(walk: Walking) -> None:
    """Planted as a page would that writes words as markup: the test above would see it."""
    with walk() as walker:
        walker.open("/sign-in")
        walker.page.evaluate("words => document.body.insertAdjacentHTML('beforeend', words)", HOSTILE[0])
        assert walker.page.locator(TRACES).count() == 1
        # The page's own policy kept it from running, and said so.
        walker.page.wait_for_timeout(300)
        assert any("inline event handler" in each for each in walker.said), walker.said
        walker.said.clear()
