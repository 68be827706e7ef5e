"""What a reviewer says."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rongqiao.parties.vocabulary import VerifyStatus


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer says. `status` is the verification given with an approved application; `versions` are those of
    the postings as they were read, by case."""

    approved: bool
    status: str = VerifyStatus.DOCUMENTS
    trust: bool = False
    reasons: tuple[str, ...] = ()
    remark: str = ""
    versions: Mapping[int, int] = field(default_factory=dict)
