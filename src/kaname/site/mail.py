"""KANAME_SMTP: the office's mail server as one address.

smtp://user:password@mail.example:587 (encrypted by STARTTLS), smtps://...:465 (encrypted from the first byte),
smtp://localhost:25?tls=no (in the clear: only for a server on this machine or in the same room).
"""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from kaname.site.given import Unusable

_FORMS = "smtp://user:password@host:587", "smtps://user:password@host:465"


def server(url: str) -> dict[str, Any]:
    """Django's settings of an address, empty for "". Raises Unusable, without the password in its words."""
    if not url:
        return {}
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise _wrong("読めない", "cannot be read") from None
    asked = parse_qs(parts.query)
    if parts.scheme not in ("smtp", "smtps") or not host or set(asked) - {"tls"} or asked.get("tls", ["no"]) != ["no"]:
        raise _wrong("メールサーバーを示していない", "names no mail server")
    straight = parts.scheme == "smtps"
    return {
        "EMAIL_HOST": host, "EMAIL_PORT": port or (465 if straight else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""), "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": straight, "EMAIL_USE_TLS": not straight and "tls" not in asked, "EMAIL_TIMEOUT": 10,
    }  # fmt: skip


def _wrong(ja: str, en: str) -> Unusable:
    return Unusable(f"KANAME_SMTP：{ja}；{' 又は '.join(_FORMS)} を",
                    f"KANAME_SMTP {en}; expected {' or '.join(_FORMS)}")  # fmt: skip
