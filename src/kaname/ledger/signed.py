"""What one office says to another: one canonical line and a signature over its raw bytes, with no freedom in either.

    line 1: canonical JSON (RFC 8785, UTF-8) of an object, line feed
    line 2: Ed25519 signature of the domain, a zero byte and line 1 without its line feed: 128 lower-case hexadecimal
            digits, line feed; nothing before or between

`format` says what the object is, `from` names the key that signed it. The domain is `kaname/` and what stands before
the number of the format, with that number: a signature of a receipt can never pass for that of a bundle.
"""

import re
from collections.abc import Sequence
from typing import Any

from kaname.law import T, Text
from kaname.ledger import keys
from kaname.ledger.strict_json import NotStrict, canonical, loads

_SIGNATURE = re.compile(rb"[0-9a-f]{128}")
SIGNATURE_BYTES = 130  # with the line feed before and after it


class Untrusted(ValueError):
    """Something from another office that is not taken, and why. Nothing was written."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def write(domain: bytes, said: dict[str, Any]) -> bytes:
    """Both lines, signed with this office's key. `said` has passed `strict_json.check`."""
    line = canonical(said).encode()
    return line + b"\n" + keys.sign(domain + b"\0" + line).hex().encode() + b"\n"


def read(domain: bytes, raw: bytes, senders: Sequence[str], largest: int = 1 << 16) -> dict[str, Any]:
    """What stands in two signed lines and nothing else. Raises Untrusted."""
    said, rest = begin(domain, raw, senders, largest)
    if rest:
        raise Untrusted(T("署名されていない内容が後に続く", "followed by bytes that nobody has signed for"))
    return said


def begin(domain: bytes, raw: bytes, senders: Sequence[str], largest: int) -> tuple[dict[str, Any], bytes]:
    """What the first two lines say, signed by the one of `senders` (keys) that `from` names; and what follows them.

    `largest`: bytes of line 1. Raises Untrusted.
    """
    line, signers, rest = _signed_line(domain, raw, senders, largest)
    try:
        said = loads(line)
    except NotStrict as wrong:
        raise Untrusted(T(f"{wrong.field}：{wrong.text.ja}", f"{wrong.field}: {wrong.text.en}")) from None
    if not isinstance(said, dict) or canonical(said).encode() != line:
        raise Untrusted(T("正規の書き方でない", "not in its canonical writing"))
    if said.get("from") not in signers:
        raise Untrusted(T("差出人が署名した機関と違う", "the sender named is not the one who signed"))
    return said, rest


def _signed_line(domain: bytes, raw: bytes, senders: Sequence[str], largest: int) -> tuple[bytes, list[str], bytes]:
    """Line 1, the keys among the senders whose signature it bears, and what follows the signature."""
    line, _, after = raw.partition(b"\n")
    signature, rest = after[:128], after[129:]
    if not line or after[128:129] != b"\n":
        raise Untrusted(T("署名のある二行で始まらない", "does not begin with a line and its signature"))
    if len(line) > largest:
        raise Untrusted(T("大きすぎる", f"larger than {largest >> 10} kB"))
    if not _SIGNATURE.fullmatch(signature):
        raise Untrusted(T("署名が16進128桁でない", "the signature is not of 128 lower-case hexadecimal digits"))
    said = domain + b"\0" + line
    of = bytes.fromhex(signature.decode())
    named = [key for key in senders if key.encode() in line]  # who has signed stands in the line: one look, not a dozen
    signers = [key for key in named if keys.is_signed(said, of, key)]
    signers = signers or [key for key in senders if key not in named and keys.is_signed(said, of, key)]
    if not signers:
        raise Untrusted(T("署名が、登録された機関のものでない（又は内容が変えられた）",
                          "not signed by a pinned office, or changed after it was signed"))  # fmt: skip
    return line, signers, rest
