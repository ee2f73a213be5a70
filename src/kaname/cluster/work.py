"""What a run consists of: inputs as files, and parts."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from kaname.files import arrays
from kaname.files.arrays import Arrays as Arrays


@dataclass(frozen=True, slots=True)
class Input:
    """A file that every machine needs, known by its SHA-256: a machine that has it maps it, another one is sent it."""

    path: str
    digest: str

    @classmethod
    def of(cls, path: Path) -> "Input":
        """Raises OSError."""
        return cls(str(path.resolve()), arrays.digest_of(path))


class Work(Protocol):
    """A calculation in parts. It travels to the workers: a frozen dataclass of plain values whose code they have too.

    `run` is a pure function of the part's number, the inputs and the fields: the same bits wherever it runs.
    """

    @property
    def inputs(self) -> tuple[Input, ...]: ...

    @property
    def parts(self) -> int:
        """How many parts; it never depends on the number of workers."""

    def about(self) -> dict[str, Any]:
        """All that the results depend on beside the inputs, as JSON: another run's folder is told by it."""

    def run(self, part: int, paths: tuple[Path, ...]) -> Arrays:
        """Compute a part (from 0); `paths`: where the inputs lie on this machine."""


def as_json(work: Work) -> Mapping[str, Any]:
    """What names a run."""
    return {"work": work.about(), "inputs": [one.digest for one in work.inputs], "parts": work.parts}
