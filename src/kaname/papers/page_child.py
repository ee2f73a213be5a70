"""The painter of pages, run by `previews` in a child (see `files.confined`).

    {"type", "pages": [number from 0 ..], "wide": pixels}  ->  {"sizes": bytes of each PNG} and the PNGs

Nothing in a file is run: scripts, forms and links are not loaded. Fonts that a file lacks are Kaname's own.
"""

import io
from typing import Any

from kaname.files.confined import FONTS, Refused

PIXELS = 80_000_000
_TALL = 4  # times as tall as wide at most: what is longer is made narrower


def prepare() -> None:
    import ctypes

    import pypdfium2 as pdfium
    from PIL import Image

    Image.init()
    Image.MAX_IMAGE_PIXELS = PIXELS
    raw = pdfium.raw
    raw.FPDF_DestroyLibrary()  # it has begun with the fonts of the system, which nobody can open from here
    folders = (ctypes.c_char_p * 2)(bytes(FONTS), None)
    named = ctypes.cast(folders, ctypes.POINTER(ctypes.POINTER(ctypes.c_char)))
    raw.FPDF_InitLibraryWithConfig(raw.FPDF_LIBRARY_CONFIG(version=2, m_pUserFontPaths=named))


def answer(asked: dict[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    paint = _pdf if asked["type"] == "application/pdf" else _picture
    pages = [_png(page, asked["wide"]) for page in paint(content, asked["pages"], asked["wide"])]
    return {"sizes": [len(page) for page in pages]}, b"".join(pages)


def _pdf(content: bytes, pages: list[int], wide: int) -> list[Any]:
    import pypdfium2 as pdfium

    try:
        book = pdfium.PdfDocument(content)
        return [_page(book[number], wide) for number in pages if number < len(book)]
    except pdfium.PdfiumError as error:
        raise Refused("password" if "assword" in str(error) else "broken") from None


def _page(page: Any, wide: int) -> Any:
    width, height = (max(side, 1.0) for side in page.get_size())
    scale = min(wide / width, wide * _TALL / height)
    return page.render(scale=scale, may_draw_forms=False).to_pil()


def _picture(content: bytes, pages: list[int], wide: int) -> list[Any]:
    from PIL import Image, ImageOps, UnidentifiedImageError

    seen = []
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "TIFF")) as picture:
            for number in pages:
                picture.seek(number)
                picture.draft("RGB", (wide, wide * _TALL))
                seen.append(ImageOps.exif_transpose(picture).convert("RGB"))
    except EOFError:
        return seen  # there are no more
    except Image.DecompressionBombError:
        raise Refused("large") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise Refused("broken") from None
    return seen


def _png(page: Any, wide: int) -> bytes:
    out = io.BytesIO()
    page.thumbnail((wide, wide * _TALL))
    page.save(out, "PNG")
    return out.getvalue()
