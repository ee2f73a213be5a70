"""A network as a folder of arrays that are mapped into memory: many processes on a machine share one copy.

`network.json` names what is in the folder and the SHA-256 of each array; `digest` is that of the whole.
"""

import hashlib
import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np

from kaname.assess.network.net import Network, NetworkError
from kaname.law import T

_FORM = "kaname-network/1"
_TEXTS = ("names", "industries", "regions")
_ARRAYS = tuple(f.name for f in fields(Network) if f.name not in _TEXTS)


def write_network(network: Network, folder: Path) -> str:
    """Writes the folder and gives its digest."""
    folder.mkdir(parents=True, exist_ok=True)
    digests = {}
    for name in _ARRAYS:
        np.save(folder / f"{name}.npy", np.ascontiguousarray(getattr(network, name)))
        digests[name] = _sha256(folder / f"{name}.npy")
    for name in _TEXTS:
        (folder / f"{name}.json").write_text(json.dumps(list(getattr(network, name)), ensure_ascii=False), "utf-8")
        digests[name] = _sha256(folder / f"{name}.json")
    digest = hashlib.sha256(json.dumps(digests, sort_keys=True).encode()).hexdigest()
    told = {"form": _FORM, "firms": network.count, "links": network.links, "digest": digest, "parts": digests}
    (folder / "network.json").write_text(json.dumps(told, indent=2) + "\n", "utf-8")
    return digest


def open_network(folder: Path, check: bool = True) -> Network:
    """The network of a folder, its arrays mapped. `check`: every byte against its digest. Raises NetworkError."""
    try:
        told = json.loads((folder / "network.json").read_text("utf-8"))
        if told["form"] != _FORM:
            raise NetworkError(T(f"形式が {told['form']}；{_FORM} が要る", f"form {told['form']}; expected {_FORM}"))
        if check:
            _check(folder, told)
        parts: dict[str, Any] = {n: np.load(folder / f"{n}.npy", mmap_mode="r") for n in _ARRAYS}
        parts |= {n: tuple(json.loads((folder / f"{n}.json").read_text("utf-8"))) for n in _TEXTS}
    except (OSError, ValueError, KeyError, TypeError) as error:
        if isinstance(error, NetworkError):
            raise
        raise NetworkError(
            T(f"{folder}：網として読めない：{error}", f"{folder}: cannot be read as a network: {error}")
        ) from None
    return Network(**parts)


def _check(folder: Path, told: dict[str, Any]) -> None:
    whole = hashlib.sha256(json.dumps(told["parts"], sort_keys=True).encode()).hexdigest()
    changed = [n for n, d in told["parts"].items() if _sha256(folder / f"{n}.{'json' if n in _TEXTS else 'npy'}") != d]
    if changed or whole != told["digest"]:
        some = ", ".join(changed) or "network.json"
        raise NetworkError(
            T(f"{folder}：{some} が書いた時と違う", f"{folder}: {some} is not as written; write the network anew")
        )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
