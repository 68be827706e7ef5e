"""Formulas of a workbook and fields of a document: which of them reach out of the file."""

import re

from .verdict import active

COLLECTED = frozenset({"f", "formula", "formula1", "formula2", "definedname", "instrtext", "delinstrtext"})
QUOTED = re.compile('"[^"]*"')
CALLS = re.compile(r"\b(?:WEBSERVICE|RTD|CALL|REGISTER|REGISTER\.ID|EXEC|DDEINITIATE)\s*\(", re.IGNORECASE)
REACHING = frozenset(
    {
        "DDE",
        "DDEAUTO",
        "LINK",
        "INCLUDETEXT",
        "INCLUDEPICTURE",
        "INCLUDE",
        "IMPORT",
        "DATABASE",
        "EMBED",
        "CONTROL",
    }
)


def check_formula(text: str) -> None:
    """No operator of Excel is a bar: outside quotation marks it calls another program (DDE)."""
    bare = QUOTED.sub("", text)
    if "|" in bare:
        raise active("公式含有 DDE 调用", "a formula calls another program (DDE)")
    if CALLS.search(bare):
        raise active("公式会调用外部程序或网址", "a formula calls a program or an address")


def check_name(name: str) -> None:
    """Names that macros run by."""
    if name.lower().removeprefix("_xlnm.").startswith(("auto_open", "auto_close", "auto_activate")):
        raise active("含有自动运行的宏名", "it names a macro that runs by itself")


def check_field(instruction: str) -> None:
    """The first word is what a field does."""
    words = instruction.split(None, 1)
    if words and words[0].upper().strip('"') in REACHING:
        word = words[0].upper()
        raise active(f"含有 {word} 域", f"it holds a field that reaches outside ({word})")


class Fields:
    """Fields of a document, whose instruction may be spread over many pieces and hold other fields."""

    def __init__(self) -> None:
        self.open: list[str | None] = []
        self.loose = ""

    def mark(self, kind: str) -> None:
        """A field begins, comes to its result, or ends."""
        if kind == "begin":
            if self.open and self.open[-1] is not None and not self.open[-1].strip():
                raise active("域代码由另一个域拼出", "what a field does is worked out by another field")
            self.open.append("")
        elif self.open:
            check_field(self.open[-1] or "")
            # After its first mark a field has no instruction any more, only a result.
            self.open[-1] = None
            if kind == "end":
                self.open.pop()

    def add(self, text: str) -> None:
        """A piece of the innermost field's instruction."""
        if self.open and self.open[-1] is not None:
            self.open[-1] += text
        else:
            self.loose += text

    def finish(self) -> None:
        """What was never closed is judged all the same."""
        for instruction in [*self.open, self.loose]:
            check_field(instruction or "")
