"""The office's signing key (Ed25519), and the pinned keys of the offices it exchanges cases with. Both in KANAME_HOME.

An office is known by its public key, 64 hexadecimal digits. A partner's key is taken once, by hand, over another way
than the bundles come (`offices/NAME.pub`); a bundle signed by any other key is refused.
"""

import re

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kaname.law import T, Text
from kaname.site.home import home, secret

HEX_KEY = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


class KeyProblem(ValueError):
    """A key or a name of an office that cannot be used."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def signing_key() -> Ed25519PrivateKey:
    """This office's key, drawn when first asked for."""
    return Ed25519PrivateKey.from_private_bytes(secret("signing_key"))


def own_key() -> str:
    """This office's public key."""
    return signing_key().public_key().public_bytes_raw().hex()


def sign(message: bytes) -> bytes:
    return signing_key().sign(message)


def is_signed(message: bytes, signature: bytes, key: str) -> bool:
    """Whether a message bears the signature of a key."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def offices() -> dict[str, str]:
    """Pinned keys by the names given to them here."""
    folder = home() / "offices"
    found = {path.stem: path.read_text(encoding="ascii").strip() for path in sorted(folder.glob("*.pub"))}
    for name, key in found.items():
        if not HEX_KEY.fullmatch(key):
            raise KeyProblem(T(f"offices/{name}.pub：16進64桁の公開鍵を",
                               f"offices/{name}.pub: expected a public key of 64 hexadecimal digits"))  # fmt: skip
    return found


def pin(name: str, key: str) -> None:
    """Take a partner's key. A name keeps its key: another key under it is refused."""
    if not _NAME.fullmatch(name) or not HEX_KEY.fullmatch(key):
        raise KeyProblem(T("名は英数字と _ -、鍵は16進64桁で", "expected a name of letters, digits, _ and -, "
                           "and a key of 64 hexadecimal digits"))  # fmt: skip
    known = offices().get(name)
    if known not in (None, key):
        raise KeyProblem(T(f"{name} には別の鍵が登録済み；確かめた上で offices/{name}.pub を消してから",
                           f"{name} has another key; make sure, remove offices/{name}.pub, pin again"))  # fmt: skip
    folder = home() / "offices"
    folder.mkdir(mode=0o700, exist_ok=True)
    (folder / f"{name}.pub").write_text(key + "\n", encoding="ascii")


def named(office: str) -> str:
    """The key of a pinned office by its name, or a key as it stands. Raises KeyProblem."""
    key = offices().get(office, office)
    if not HEX_KEY.fullmatch(key):
        known = "、".join(offices()) or "—"
        raise KeyProblem(T(f"「{office}」という機関は登録されていない；あるもの：{known}",
                           f"no office {office!r} is pinned; expected a key or one of: {known}"))  # fmt: skip
    return key
