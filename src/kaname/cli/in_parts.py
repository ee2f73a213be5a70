"""Options of commands whose work runs in parts: on how many processes or which cluster, and where parts are kept."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kaname.cli.group import option
from kaname.cli.progress import parts_done
from kaname.files.problems import BadInput, Problem
from kaname.law import T

if TYPE_CHECKING:
    from kaname.cluster import Checkpoint, Work
    from kaname.cluster.run import Where


def in_parts(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--cluster`, `--workers` and `--checkpoint`."""
    for one in (
        option("--checkpoint", metavar="DIR", about=T(
            "終わった部分を置くフォルダ。同じ命令をもう一度実行すると、そこから続ける",
            "keep finished parts in DIR: the same command run again goes on from there")),
        option("--workers", type=click.IntRange(min=0), metavar="N", about=T(
            "この機械のNプロセスで（0はコアの数）", "run on N processes of this machine (0: one a core)")),
        option("--cluster", metavar="ADDRESS", about=T(
            "Daskのクラスターで（tcp://ホスト:8786）。docs/cluster.md",
            "run on a Dask cluster (tcp://HOST:8786); docs/cluster.md")),
    ):  # fmt: skip
        command = one(command)
    return command


@contextmanager
def folder_of(checkpoint: str | None) -> Iterator[Path]:
    """The folder of the run: the one named, or one that is gone afterwards. Its inputs lie in it, the parts below."""
    if checkpoint is None:
        with tempfile.TemporaryDirectory(prefix="kaname-run-") as made:
            yield Path(made)
        return
    place = Path(checkpoint)
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        text = T(f"フォルダを作れない：{error.strerror}", f"cannot be made: {error.strerror}; expected a folder")
        raise BadInput([Problem("--checkpoint", 0, checkpoint, text)]) from None
    yield place


def finished(work: "Work", folder: Path, cluster: str | None, workers: int | None) -> "Checkpoint":
    """Run a work to its end, shown on a terminal. Raises BadInput with what ended it."""
    from kaname.cluster import Checkpoint, ClusterError, run

    try:
        kept = Checkpoint(folder / "parts", work)
        with parts_done(kept.parts) as told:
            run(work, _where(cluster, workers), kept, lambda how: told(how.done, how.workers))
    except ClusterError as error:
        raise BadInput([Problem(cluster or "--checkpoint", 0, "", error.text)]) from None
    return kept


def _where(cluster: str | None, workers: int | None) -> "Where":
    if not cluster:
        from kaname.cluster.here import Here

        return Here(workers or 0)
    try:
        from kaname.cluster.dask import Cluster
    except ImportError:
        text = T("Dask がない；pip install 'kaname[cluster]' で入れること（docs/cluster.md）",
                 "Dask is not installed; expected pip install 'kaname[cluster]' (docs/cluster.md)")  # fmt: skip
        raise BadInput([Problem("--cluster", 0, "", text)]) from None
    return Cluster(cluster)
