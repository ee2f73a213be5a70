"""A table as a file, and the name that people know it by: what is wrong with it is told under that name."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from kaname.files.problems import BadInput
from kaname.files.streams import WrongEncoding


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a file (`-`: standard input). `called`: its name for people, where the path says nothing to them."""

    path: str
    form: str | None = None
    encoding: str = "utf-8"
    called: str = ""

    @property
    def name(self) -> str:
        return self.called or self.path


@contextmanager
def told_by_name(table: Table) -> Iterator[Table]:
    """Within the block BadInput names the table as people do. WrongEncoding, which may be tried again, passes as it
    is."""
    try:
        yield table
    except WrongEncoding:
        raise
    except BadInput as wrong:
        if not table.called:
            raise
        raise BadInput(replace(p, file=table.called) if p.file == table.path else p for p in wrong.problems) from wrong
