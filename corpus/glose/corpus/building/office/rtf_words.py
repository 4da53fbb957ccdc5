"""The control words of RTF that matter to the text, after Microsoft's specification 1.9.1."""

from __future__ import annotations

#: Words that stand for characters.
SIGNS = {
    "tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "emspace": "\u2003",
    "enspace": "\u2002", "qmspace": "\u2005", "bullet": "•", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "ltrmark": "\u200e", "rtlmark": "\u200f",
    "zwj": "\u200d", "zwnj": "\u200c", "page": "\n", "column": "\n", "lbr": "\n",
}  # fmt: skip
#: Signs after a backslash. `\\-` is a place where a word may be divided.
SYMBOLS = {"~": "\u00a0", "_": "\u2011", "-": "", "\\": "\\", "{": "{", "}": "}"}

#: Destinations whose text is no text of the document.
SKIPPED = frozenset(
    ("colortbl", "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr",
     "footerf", "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "xe", "tc", "tcn",
     "rxe", "txe", "bxe", "sp", "pntxta", "pntxtb", "nonshppict", "shprslt", "objdata",
     "nonesttables", "template", "private", "revtbl", "filetbl", "listtable", "listoverridetable",
     "bkmkstart", "bkmkend", "atnid", "atnauthor", "xmlnstbl", "datafield", "ffdeftext", "ffname",
     "ffentrymcr")
)  # fmt: skip
#: Destinations that are no text either, and how they are told.
LEFT = {"pict": "image", "object": "embedded object", "annotation": "comment"}
#: What is marked by `\\*`, which older programs skip, and matters all the same.
ENTERED = frozenset(
    ("shpinst", "shptxt", "do", "dptxbxtext", "footnote", "cs", "ud", "fldinst", "shppict",
     "annotation")
)  # fmt: skip
#: The marks of a list, which are no part of its items.
BULLETS = frozenset(("listtext", "pntext"))
#: What a file states about itself: word, field of `meta` or name in `extra`.
STATED = {
    "title": "title", "author": "author", "subject": "subject", "keywords": "keywords",
    "doccomm": "doccomm", "company": "company",
}  # fmt: skip
#: The parts of a date.
DATE = ("yr", "mo", "dy")

#: Codecs by the number of the character set of a font.
CHARSETS = {
    77: "mac-roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "cp950",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
#: The character set of fonts of signs, whose bytes mean no letters.
SIGN_FONT = 2
#: Codecs by the word in the first line of a file.
FILES = {"ansi": "cp1252", "mac": "mac-roman", "pc": "cp437", "pca": "cp850"}
#: Codecs by the number of a code page, where Python calls them otherwise.
PAGES = {936: "gbk", 1361: "johab", 10000: "mac-roman", 54936: "gb18030", 65001: "utf-8"}
