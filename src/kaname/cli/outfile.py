"""Files that a command writes: whole, or one line that says why not."""

import secrets
import shutil
import sys
from pathlib import Path

from kaname.files.problems import BadInput, Problem
from kaname.law import T


def write(name: str | Path, data: bytes, *, make_folder: bool = False) -> None:
    """Write a file; `-` is standard output. `make_folder`: its folder too, where that is missing. Raises BadInput."""
    if name == "-":
        sys.stdout.buffer.write(data)
        return
    path = Path(name)
    try:
        if make_folder:
            path.parent.mkdir(parents=True, exist_ok=True)
        _whole(path, data)
    except OSError as error:
        why = error.strerror or str(error)
        wrong = T(f"書けない：{why}；書き込めるフォルダが要る",
                  f"cannot be written: {why}; expected a folder that may be written to")  # fmt: skip
        raise BadInput([Problem(str(name), 0, "", wrong)]) from None


def _whole(path: Path, data: bytes) -> None:
    """On a full disk what lay there before stays, and no piece of the new is left. A device or pipe is written to."""
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return
    path = path.resolve()
    part = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        part.write_bytes(data)
        if path.exists():
            shutil.copymode(path, part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
