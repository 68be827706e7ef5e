"""Word documents and workbooks that act, fetch or grow."""

from collections.abc import Iterator

from tests.files.samples import relation, word, workbook, zipped

Case = tuple[str, str, bytes, set[str]]
ACTIVE, BOMB, UNSAFE, BROKEN = {"file_active_content"}, {"file_bomb"}, {"file_unsafe"}, {"file_broken"}
LAUGHS = (
    "<!DOCTYPE a [<!ENTITY b '" + "ha" * 50 + "'>"
    + "".join(f"<!ENTITY {name} '{('&' + before + ';') * 10}'>" for before, name in zip("bcdefghi", "cdefghij", strict=True))
    + "]>"
)  # fmt: skip
OUTSIDE = "<!DOCTYPE a [<!ENTITY % x SYSTEM 'http://127.0.0.1:9/x.dtd'>%x;]>"
BIFF = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"
BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def every() -> Iterator[Case]:
    """All of them."""
    for make in (macros, relations, fields, formulas, markup, parts, workbooks):
        yield from make()


def macros() -> Iterator[Case]:
    """Macros under the name of a document without."""
    yield "docm renamed", "a.docx", word(main=MACRO), ACTIVE
    yield "vbaProject.bin", "a.docx", word(more={"word/vbaProject.bin": BIFF}), ACTIVE | UNSAFE
    yield "vbaData.xml", "a.docx", word(more={"word/vbaData.xml": b"<a/>"}), ACTIVE
    yield (
        "vbaProject by another name",
        "a.docx",
        word(relations=relation("vbaProject", "media/a.png", outside=False)),
        ACTIVE,
    )
    kind = '<Override PartName="/word/media/a.png" ContentType="application/vnd.ms-office.vbaProject"/>'
    yield "vbaProject by its content type", "a.docx", word(types=kind), ACTIVE
    default = '<Default Extension="png" ContentType="application/vnd.ms-office.activeX"/>'
    yield "ActiveX by its content type", "a.docx", word(types=default), ACTIVE
    template = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
    yield "dotx renamed", "a.docx", word(main=template), {"file_type"}
    slides = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
    yield "pptx renamed", "a.docx", word(main=slides), {"file_type"}


def relations() -> Iterator[Case]:
    """What is brought along or fetched."""
    address = "http://127.0.0.1:9/a"
    for kind in (
        "attachedTemplate", "oleObject", "package", "control", "image", "frame", "subDocument", "aFChunk", "video",
        "audio", "externalLinkPath", "mailMergeSource", "settings", "font", "officeDocument", "hyperlink/../image",
    ):  # fmt: skip
        yield f"docx: {kind} from outside", "a.docx", word(relations=relation(kind, address)), ACTIVE
    for kind in ("oleObject", "package", "control", "aFChunk", "customUI/relationships/ui/extensibility"):
        yield f"docx: {kind} inside", "a.docx", word(relations=relation(kind, "a.xml", outside=False)), ACTIVE
    for target in (
        "javascript:alert(1)",
        "file:///etc/passwd",
        "\\\\evil\\a",
        "ms-word:ofe|u|http://a",
        "//evil/a",
        "a.exe",
    ):
        yield f"docx: link to {target}", "a.docx", word(relations=relation("hyperlink", target)), ACTIVE
    spaced = relation("image", address).replace("External", " external ")
    yield "docx: outside in small letters", "a.docx", word(relations=spaced), ACTIVE
    prefixed = relation("image", address).replace("<Relationship", "<x:Relationship xmlns:x='a'")
    yield "docx: relationship with a prefix", "a.docx", word(relations=prefixed), ACTIVE


def piece(text: str) -> str:
    """A piece of a field's instruction."""
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def mark(kind: str) -> str:
    """A field's mark."""
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def fields() -> Iterator[Case]:
    """Instructions of Word that reach outside."""
    begin, middle, end = mark("begin"), mark("separate"), mark("end")
    command = 'DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"'
    yield "docx: DDEAUTO", "a.docx", word(begin + piece(command) + middle + end), ACTIVE
    yield (
        "docx: DDE in pieces",
        "a.docx",
        word(begin + piece("  D") + piece("D") + piece("E cmd") + end),
        ACTIVE,
    )
    yield "docx: dde in small letters", "a.docx", word(begin + piece("dde cmd") + end), ACTIVE
    yield "docx: DDE in quotation marks", "a.docx", word(begin + piece('"DDEAUTO" cmd') + end), ACTIVE
    yield "docx: DDE that never ends", "a.docx", word(begin + piece("DDE cmd")), ACTIVE
    yield "docx: DDE without a beginning", "a.docx", word(piece("DDE cmd")), ACTIVE
    simple = '<w:fldSimple w:instr="DDEAUTO cmd"><w:r/></w:fldSimple>'
    yield "docx: DDE in a simple field", "a.docx", word(simple), ACTIVE
    spelled = begin + begin + piece("QUOTE 68 68 69") + end + piece(" cmd") + end
    yield "docx: DDE spelled by another field", "a.docx", word(spelled), ACTIVE
    inner = begin + piece("IF ") + begin + piece("DDE cmd") + end + piece(" = 1") + end
    yield "docx: DDE inside another field", "a.docx", word(inner), ACTIVE
    for word_ in ("INCLUDETEXT", "INCLUDEPICTURE", "LINK", "IMPORT", "DATABASE"):
        yield f"docx: {word_}", "a.docx", word(begin + piece(f"{word_} http://127.0.0.1:9/a") + end), ACTIVE


def formulas() -> Iterator[Case]:
    """Formulas of Excel that reach outside."""
    for formula in (
        "=cmd|'/C calc'!A0", "=1+cmd|'/C calc'!A0", "=MSEXCEL|'..\\\\..\\\\cmd.exe'!x", '=WEBSERVICE("http://a/")',
        '=rtd("a",,"b")', '=CALL("urlmon","URLDownloadToFileA","JJCCJJ")', '=EXEC("calc")',
    ):  # fmt: skip
        yield f"xlsx: {formula}", "a.xlsx", workbook(formula), ACTIVE


def markup() -> Iterator[Case]:
    """XML against the reader."""
    yield "docx: billion laughs", "a.docx", word("&j;", before=LAUGHS), UNSAFE
    yield "docx: external entities", "a.docx", word(before=OUTSIDE), UNSAFE
    yield (
        "docx: a file as an entity",
        "a.docx",
        word("&x;", before="<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"),
        UNSAFE,
    )
    plain = "<!DOCTYPE a SYSTEM 'a.dtd'><a/>"
    yield "docx: DTD in UTF-16", "a.docx", word(more={"word/a.xml": plain.encode("utf-16")}), UNSAFE
    yield "docx: DTD in relationships", "a.docx", word(more={"word/_rels/a.xml.rels": plain.encode()}), UNSAFE
    yield "docx: 100,000 elements deep", "a.docx", word(more={"word/a.xml": b"<a>" * 100_000}), BOMB
    yield "docx: not XML", "a.docx", word(more={"word/a.xml": b"\x89PNG"}), BROKEN
    yield "docx: XML cut off", "a.docx", word(more={"word/a.xml": b"<a><b>"}), BROKEN
    yield "docx: a giant field", "a.docx", word(piece("x" * 200_000)), BOMB
    script = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    yield "docx: SVG with a script", "a.docx", word(more={"word/media/a.svg": script}), ACTIVE
    yield (
        "docx: unknown encoding",
        "a.docx",
        word(more={"word/a.xml": b'<?xml version="1.0" encoding="utf-7"?><a/>'}),
        BROKEN,
    )


def parts() -> Iterator[Case]:
    """Parts that no document needs."""
    for name, content in (
        ("word/embeddings/oleObject1.bin", BIFF), ("word/embeddings/a.xlsx", workbook()), ("word/activeX/activeX1.xml", b"<a/>"),
        ("customUI/customUI.xml", b"<a/>"), ("word/webextensions/a.xml", b"<a/>"), ("xl/macrosheets/sheet1.xml", b"<a/>"),
    ):  # fmt: skip
        yield f"docx: {name}", "a.docx", word(more={name: content}), ACTIVE
    for name in (
        "word/a.exe",
        "word/a.js",
        "word/a.html",
        "word/a",
        "a.lnk",
        "word/media/a.png.bat",
        "word/a.bin",
        "word/x.docx",
    ):
        yield f"docx: {name}", "a.docx", word(more={name: b"x"}), UNSAFE
    for name, start in (
        ("exe", b"MZ"),
        ("elf", b"\x7fELF"),
        ("zip", b"PK\x03\x04"),
        ("pdf", b"%PDF-1"),
        ("ole", BIFF),
    ):
        yield (
            f"docx: {name} by the name of a picture",
            "a.docx",
            word(more={"word/media/a.png": start + b"x"}),
            UNSAFE,
        )
    only = zipped({"[Content_Types].xml": b"<Types><Override ContentType='%s'/></Types>" % BOOK.encode()})
    yield "xlsx: content types alone", "a.xlsx", only, BROKEN


def workbooks() -> Iterator[Case]:
    """Excel's own ways."""
    base = {"main": BOOK}
    yield (
        "xlsx: link to another workbook",
        "a.xlsx",
        word(more={"xl/externalLinks/externalLink1.xml": b"<externalLink><ddeLink/></externalLink>"}, **base),
        ACTIVE,
    )
    yield (
        "xlsx: DDE link elsewhere",
        "a.xlsx",
        word(more={"xl/a.xml": b"<x:ddeLink xmlns:x='a'/>"}, **base),
        ACTIVE,
    )
    yield (
        "xlsx: OLE object",
        "a.xlsx",
        word(more={"xl/a.xml": b"<oleObject progId='Package'/>"}, **base),
        ACTIVE,
    )
    yield (
        "xlsx: data connection",
        "a.xlsx",
        word(relations=relation("connections", "a.xml", outside=False), **base),
        ACTIVE,
    )
    name = b"<definedNames><definedName name='_xlnm.Auto_Open'>Sheet1!$A$1</definedName></definedNames>"
    yield "xlsx: Auto_Open", "a.xlsx", word(more={"xl/a.xml": name}, **base), ACTIVE
    named = b"<definedName name='a'>cmd|'/C calc'!A0</definedName>"
    yield "xlsx: DDE in a name", "a.xlsx", word(more={"xl/a.xml": named}, **base), ACTIVE
    sheet = '<Override PartName="/xl/a.xml" ContentType="application/vnd.ms-excel.macrosheet+xml"/>'
    yield "xlsx: macro sheet", "a.xlsx", word(types=sheet, **base), ACTIVE
    yield "xlsm renamed", "a.xlsx", word(main="application/vnd.ms-excel.sheet.macroEnabled.main+xml"), ACTIVE
    binary = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
    yield "xlsb renamed", "a.xlsx", word(main=binary), ACTIVE
