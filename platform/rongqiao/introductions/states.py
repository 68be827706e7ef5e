"""From a pairing to an agreement (E14) as one table: states, and who may take each step.

Who a side is follows from which of the two have said yes (`standing`): before anybody has, both are FIRST; then one
is the SPEAKER and the other is ASKED; when both have, they are BOTH. CLOSER is who said no or took it back; SYSTEM
is the platform itself.
"""

from dataclasses import dataclass

FIRST, ASKED, SPEAKER, BOTH, CLOSER, SYSTEM = "first", "asked", "speaker", "both", "closer", "system"


@dataclass(frozen=True, slots=True)
class State:
    """A state. `open`: something can still come of it. `agreed`: both have said yes and see each other's contacts;
    such an introduction holds its places."""

    code: str
    zh: str
    en: str
    open: bool = False
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A step from some states to one ("" stays), and who may take it. `reason`: one must say why."""

    code: str
    zh: str
    en: str
    sources: frozenset[str]
    target: str
    who: frozenset[str]
    reason: bool = False


STATES: dict[str, State] = {
    state.code: state
    for state in (
        State("recommended", "已推荐", "Recommended", open=True),
        State("seen", "已查看", "Seen", open=True),
        State("interested", "单方意向", "One side interested", open=True),
        State("confirmed", "双向确认", "Both confirmed", open=True, agreed=True),
        State("in_talks", "洽谈中", "In talks", open=True, agreed=True),
        State("signed", "已签约", "Signed", agreed=True),
        State("declined", "已谢绝", "Declined"),
        State("timed_out", "超时关闭", "Timed out"),
        State("withdrawn", "撤回", "Withdrawn"),
        State("shelved", "搁置", "Shelved", open=True),
    )
}
CHOICES = [(state.code, state.zh) for state in STATES.values()]
AGREED = frozenset(code for code, state in STATES.items() if state.agreed)
TALKING = frozenset(code for code, state in STATES.items() if state.agreed and state.open)
PENDING = frozenset(code for code, state in STATES.items() if state.open and not state.agreed)

_OPEN = PENDING | TALKING
_UNTOLD = frozenset({"recommended", "seen"})

STEPS: dict[str, Step] = {
    step.code: step
    for step in (
        Step("see", "查看", "See", frozenset({"recommended"}), "seen", frozenset({FIRST})),
        Step(
            "show_interest", "有意向", "Show interest", _UNTOLD | {"shelved", "timed_out", "withdrawn"}, "interested",
            frozenset({FIRST}),
        ),
        Step("reconsider", "改变主意", "Reconsider", frozenset({"declined"}), "interested", frozenset({CLOSER})),
        Step("confirm", "同意对接", "Confirm", frozenset({"interested", "shelved"}), "confirmed", frozenset({ASKED})),
        Step("shelve", "暂不", "Not now", _UNTOLD | {"interested"}, "shelved", frozenset({FIRST, ASKED})),
        Step("decline", "谢绝", "Decline", _OPEN, "declined", frozenset({FIRST, ASKED, BOTH}), reason=True),
        Step("withdraw", "撤回", "Withdraw", frozenset({"interested", "shelved"}), "withdrawn", frozenset({SPEAKER})),
        Step("start_talks", "开始洽谈", "Start talks", frozenset({"confirmed"}), "in_talks", frozenset({BOTH})),
        Step("propose", "填写签约内容", "Put down the terms", frozenset({"in_talks"}), "", frozenset({BOTH})),
        Step("sign", "确认签约", "Sign", frozenset({"in_talks"}), "signed", frozenset({BOTH})),
        Step("time_out", "超时关闭", "Time out", frozenset({"interested"}), "timed_out", frozenset({SYSTEM})),
        # The last place was taken, or the posting was met elsewhere.
        Step("close", "关闭", "Close", _OPEN, "declined", frozenset({SYSTEM}), reason=True),
        # The posting is no longer open.
        Step("lapse", "随信息关闭", "Lapse", PENDING, "withdrawn", frozenset({SYSTEM})),
    )
}  # fmt: skip


def standing(own_yes: bool, other_yes: bool) -> str:
    """Who a side is, by who of the two has said yes."""
    if own_yes:
        return BOTH if other_yes else SPEAKER
    return ASKED if other_yes else FIRST


def possible(state: str, who: frozenset[str]) -> list[Step]:
    """The steps that somebody who is this may take from a state."""
    return [step for step in STEPS.values() if state in step.sources and step.who & who]
