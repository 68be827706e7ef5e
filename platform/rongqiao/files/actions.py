"""What can be done to files, in the words of the audit trail."""

from rongqiao.audit.registry import action

ADDED = action("file.added", "上传附件", "Uploaded a file")
REMOVED = action("file.removed", "删除附件", "Removed a file")
READ = action("file.read", "查看附件", "Read a file")
