"""What can be done to addresses, in the words of the audit trail."""

from rongqiao.audit.registry import action

TURNED_OFF = action("address.turned_off", "停发地址", "Turned an address off")
TURNED_ON = action("address.turned_on", "恢复发信", "Turned an address on again")
