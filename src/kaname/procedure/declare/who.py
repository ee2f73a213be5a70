"""Who acts (主体), and what follows when nobody is punished."""

from collections.abc import Collection
from dataclasses import dataclass

from kaname.law import Text


@dataclass(frozen=True)
class Role:
    """Who, in law. `own_run`: of a procedure with a run for each of these (`Procedure.per`) only the party
    that the run is named for (the sharing operator whose run it is).

    `includes`: roles of whom what binds this one holds too ("the designated applicant and those who know").
    `named_by`: the particular that says which party fills it from then on, before that party has done anything (the
    authority that is asked).
    """

    id: str
    label: Text
    own_run: tuple[str, ...] = ()
    includes: "tuple[Role, ...]" = ()
    named_by: str = ""

    def binds(self, roles: Collection[str]) -> bool:
        """Whether what is laid upon this role is laid upon who acts in one of `roles`."""
        return self.id in roles or any(r.binds(roles) for r in self.includes)


@dataclass(frozen=True)
class NoPenalty:
    """A ban or duty without penalty, and why: what the law does instead."""

    why: Text
