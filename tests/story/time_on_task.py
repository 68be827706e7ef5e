"""`python -m tests.story.time_on_task`: how long a careful person takes, by script: 60 ms a key, 1 s for each decision.

Publishing a talent need from the home page by the form and by a pasted text, and how soon the first pairing stands beside
the form after the eighth character of its title. Prints seconds; the exit status says whether all are within their limits.
"""

import re
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tests.servers import chromium

from .served import served
from .small_region import HR
from .walker import Walker, walking

KEY_MS, DECISION = 60, 1.0
LIMITS = {"form": 120.0, "paste": 60.0, "first pairing": 1.0}
TITLE = "数控车床操作工程师"
TEXT = """【急招】数控车工5名，演示机械制造有限公司直招！
岗位职责：操作数控车床加工齿轮轴，会看图纸，能自己调刀补。
任职要求：中专及以上学历，数控技术、机械制造等相关专业，1年以上经验。
薪资待遇：5500-8000元/月，五险一金，包吃住。
工作地点：重庆市万州区"""


class Clerk:
    """A person at the keyboard of a window: thinks before each thing they do, and types at their speed."""

    def __init__(self, walker: Walker) -> None:
        self.page = walker.page

    def decide(self) -> None:
        """Think what comes next."""
        time.sleep(DECISION)

    def press(self, role: str, name: Any) -> None:
        """Find a button or a link, and press it."""
        self.decide()
        self.page.get_by_role(role, name=name, exact=isinstance(name, str)).first.click()

    def field(self, label: str) -> Any:
        """What one types into under a label."""
        return self.page.get_by_label(label, exact=True).and_(self.page.locator("input, textarea")).first

    def write(self, label: str, words: str) -> None:
        """Go to a field and type into it what stands there afterwards."""
        self.decide()
        field = self.field(label)
        field.press("ControlOrMeta+a")
        field.press_sequentially(words, delay=KEY_MS)

    def choose(self, label: str, typed: str, option: str) -> None:
        """Type some letters into a field that proposes codes, and take one."""
        self.decide()
        self.page.get_by_role("combobox", name=label, exact=True).press_sequentially(typed, delay=KEY_MS)
        self.decide()
        self.page.get_by_role("option", name=re.compile(option)).first.click()

    def name_all(self, label: str, words: tuple[str, ...]) -> None:
        """Several words, each with Enter."""
        self.decide()
        field = self.field(label)
        for word in words:
            field.press_sequentially(word, delay=KEY_MS)
            field.press("Enter")

    def published(self) -> None:
        """Press the button, and wait for the posting's page."""
        self.press("button", "发布")
        self.page.wait_for_url("**/postings/*")


def by_form(clerk: Clerk) -> float:
    """Title, headcount, degree, place, pay, start, two majors, four skills, two lines."""
    begun = time.monotonic()
    clerk.press("link", "发布需求")
    clerk.write("标题", TITLE)
    clerk.write("描述", "会编简单程序，能看图纸。\n包吃住，师傅带。")
    clerk.choose("专业要求", "skjs", "数控技术")
    clerk.choose("专业要求", "jxzz", "机械制造")
    clerk.page.keyboard.press("Escape")
    clerk.write("人数", "5")
    clerk.press("button", "中职")
    clerk.name_all("技能要求", ("数控车床", "编程", "看图", "调刀补"))
    clerk.write("月薪下限", "5500")
    clerk.write("月薪上限", "8000")
    clerk.write("到岗日期", "2027-03-01")
    clerk.page.keyboard.press("Enter")
    clerk.choose("地区", "wzq", "万州区")
    clerk.published()
    return time.monotonic() - begun


def by_paste(clerk: Clerk) -> float:
    """A text, two corrections."""
    begun = time.monotonic()
    clerk.press("link", "发布需求")
    clerk.press("tab", "粘贴文字")
    clerk.decide()
    clerk.page.get_by_label("把招聘启事").fill(TEXT)
    clerk.press("button", "识别")
    clerk.press("button", "看表格")
    clerk.write("人数", "6")
    clerk.write("月薪上限", "9000")
    clerk.published()
    return time.monotonic() - begun


def first_pairing(clerk: Clerk) -> float:
    """From the eighth character of the title to the first pairing beside the form."""
    clerk.press("link", "发布需求")
    field = clerk.page.get_by_label("标题", exact=True)
    field.press_sequentially(TITLE[:8], delay=KEY_MS)
    begun = time.monotonic()
    clerk.page.get_by_role("region", name="边写边看").locator("ol > li").first.wait_for()
    return time.monotonic() - begun


TASKS = {"first pairing": first_pairing, "form": by_form, "paste": by_paste}


def main() -> int:
    """Each task in a window of its own, from the home page."""
    taken: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as address, sync_playwright() as player:
        browser = player.chromium.launch(executable_path=chromium.executable(), args=["--no-sandbox"])
        for name, task in TASKS.items():
            with walking(browser, address, viewport={"width": 1440, "height": 1400}) as walker:
                walker.sign_in(HR)
                walker.page.get_by_role("link", name="发布需求").first.wait_for()
                taken[name] = task(Clerk(walker))
            print(f"{name}: {taken[name]:.1f} s (limit {LIMITS[name]:.0f} s)", flush=True)
        browser.close()
    return int(any(taken[name] > limit for name, limit in LIMITS.items()))


if __name__ == "__main__":
    sys.exit(main())
