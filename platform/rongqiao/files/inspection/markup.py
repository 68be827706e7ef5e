"""One part of an Office file, as a stream of XML without declarations of its own (no DTD, so no entities)."""

from collections.abc import Iterator
from urllib.parse import urlsplit
from xml.parsers import expat

from . import formulas
from .verdict import active, bomb, broken, unsafe

DEEPEST = 256
LONGEST_COLLECTED = 100_000
LINKS = frozenset({"http", "https", "mailto"})

# The last word of a relationship's type, and what it brings along.
RELATIONS: dict[str, tuple[str, str]] = {
    "attachedtemplate": ("外部模板", "a template from elsewhere"),
    "oleobject": ("OLE 对象", "an OLE object"),
    "package": ("内嵌文件", "an embedded file"),
    "control": ("ActiveX 控件", "an ActiveX control"),
    "activexcontrolbinary": ("ActiveX 控件", "an ActiveX control"),
    "vbaproject": ("宏（VBA）", "macros (VBA)"),
    "wordvbadata": ("宏（VBA）", "macros (VBA)"),
    "xlmacrosheet": ("宏表", "a macro sheet"),
    "xlintlmacrosheet": ("宏表", "a macro sheet"),
    "dialogsheet": ("对话框表", "a dialog sheet"),
    "externallink": ("到其他工作簿的链接", "links to other workbooks"),
    "externallinkpath": ("到其他工作簿的链接", "links to other workbooks"),
    "connections": ("外部数据连接", "connections to data elsewhere"),
    "querytable": ("外部数据查询", "queries of data elsewhere"),
    "afchunk": ("嵌入的其他格式内容", "content of another format"),
    "subdocument": ("子文档", "a document from elsewhere"),
    "frame": ("外部框架", "a frame from elsewhere"),
    "mailmergesource": ("邮件合并数据源", "a source of mail merge"),
    "extensibility": ("自定义界面", "a customised interface"),
    "webextension": ("网页加载项", "a web extension"),
    "webextensiontaskpanes": ("网页加载项", "a web extension"),
}
CONTENT: tuple[str, ...] = (
    "macroenabled", "vbaproject", "activex", "oleobject", "macrosheet", "dialogsheet", "ms-excel.sheet.binary",
)  # fmt: skip
ELEMENTS: dict[str, tuple[str, str]] = {
    "ddelink": ("DDE 链接", "a DDE link"),
    "olelink": ("OLE 链接", "an OLE link"),
    "oleobject": ("OLE 对象", "an OLE object"),
    "script": ("脚本", "a script"),
    "foreignobject": ("嵌入的网页内容", "embedded web content"),
}


class Markup:
    """Reads one part and raises Refused at the first thing that is not plain content."""

    def __init__(self) -> None:
        self.depth = 0
        self.collected: list[str] | None = None
        self.length = 0
        self.fields = formulas.Fields()
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self.doctype
        parser.EntityDeclHandler = self.doctype
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        self.parser = parser

    def read(self, blocks: Iterator[bytes]) -> None:
        """All of it."""
        try:
            for block in blocks:
                self.parser.Parse(block, False)
            self.parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise broken("XML 有误", "its XML is malformed") from error
        self.fields.finish()

    def doctype(self, *declared: object) -> None:
        """Entities are how XML reads other files and grows without end."""
        raise unsafe("XML 带有 DTD 或实体声明", "its XML declares a DTD or entities")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element opens."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise bomb("XML 嵌套太深", "its XML is nested too deeply")
        name = local(tag)
        if name in ELEMENTS:
            raise active("含有" + ELEMENTS[name][0], "it holds " + ELEMENTS[name][1])
        if name == "relationship":
            check_relation(named(attributes))
        elif name in ("override", "default"):
            check_content_type(named(attributes).get("contenttype", ""))
        elif name == "fldchar":
            self.fields.mark(named(attributes).get("fldchartype", ""))
        elif name == "fldsimple":
            formulas.check_field(named(attributes).get("instr", ""))
        elif name == "definedname":
            formulas.check_name(named(attributes).get("name", ""))
        if name in formulas.COLLECTED:
            self.collected, self.length = [], 0

    def text(self, text: str) -> None:
        """Kept only where it is a formula or the instruction of a field."""
        if self.collected is not None:
            self.collected.append(text)
            self.length += len(text)
            if self.length > LONGEST_COLLECTED:
                raise bomb("公式或域代码过长", "a formula or field is too long")

    def end(self, tag: str) -> None:
        """An element closes."""
        self.depth -= 1
        if self.collected is None or local(tag) not in formulas.COLLECTED:
            return
        text, self.collected = "".join(self.collected), None
        if local(tag).endswith("instrtext"):
            self.fields.add(text)
        else:
            formulas.check_formula(text)


def local(tag: str) -> str:
    """The name without its prefix, in small letters."""
    return tag.rpartition(":")[2].lower()


def named(attributes: dict[str, str]) -> dict[str, str]:
    """Attributes by their local names."""
    return {local(name): value for name, value in attributes.items()}


def check_relation(given: dict[str, str]) -> None:
    """From one part to another; to the outside only as a link that somebody has to click."""
    kind = given.get("type", "").rstrip("/").rpartition("/")[2].lower()
    if kind in RELATIONS:
        raise active("含有" + RELATIONS[kind][0], "it holds " + RELATIONS[kind][1])
    if given.get("targetmode", "").strip().lower() != "external":
        return
    try:
        scheme = urlsplit(given.get("target", "").strip()).scheme.lower()
    except ValueError:
        scheme = "?"
    if kind != "hyperlink" or scheme not in LINKS:
        raise active(f"引用外部内容（{kind[:30]}）", f"it takes something from outside ({kind[:30]})")


def check_content_type(given: str) -> None:
    """What a part is said to be."""
    small = given.lower()
    if any(word in small for word in CONTENT):
        raise active("含有宏、控件或内嵌对象", "it holds macros, controls or embedded objects")
