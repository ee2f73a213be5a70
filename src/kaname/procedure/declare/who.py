"""Who acts (主体), and what follows when nobody is punished."""

from dataclasses import dataclass

from kaname.law import Text


@dataclass(frozen=True)
class Role:
    """Who, in law. `own_run`: only the party named by the run (the sharing operator whose run it is)."""

    id: str
    label: Text
    own_run: bool = False


@dataclass(frozen=True)
class NoPenalty:
    """A ban or duty without penalty, and why: what the law does instead."""

    why: Text
