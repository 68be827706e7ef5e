"""What can be done to introductions, in the words of the audit trail."""

from rongqiao.audit.registry import action

from .states import STEPS as TABLE

BEGUN = action("introduction.begun", "建立对接", "Began an introduction")
UNDONE = action("introduction.undone", "撤销上一步", "Took the last step back")
STEPS = {code: action(f"introduction.{code}", step.zh, step.en) for code, step in TABLE.items()}
