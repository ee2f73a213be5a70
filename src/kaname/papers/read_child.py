"""The reader of documents, run by `texts` in a child (see `files.confined`): the text of each page, and what to mind.

    {"type": media type} and bytes  ->  {"pages": [text ..], "count": pages, "marks": [..], "cut": text was left out}

Marks: `scripts` (a PDF with JavaScript or XFA, which nothing here runs), `files` (others lie in it), `forms`,
`formulas`, `links` (an office file that asks for something of elsewhere as it opens).
"""

import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

from kaname.files import packed
from kaname.files.confined import Refused, load
from kaname.papers import pdfium, pictures

PAGES, LETTERS, PIXELS = 3_000, 1_000_000, 80_000_000
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_SCRIPTS = (b"/JavaScript", b"/JS", b"/Launch", b"/XFA")
_MARKS = (*((name, "scripts") for name in _SCRIPTS), (b"/EmbeddedFile", "files"))
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


def prepare() -> None:
    from PIL import Image

    load("pikepdf", "python_calamine", "kaname.files.sheet_child")
    Image.init()
    Image.MAX_IMAGE_PIXELS = PIXELS
    pdfium.begin()


def answer(asked: dict[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    kind = asked["type"]
    if kind == "application/pdf":
        return _pdf(content), b""
    if kind == WORD:
        return _word(content), b""
    if kind == BOOK:
        return _book(content), b""
    if kind.startswith("image/"):
        return {"pages": [], "count": _frames(content), "marks": [], "cut": False}, b""
    return _found([_decoded(content)]), b""


def _found(pages: Iterable[str], count: int = 1, marks: Iterable[str] = ()) -> dict[str, Any]:
    """The pages as far as so many letters go."""
    kept, left, cut = [], LETTERS, False
    for text in pages:
        lines = (" ".join(line.split()) for line in text.replace("\0", " ").splitlines())
        clean = "\n".join(filter(None, lines)).encode("utf-8", "ignore").decode()  # halves of pairs are no letters
        cut = cut or len(clean) > left
        kept.append(clean[:left])
        left -= len(kept[-1])
        if not left:
            cut = True
            break
    return {"pages": kept, "count": count, "marks": sorted(set(marks)), "cut": cut}


def _frames(content: bytes) -> int:
    """The pictures in a file: a scan of many pages is one TIFF."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "TIFF")) as picture:
            return min(int(getattr(picture, "n_frames", 1)), PAGES)
    except Image.DecompressionBombError:
        raise Refused("large") from None
    except pictures.BROKEN:
        raise Refused("broken") from None


# -- PDF -------------------------------------------------------------------------------------------------------------


def _pdf(content: bytes) -> dict[str, Any]:
    book = pdfium.opened(content)
    count = len(book)
    if count > PAGES:
        raise Refused("pages")
    return _found(_pages(book, count), count, _told(content))


def _pages(book: Any, count: int) -> Iterator[str]:
    from pypdfium2 import PdfiumError

    for number in range(count):
        try:
            page = book[number]
            text = page.get_textpage()
            yield text.get_text_range(errors="ignore")
            text.close(), page.close()
        except PdfiumError:
            yield ""  # one page that cannot be read does not hide the others


def _told(content: bytes) -> set[str]:
    """By the names of what stands in it, in object streams as well; a name may be spelt with #4A for J."""
    import pikepdf

    found: set[str] = set()
    try:
        with pikepdf.open(io.BytesIO(content)) as book:
            for one in book.objects:
                _look(one, found, 4)
            if "/AcroForm" in book.Root:
                found.add("forms")
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, RuntimeError):
        plain = _ESCAPED.sub(lambda m: bytes([int(m[1], 16)]), content)
        found |= {mark for name, mark in _MARKS if name in plain}
    return found


def _look(one: Any, found: set[str], depth: int) -> None:
    """The keys and kinds of an object and of what stands in it directly; what it refers to is an object of its own."""
    import pikepdf

    if isinstance(one, pikepdf.Stream | pikepdf.Dictionary):
        for name, value in one.items():
            if name in ("/JS", "/JavaScript", "/XFA") or (name == "/S" and value in ("/JavaScript", "/Launch")):
                found.add("scripts")
            elif name == "/EF" or (name == "/Type" and value == "/EmbeddedFile"):
                found.add("files")
            if depth and isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect:
                _look(value, found, depth - 1)
    elif isinstance(one, pikepdf.Array) and depth:
        for value in one:
            if isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect:
                _look(value, found, depth - 1)


# -- office files and text -------------------------------------------------------------------------------------------


def _word(content: bytes) -> dict[str, Any]:
    """Paragraphs of the body, of headers, footers and notes."""
    with packed.opened(content, packed.WORD) as parts:
        names = [n for n in parts.namelist() if re.fullmatch(r"word/(header|footer|footnotes|endnotes)\d*\.xml", n)]
        fields: list[str] = []
        said = [_paragraphs(parts, name, fields) for name in (packed.WORD, *sorted(names))]
        marks = packed.told(parts) | ({"links"} if packed.fetches("".join(fields)) else set())
        return _found(["\n".join(filter(None, said))], marks=marks)


def _paragraphs(parts: Any, name: str, fields: list[str]) -> str:
    """The text of a part; `fields` takes what its fields ask for, which may be cut into any number of pieces."""
    said: list[str] = []
    within = [""]

    def begin(tag: str, given: dict[str, str]) -> None:
        within[0] = tag
        if tag in (f"{_W}tab", f"{_W}br", f"{_W}p"):
            said.append("\n")
        if tag == f"{_W}fldSimple":
            fields.append(f" {given.get(f'{_W}instr', '')} ")
        if tag == f"{_W}fldChar":
            fields.append(" ")

    def text(letters: str) -> None:
        if within[0] == f"{_W}t":
            said.append(letters)
        elif within[0] == f"{_W}instrText":
            fields.append(letters)

    def end(tag: str) -> None:
        within[0] = ""

    packed.walk(parts, name, begin, text, end)
    return "".join(said)


def _book(content: bytes) -> dict[str, Any]:
    """A page for each sheet: its name, its rows. Formulas give what they last showed; none is worked out."""
    from kaname.files.sheet_child import workbook

    sheets = workbook(content)
    pages = ["\n".join([s["name"], *("\t".join(filter(None, row)) for _, row in s["rows"])]) for s in sheets]
    with packed.opened(content, packed.BOOK) as parts:
        marks = packed.told(parts) | ({"formulas"} if any(s["formulas"] for s in sheets) else set())
    return _found(pages, len(sheets), marks)


def _decoded(content: bytes) -> str:
    for encoding in ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp932"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("broken")
