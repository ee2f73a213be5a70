"""What a programme asks for beyond the law (運用): one demand, as the condition that refuses and the advice that warns.

Which of the two it is, or neither, is data of the programme (`catalogue.programmes`). A demand bears the name of its
test. A case that has not chosen its programme is read under the only one there is.
"""

from collections.abc import Callable
from dataclasses import dataclass

from kaname.law import Bases, T, Text
from kaname.procedure.declare import Condition, Field, FieldType, Keep, Option, keep
from kaname.procedure.view import View
from kaname.regimes.technology.catalogue.programmes import K_PROGRAM, PROGRAMMES, Programme, Weight
from kaname.regimes.technology.laws import PROGRAMME_RULES

Test = Callable[[View], bool | None]


@dataclass(frozen=True)
class Demand:
    """`refuses` asks its question where the programme refuses, `warns` where it warns; elsewhere both are met."""

    refuses: Condition
    warns: Condition


def demand(
    of: Callable[[View], Programme], requires: Text, lacks: Text, basis: Bases, question: int | None = None,
    tells: Callable[[View], Text] | None = None,
) -> Callable[[Test], Demand]:  # fmt: skip
    """Turn a named function over a view into a demand of the case's programme."""

    def made(test: Test) -> Demand:
        def under(weight: Weight) -> Condition:
            def asked(v: View) -> bool | None:
                return test(v) if of(v).weight(test.__name__) is weight else True

            return Condition(test.__name__, requires, lacks, basis, asked, question=question, tells=tells)

        return Demand(under(Weight.REFUSE), under(Weight.WARN))

    return made


def refusing(*demands: Demand) -> tuple[Condition, ...]:
    return tuple(d.refuses for d in demands)


def warning(*demands: Demand) -> tuple[Condition, ...]:
    return tuple(d.warns for d in demands)


# -- the programme of a case -----------------------------------------------------------------------------------------


def only_programme(_: View) -> str | None:
    """The programme, where there is but one."""
    return next(iter(PROGRAMMES)) if len(PROGRAMMES) == 1 else None


PROGRAMME = Field("programme", T("プログラム", "programme"), FieldType.CHOICE, PROGRAMME_RULES, required=True,
    options=tuple(Option(p.id, p.label) for p in PROGRAMMES.values()), proposes=only_programme)
KEPT_PROGRAMME: Keep = keep("programme", lambda v: v.given("programme") or only_programme(v))


def programme_in(fact: str) -> Callable[[View], Programme]:
    """The programme of a case, which a particular of it names."""
    return lambda v: PROGRAMMES.get(v.fact(fact) or "", K_PROGRAM)


def programme_given(v: View) -> Programme:
    """The programme that the form names."""
    return PROGRAMMES.get(v.given("programme") or "", K_PROGRAM)
