"""What reviewers do, in the words of the audit trail."""

from rongqiao.audit.registry import action

APPROVED = action("review.approved", "审核通过", "Approved")
DECLINED = action("review.declined", "审核不通过", "Declined")
UNDONE = action("review.undone", "撤销审核决定", "Undid a decision")
SEEN = action("review.seen", "查看审核材料", "Looked at a case")
