"""What a reviewer says."""

from dataclasses import dataclass

from rongqiao.parties.vocabulary import VerifyStatus


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer says. `status` is the verification given with an approved application."""

    approved: bool
    status: str = VerifyStatus.DOCUMENTS
    trust: bool = False
    reasons: tuple[str, ...] = ()
    remark: str = ""
