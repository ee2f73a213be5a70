"""The writer of marks, run by `marks` in a child (see `files.confined`).

{"type", "lines"} and the bytes of a paper  ->  {"type"} and the bytes of a marked copy
"""

import io
import zlib
from typing import Any

from kaname.files.confined import Refused, load
from kaname.papers import pictures

PIXELS = 80_000_000
PAGES = 3_000
PDF = "application/pdf"
_PALE, _FOOT = 26.0, 7.0  # points at most: the words across the page, the line at its foot
_COS, _SIN = 0.94, 0.34  # of the angle at which the words lie


def prepare() -> None:
    from PIL import Image

    load("pikepdf")
    Image.init()


def answer(asked: dict[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    media_type, copy = marked(asked["type"], content, asked["lines"])
    return {"type": media_type}, copy


def marked(media_type: str, content: bytes, lines: list[str]) -> tuple[str, bytes]:
    """A copy that carries the lines, and what kind of file it is: a picture leaves as a page of PDF."""
    if media_type == PDF:
        return PDF, _pdf(content, lines)
    if media_type in ("image/png", "image/jpeg"):
        return PDF, _picture(media_type, content, lines)
    return media_type, _text(content, lines)


# -- PDF -------------------------------------------------------------------------------------------------------------


def _pdf(content: bytes, lines: list[str]) -> bytes:
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as book:
            if len(book.pages) > PAGES:
                raise Refused("large")
            for page in book.pages:
                _lay_over(book, page, lines)
            out = io.BytesIO()
            book.save(out)
            return out.getvalue()
    except pikepdf.PasswordError:
        raise Refused("password") from None
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RuntimeError):  # Qpdf's own is the last
        raise Refused("broken") from None


def _lay_over(book: Any, page: Any, lines: list[str]) -> None:
    """The mark as a form of its own over the page: nothing of the page itself is rewritten."""
    import pikepdf

    left, bottom, right, top = (float(edge) for edge in page.trimbox)
    wide, high = abs(right - left), abs(top - bottom)
    if int(page.get("/Rotate", 0)) % 180:
        wide, high = high, wide
    with pikepdf.new() as sheet:
        sheet.add_blank_page(page_size=(max(wide, 3.0), max(high, 3.0)))
        over = sheet.pages[0]
        over.obj.Resources = resources(sheet)
        over.obj.Contents = sheet.make_stream(_drawn(wide, high, lines))
        page.add_overlay(over)


def resources(sheet: Any) -> Any:
    """A Japanese font that every reader of PDF has at hand, by the names the standard gives it: none is carried."""
    from pikepdf import Array, Dictionary, Name, String

    system = Dictionary(Registry=String("Adobe"), Ordering=String("Japan1"), Supplement=5)
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=Name("/HeiseiKakuGo-W5"), Flags=4, FontBBox=[-92, -250, 1010, 922],
        ItalicAngle=0, Ascent=752, Descent=-271, CapHeight=737, StemV=114,
    )  # fmt: skip
    below = sheet.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.CIDFontType0, BaseFont=Name("/HeiseiKakuGo-W5"),
                   CIDSystemInfo=system, DW=1000, W=Array([1, Array([500] * 95)]),
                   FontDescriptor=sheet.make_indirect(descriptor))
    )  # fmt: skip
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/HeiseiKakuGo-W5-UniJIS-UTF16-H"),
        Encoding=Name("/UniJIS-UTF16-H"), DescendantFonts=Array([below]),
    )  # fmt: skip
    pale = Dictionary(Type=Name.ExtGState, ca=0.16, CA=0.16)
    return Dictionary(Font=Dictionary(M=sheet.make_indirect(font)), ExtGState=Dictionary(G=sheet.make_indirect(pale)))


def _drawn(wide: float, high: float, lines: list[str]) -> bytes:
    """The words across the page, pale, and once in full at the foot, so that a cut-off copy tells too."""
    size = min(_PALE, wide / max(_width(line) for line in lines))
    told = [b"q /G gs 0 g BT"]
    for part in (0.2, 0.5, 0.8) if high > 20 * size else (0.5,):
        for row, line in enumerate(lines):
            long = _width(line) * size
            at = ((wide - long * _COS) / 2, high * part - long * _SIN / 2 - row * size * 1.4)
            told.append(b"/M %.2f Tf %.2f %.2f %.2f %.2f %.2f %.2f Tm <%s> Tj"
                        % (size, _COS, _SIN, -_SIN, _COS, *at, coded(line)))  # fmt: skip
    whole = "  ".join(lines)
    foot = min(_FOOT, wide / (_width(whole) + 4))
    told.append(b"ET Q q 0.25 g BT /M %.2f Tf 1 0 0 1 %.2f %.2f Tm <%s> Tj ET Q" % (foot, foot, foot, coded(whole)))
    return b"\n".join(told)


def _width(line: str) -> float:
    """In letters: a Latin one is half as wide."""
    return sum(0.5 if ord(c) < 0x100 else 1.0 for c in line)


def coded(line: str) -> bytes:
    return line.encode("utf-16-be", "replace").hex().encode()


# -- pictures and text -----------------------------------------------------------------------------------------------


def _picture(media_type: str, content: bytes, lines: list[str]) -> bytes:
    import pikepdf
    from pikepdf import Dictionary, Name
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = PIXELS
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > PIXELS:
                raise Refused("large")
            seen = picture.convert("RGB")
    except Image.DecompressionBombError:
        raise Refused("large") from None
    except pictures.BROKEN:
        raise Refused("broken") from None
    wide = 400.0 if seen.width < 400 else 842.0
    high = min(max(wide * seen.height / seen.width, 3.0), 14_000.0)
    with pikepdf.new() as book:
        page = book.add_blank_page(page_size=(wide, high))
        image = book.make_stream(zlib.compress(seen.tobytes(), 6))
        about = {
            "Type": Name.XObject, "Subtype": Name.Image, "Width": seen.width, "Height": seen.height,
            "ColorSpace": Name.DeviceRGB, "BitsPerComponent": 8, "Filter": Name.FlateDecode,
        }  # fmt: skip
        for name, value in about.items():
            image[f"/{name}"] = value
        page.obj.Resources = Dictionary(XObject=Dictionary(P=image))
        page.obj.Contents = book.make_stream(b"q %.2f 0 0 %.2f 0 0 cm /P Do Q" % (wide, high))
        _lay_over(book, page, lines)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()


def _text(content: bytes, lines: list[str]) -> bytes:
    """The first line says it, in the letters of the text itself."""
    encoding = "utf-8"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        encoding = "cp932"
    start = b"\xef\xbb\xbf" if content.startswith(b"\xef\xbb\xbf") else b""
    return start + ("  ".join(lines) + "\r\n\r\n").encode(encoding, "replace") + content.removeprefix(start)
