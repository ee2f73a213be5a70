"""KANAME_SMTP: the office's mail server as one address.

smtp://user:password@mail.example:587 (encrypted by STARTTLS), smtps://...:465 (encrypted from the first byte),
smtp://localhost:25?tls=no (in the clear: only for a server on this machine or in the same room).
"""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

_EXPECTED = "expected smtp://user:password@host:587 or smtps://user:password@host:465"


def server(url: str) -> dict[str, Any]:
    """Django's settings of an address, empty for "". Raises ValueError, without the password in its words."""
    if not url:
        return {}
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise ValueError(f"KANAME_SMTP cannot be read; {_EXPECTED}") from None
    asked = parse_qs(parts.query)
    if parts.scheme not in ("smtp", "smtps") or not host or set(asked) - {"tls"} or asked.get("tls", ["no"]) != ["no"]:
        raise ValueError(f"KANAME_SMTP names no mail server; {_EXPECTED}")
    straight = parts.scheme == "smtps"
    return {
        "EMAIL_HOST": host, "EMAIL_PORT": port or (465 if straight else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""), "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": straight, "EMAIL_USE_TLS": not straight and "tls" not in asked, "EMAIL_TIMEOUT": 10,
    }  # fmt: skip
