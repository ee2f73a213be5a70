"""The folder of a run: what it is (`run.json`), and a file for every finished part."""

import errno
import json
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from kaname.cluster.errors import ClusterError, kept
from kaname.cluster.work import Arrays, Work, as_json
from kaname.files import arrays
from kaname.files.problems import BadInput
from kaname.law import T

_PART = re.compile(r"part-(\d{6,})\.([0-9a-f]{16})")
_FREE = 64 << 20  # bytes left free on the disk, so that the machine itself goes on


class Checkpoint:
    """Parts on disk. A part counts once it is durable; one that was cut short or changed is computed anew."""

    def __init__(self, folder: Path, work: Work) -> None:
        """Open a folder, new or of the same run. Raises ClusterError."""
        self.folder, self.parts = folder, work.parts
        said = json.dumps(as_json(work), sort_keys=True, indent=1) + "\n"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            named = folder / "run.json"
            if named.exists():
                _same(folder, named.read_text("utf-8"), said)
            elif any(folder.iterdir()):
                raise ClusterError(T(
                    f"{folder} には他のものがある；空のフォルダか、同じ計算のフォルダを",
                    f"{folder} holds other things; name an empty folder, or that of the same run"))  # fmt: skip
            else:
                arrays.put(named, iter([said.encode()]))
            self._files = self._sound(path for path in sorted(folder.iterdir()) if path != named)
        except OSError as error:
            raise _disk(folder, error) from None

    @property
    def left(self) -> list[int]:
        """The parts not finished."""
        return [part for part in range(self.parts) if part not in self._files]

    def keep(self, part: int, found: Arrays) -> None:
        """Raises ClusterError where the disk does not take it; the parts before it stay."""
        try:
            pieces = list(arrays.pieces(found, {"part": part}))
            if shutil.disk_usage(self.folder).free < _FREE + sum(map(len, pieces)):
                raise OSError(errno.ENOSPC, "No space left on device")
            beside = self.folder / f"part-{part:06}"
            name = f"{beside.name}.{arrays.put(beside, iter(pieces))[:16]}"
            self._files[part] = beside.replace(self.folder / name)
        except OSError as error:
            raise _disk(self.folder, error) from None

    def read(self, part: int) -> Arrays:
        """A finished part, mapped."""
        return arrays.mapped(self._files[part]).arrays

    def _sound(self, paths: Iterable[Path]) -> dict[int, Path]:
        found = {}
        for path in paths:
            named = _PART.fullmatch(path.name)
            if named and _whole(path, int(named[1]), named[2]):
                found[int(named[1])] = path
            else:  # what was being written when the run was broken off
                path.unlink()
        return found


def _whole(path: Path, part: int, digest: str) -> bool:
    try:
        return arrays.digest_of(path)[:16] == digest and arrays.mapped(path).about == {"part": part}
    except BadInput:
        return False


def _same(folder: Path, there: str, said: str) -> None:
    if there != said:
        raise ClusterError(T(
            f"{folder} は他の計算（入力か設定が違う）の続き；別のフォルダを、又はそれを消してから",
            f"{folder} belongs to another run (other input or settings); name another folder, or remove it first",
        ))  # fmt: skip


def _disk(folder: Path, error: OSError) -> ClusterError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return kept(f"{folder} のディスクが一杯", f"the disk of {folder} is full")
    return kept(f"{folder} に書けない：{error.strerror}", f"{folder} cannot be written: {error.strerror}")
