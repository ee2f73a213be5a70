"""Many files a child: who reads changed files in thousands cannot begin a process for each."""

from pathlib import Path

from kaname.files import child
from kaname.files.parquet import _MEMORY

_BATCH, _PARQUET = (Path(__file__).with_name(name) for name in ("batch_child.py", "batch_parquet_child.py"))
FILES = 500  # of one child, within the room and the time that a reader has in production for one file


def told(files):
    """What the readers say of (program, asked, bytes) each. What ends a child is found by halves, and told as it is."""
    if len(files) > FILES:
        return [one for at in range(0, len(files), FILES) for one in told(files[at : at + FILES])]
    asked = {"files": [(program, one, len(content)) for program, one, content in files]}
    alone, more = (_PARQUET, {"memory": _MEMORY}) if files[0][0] == "parquet" else (_BATCH, {})
    found = child.run(alone, b"".join(content for *_, content in files), asked, **more)
    if not found.refused:
        return found.head["said"]
    if len(files) == 1:
        return [found.head]
    half = len(files) // 2
    return [*told(files[:half]), *told(files[half:])]
