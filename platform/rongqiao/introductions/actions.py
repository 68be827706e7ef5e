"""What can be done to introductions, in the words of the audit trail."""

from rongqiao.audit.registry import action

from .states import STEPS as TABLE

BEGUN = action("introduction.begun", "建立对接", "Began an introduction")
UNDONE = action("introduction.undone", "撤销上一步", "Took the last step back")
STEPS = {code: action(f"introduction.{code}", step.zh, step.en) for code, step in TABLE.items()}
CONTACT_SEEN = action("introduction.contact_seen", "查看对接方联系方式", "Saw the other side's contact")
NOTE_ACCEPTED = action("introduction.note_accepted", "接受保密承诺", "Accepted the confidentiality note")
UNLOCKED = action("introduction.unlocked", "解锁保密字段", "Unlocked secret fields")
SECRETS_SEEN = action("introduction.secrets_seen", "查看已解锁字段", "Read unlocked fields")
WRITTEN = action("introduction.message", "留言", "Wrote a message")
EXPORTED = action("introduction.exported", "导出对接记录", "Exported the conversation")
NAME_PUT = action("introduction.name_put", "签署合作约定", "Put a name to the terms")
BROKER_NAMED = action("introduction.broker_named", "委托服务组织", "Named a broker")
BROKER_LEFT = action("introduction.broker_left", "结束委托", "Ended a broker's part")
