"""What if: acts judged one upon the other as `perform` would judge them, and nothing written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kaname.ledger import clock, reading, store
from kaname.ledger.judging import Asked, as_it_happened, decided, wrong_form
from kaname.procedure import Accepted, Entry, Refused, Standing
from kaname.procedure.fold import reaches_back

_KEY = "what-if:nothing-is-written"


@dataclass(frozen=True, slots=True)
class Tried:
    """One act to try. `context`: public ids of other cases it reads; `happened`: a deed done against a ban."""

    entry: Entry
    context: Mapping[str, str] = field(default_factory=dict)
    happened: bool = False


def rehearse(case: str, acts: Sequence[Tried]) -> list[Accepted | Refused]:
    """The kernel's answer to each act, the accepted ones before it counted as done. Raises UnknownCase."""
    head = reading.head(case)
    return rehearsed(store.standing(head), acts, lambda: store.entries(head.pk))


def rehearse_opening(kind_id: str, act: Tried) -> Accepted | Refused:
    """The answer to the act that would open a case. Raises LookupError for an unknown kind."""
    return rehearsed(store.at_last(kind_id, ()), [act], list)[0]


def rehearsed(
    now: Standing, acts: Sequence[Tried], ledger: Callable[[], list[Entry]]
) -> list[Accepted | Refused]:  # fmt: skip
    """The answer to each act upon a standing. `ledger`: its entries, asked for where an act reaches back."""
    answers: list[Accepted | Refused] = []
    done: list[Entry] = []
    for tried in acts:
        entry = replace(tried.entry, seq=now.seq + 1, recorded_at=clock.now())
        if wrong := wrong_form(Asked(entry, _KEY)):
            answers.append(wrong)
            continue
        known = [*ledger(), *done] if reaches_back(now, entry) else []
        others, _ = reading.context(tried.context, entry.on)
        answer = decided(now, entry, others, known)
        if isinstance(answer, Refused) and tried.happened:
            answer = as_it_happened(now, entry, known, answer)
        answers.append(answer)
        if isinstance(answer, Accepted):
            now = answer.standing
            done.append(replace(answer.entry, seq=entry.seq))
    return answers
