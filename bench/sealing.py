"""How long sealing takes: a document of 10 MB, a value, a bundle in its envelope; the floor is the bare cipher.

Run: python bench/sealing.py      Results: bench/results/sealing.json
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.management import call_command

DOCUMENT = 10_000_000
RESULTS = Path(__file__).parent / "results" / "sealing.json"


def main() -> None:
    """In an office of its own."""
    os.environ["KANAME_HOME"] = tempfile.mkdtemp(prefix="kaname-bench-")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kaname.site.settings")
    django.setup()
    _measure()


def _measure() -> None:
    from kaname.ledger import destroyed, envelope, keys, sealing
    from kaname.papers import vault

    call_command("migrate", verbosity=0)
    content = os.urandom(DOCUMENT)
    of = _stored(content)
    cipher, nonce = AESGCM(bytes(32)), bytes(12)
    sealing.seal_text("x", b"1", "circle")
    blob = {circle: sealing.seal_text("x", b"1" * 40, circle) for circle in ("", "circle")}
    sealed = envelope.seal(content, keys.own_key())
    found = {
        "document_bytes": DOCUMENT,
        "floor_encrypt_ms": _ms(lambda: cipher.encrypt(nonce, content, None)),
        "document_seal_ms": _ms(lambda: _stored(content)),
        "document_open_ms": _ms(lambda: b"".join(vault.pieces(of.id, of.key, of.stored_size))),
        "envelope_seal_ms": _ms(lambda: envelope.seal(content, keys.own_key())),
        "envelope_open_ms": _ms(lambda: envelope.opened(sealed)),
        "value_open_us": {
            "office": _us(lambda: sealing.open_text("x", blob[""])),
            "compartment": _us(lambda: sealing.open_text("x", blob["circle"])),
        },
        "look_us": _us(destroyed.look),
    }
    RESULTS.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    sys.stdout.write(RESULTS.read_text(encoding="utf-8"))


def _stored(content: bytes) -> Any:
    from kaname.access.models import new_id
    from kaname.papers import vault

    writer = vault.Writer(new_id())
    for start in range(0, len(content), vault.PIECE):
        writer.write(content[start : start + vault.PIECE])
    return writer.close()


def _ms(work: Callable[[], object], times: int = 5) -> float:
    """The best of some runs, CPU seconds of this process, in milliseconds."""
    best = min(_once(work) for _ in range(times))
    return round(best * 1e3, 2)


def _us(work: Callable[[], object], times: int = 5000) -> float:
    def many() -> None:
        for _ in range(times):
            work()

    return round(min(_once(many) for _ in range(3)) / times * 1e6, 2)


def _once(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    main()
