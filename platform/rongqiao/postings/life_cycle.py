"""A posting's life (E09 status) as one table: states, whether the index holds them, and who may take each step."""

from dataclasses import dataclass

OWNER = "owner"
REVIEWER = "reviewer"
SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class State:
    """A state; `open` ones are in the index and are paired."""

    code: str
    zh: str
    en: str
    open: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A step from some states to one, and who may take it. `confirms` renews the date of last confirmation.

    `unless_trusted` is where it leads instead when the organisation's postings do not pass by themselves.
    """

    code: str
    zh: str
    en: str
    sources: frozenset[str]
    target: str
    who: frozenset[str]
    confirms: bool = False
    unless_trusted: str = ""


STATES: dict[str, State] = {
    state.code: state
    for state in (
        State("draft", "草稿", "Draft", False),
        State("in_review", "待审", "In review", False),
        State("published", "发布", "Published", True),
        State("in_talks", "对接中", "In talks", True),
        State("partly_met", "部分满足", "Partly met", True),
        State("met", "已满足", "Met", False),
        State("expired", "过期", "Expired", False),
        State("withdrawn", "撤回", "Withdrawn", False),
    )
}
OPEN = frozenset(code for code, state in STATES.items() if state.open)
CHOICES = [(state.code, state.zh) for state in STATES.values()]

_O, _R, _S = frozenset({OWNER}), frozenset({REVIEWER}), frozenset({SYSTEM})

STEPS: dict[str, Step] = {
    step.code: step
    for step in (
        Step("submit", "提交审核", "Submit for review", frozenset({"draft"}), "in_review", _O),
        Step("approve", "通过", "Approve", frozenset({"in_review"}), "published", _R, confirms=True),
        Step("return", "退回", "Return", frozenset({"in_review"}), "draft", _R | _O),
        Step(
            "publish", "发布", "Publish", frozenset({"draft"}), "published", _O, confirms=True, unless_trusted="in_review",
        ),
        Step("confirm", "确认仍有效", "Confirm", OPEN, "", _O, confirms=True),
        Step("start_talks", "进入对接", "Start talks", frozenset({"published", "partly_met"}), "in_talks", _O),
        Step("meet_partly", "部分满足", "Mark partly met", frozenset({"published", "in_talks"}), "partly_met", _O),
        Step("meet", "已满足", "Mark met", OPEN, "met", _O),
        Step("withdraw", "撤回", "Withdraw", OPEN | {"in_review"}, "withdrawn", _O),
        Step("expire", "过期", "Expire", OPEN, "expired", _S),
        Step(
            "reopen", "重新发布", "Publish again",
            frozenset({"in_talks", "partly_met", "met", "expired", "withdrawn"}), "published", _O, confirms=True,
            unless_trusted="in_review",
        ),
        Step("take_down", "下架", "Take down", OPEN, "withdrawn", _R),
        # A reviewer's decision undone: the posting is again what it was (taken down in talks, in talks).
        Step("undo_approve", "撤销通过", "Undo the approval", OPEN, "in_review", _S),
        Step("undo_return", "撤销退回", "Undo the return", frozenset({"draft"}), "in_review", _S),
        Step("undo_take_down", "撤销下架", "Undo the taking down", frozenset({"withdrawn"}), "published", _S),
    )
}  # fmt: skip


def possible(state: str, who: frozenset[str]) -> list[Step]:
    """The steps that these parties may take from a state."""
    return [step for step in STEPS.values() if state in step.sources and step.who & who]


def in_talks(state: str, *, talking: bool, signed: int, places: int | None) -> str:
    """The state that follows for an open posting from what is talked about: 对接中 while both sides talk, 部分满足 and
    已满足 as places are signed for, 发布 again when nothing came of it. One that its owner closed stays closed, and one
    that is partly met already stays so."""
    if state not in OPEN:
        return state
    if signed:
        return "met" if places is not None and signed >= places else "partly_met"
    if talking:
        return "partly_met" if state == "partly_met" else "in_talks"
    return "published" if state == "in_talks" else state
