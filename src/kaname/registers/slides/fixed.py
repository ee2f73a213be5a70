"""A zip container whose bytes depend on its contents alone: no clock, one order, workbooks within it likewise."""

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_INSTANT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
_FIRST = "[Content_Types].xml"  # readers look for it first


def fixed(data: bytes, stamp: str) -> bytes:
    """The container anew. `stamp`: the instant that documents within say they were made at."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda n: (n != _FIRST, n)):
            part = old.read(name)
            if name.endswith(".xlsx"):
                part = fixed(part, stamp)
            elif name == "docProps/core.xml":
                part = _INSTANT.sub(rb"\g<1>" + stamp.encode() + rb"\g<2>", part)
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o600 << 16
            new.writestr(entry, part)
    return out.getvalue()
