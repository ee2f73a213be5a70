"""The painter of pages, run by `previews` in a child (see `files.confined`).

    {"type", "pages": [number from 0 ..], "wide": pixels}  ->  {"sizes": bytes of each PNG} and the PNGs

Nothing in a file is run: scripts, forms and links are not loaded.
"""

import io
from typing import Any

from kaname.files.confined import Refused
from kaname.papers import pdfium, pictures

PIXELS = 80_000_000
_TALL = 4  # times as tall as wide at most: what is longer is made narrower


def prepare() -> None:
    from PIL import Image

    Image.init()
    Image.MAX_IMAGE_PIXELS = PIXELS
    pdfium.begin()


def answer(asked: dict[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    paint = _pdf if asked["type"] == "application/pdf" else _picture
    pages = [_png(page, asked["wide"]) for page in paint(content, asked["pages"], asked["wide"])]
    return {"sizes": [len(page) for page in pages]}, b"".join(pages)


def _pdf(content: bytes, pages: list[int], wide: int) -> list[Any]:
    from pypdfium2 import PdfiumError

    book = pdfium.opened(content)
    try:
        return [_page(book[number], wide) for number in pages if number < len(book)]
    except PdfiumError:
        raise Refused("broken") from None


def _page(page: Any, wide: int) -> Any:
    width, height = (max(side, 1.0) for side in page.get_size())
    scale = min(wide / width, wide * _TALL / height)
    return page.render(scale=scale, may_draw_forms=False).to_pil()


def _picture(content: bytes, pages: list[int], wide: int) -> list[Any]:
    from PIL import Image, ImageOps

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
    except pictures.BROKEN:
        raise Refused("broken") from None
    return seen


def _png(page: Any, wide: int) -> bytes:
    out = io.BytesIO()
    page.thumbnail((wide, wide * _TALL))
    page.save(out, "PNG")
    return out.getvalue()
