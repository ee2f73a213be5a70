"""Files that a command writes: whole, or one line that says why not."""

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
        path.write_bytes(data)
    except OSError as error:
        why = error.strerror or str(error)
        wrong = T(f"書けない：{why}；書き込めるフォルダが要る",
                  f"cannot be written: {why}; expected a folder that may be written to")  # fmt: skip
        raise BadInput([Problem(str(name), 0, "", wrong)]) from None
