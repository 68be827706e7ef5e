"""What a file that is not accepted seems to be: a refusal that names it saves a question."""

STARTS: tuple[tuple[bytes, str, str], ...] = (
    (b"MZ", "这是 Windows 程序", "it is a Windows program"),
    (b"\x7fELF", "这是 Linux 程序", "it is a Linux program"),
    (b"\xca\xfe\xba\xbe", "这是程序", "it is a program"),
    (b"\xcf\xfa\xed\xfe", "这是 macOS 程序", "it is a macOS program"),
    (b"#!", "这是脚本", "it is a script"),
    (b"PK", "这是压缩包或不支持的文档", "it is an archive or a document of another kind"),
    (b"Rar!", "这是 RAR 压缩包", "it is a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "这是 7z 压缩包", "it is a 7z archive"),
    (b"\x1f\x8b", "这是 gzip 压缩包", "it is a gzip archive"),
    (b"BZh", "这是 bzip2 压缩包", "it is a bzip2 archive"),
    (b"\xfd7zXZ", "这是 xz 压缩包", "it is an xz archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "这是旧版 Office 文件或加了打开密码的文件",
     "it is an old Office file, or one with a password"),
    (b"{\\rtf", "这是 RTF 文档", "it is an RTF document"),
    (b"GIF8", "这是 GIF 图片", "it is a GIF picture"),
    (b"BM", "这是 BMP 图片", "it is a BMP picture"),
    (b"II*\0", "这是 TIFF 图片", "it is a TIFF picture"),
    (b"MM\0*", "这是 TIFF 图片", "it is a TIFF picture"),
)  # fmt: skip
MARKUP: tuple[tuple[bytes, str, str], ...] = (
    (b"<svg", "这是 SVG 图片（可带脚本）", "it is an SVG picture (it can carry scripts)"),
    (b"<!doctype html", "这是网页", "it is a web page"),
    (b"<html", "这是网页", "it is a web page"),
    (b"<script", "这是网页或脚本", "it is a web page or a script"),
    (b"<?php", "这是脚本", "it is a script"),
    (b"<?xml", "这是 XML 文件", "it is an XML file"),
    (b"%pdf-", "PDF 前面有别的内容", "something stands before the PDF"),
)


def name_of(start: bytes) -> tuple[str, str]:
    """What the first kilobyte looks like, in both languages."""
    if start[4:8] == b"ftyp":
        return "这是 HEIC 图片或视频", "it is a HEIC picture or a video"
    for magic, zh, en in STARTS:
        if start.startswith(magic):
            return zh, en
    small = start.lower()
    for mark, zh, en in MARKUP:
        if mark in small:
            return zh, en
    return "内容不是可识别的类型", "its content is of no known type"
