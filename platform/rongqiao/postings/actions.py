"""What can be done to postings, in the words of the audit trail: writing, and each step of the life cycle."""

from rongqiao.audit.registry import action

from .life_cycle import STEPS as LIFE_CYCLE

DRAFTED = action("posting.drafted", "起草信息", "Wrote a draft")
EDITED = action("posting.edited", "修改信息", "Changed a posting")
TALKED_ABOUT = action("posting.talked_about", "对接占用或释放名额", "Places were taken or freed by introductions")
CONTACT_SEEN = action("posting.contact_seen", "查看信息联系方式", "Saw a posting's contact")
STEPS = {code: action(f"posting.{code}", step.zh, step.en) for code, step in LIFE_CYCLE.items()}
