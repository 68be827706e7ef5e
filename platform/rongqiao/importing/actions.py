"""What can be done to imports, in the words of the audit trail. Its postings are told by their batch, not one by one."""

from rongqiao.audit.registry import action

RUN = action("import.run", "导入表格", "Ran an import")
CANCELLED = action("import.cancelled", "取消导入", "Cancelled an import")
UNDONE = action("import.undone", "撤销导入", "Undid an import")
