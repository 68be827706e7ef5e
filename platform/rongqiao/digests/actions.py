"""What can be done about digests, in the words of the audit trail."""

from rongqiao.audit.registry import action

GROUP_SET = action("digest.group_set", "摘要发到群聊", "Had a digest posted to a group chat")
GROUP_REMOVED = action("digest.group_removed", "停止把摘要发到群聊", "Stopped posting a digest to a group chat")
