"""PDFium as children use it: fonts that a paper lacks are Kaname's own; those of the system cannot be opened there."""

import ctypes
from typing import Any

from kaname.files.confined import FONTS, Refused


def begin() -> None:
    """To be called once, before a child is shut in."""
    import pypdfium2.raw as raw

    raw.FPDF_DestroyLibrary()  # it has begun with the fonts of the system
    folders = (ctypes.c_char_p * 2)(bytes(FONTS), None)
    named = ctypes.cast(folders, ctypes.POINTER(ctypes.POINTER(ctypes.c_char)))
    raw.FPDF_InitLibraryWithConfig(raw.FPDF_LIBRARY_CONFIG(version=2, m_pUserFontPaths=named))


def opened(content: bytes) -> Any:
    """A document. Raises Refused."""
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise Refused("password" if "assword" in str(error) else "broken") from None
