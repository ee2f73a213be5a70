"""Counter-measures in a chain of stages and providers: stocks, capacity of those who are left, a second source.

A line each: `stock INPUT DAYS` (those who use it keep it for so many days), `capacity INPUT PROVIDER PART` (that
provider can supply so much more than it does), `source INPUT PART` (so much of it comes from somebody who does not
fail). What is said of a stage counts for each of its inputs too. A name with blanks in it stands in double quotes.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from kaname.assess.network.chips import Chain, Loss, Outcome, Provider, lose
from kaname.assess.network.columns import number as number_of
from kaname.files.problems import BadInput, Problem
from kaname.law import T

MOST_DAYS = 3650
_WORD = re.compile(r'"([^"]*)"|(\S+)')
_KINDS = {"stock": 3, "capacity": 4, "source": 3}  # words of a line
_A_LINE = T("「stock 投入 日数」「capacity 投入 供給者 割合」「source 投入 割合」のいずれか",
            "expected `stock INPUT DAYS`, `capacity INPUT PROVIDER PART` or `source INPUT PART`")  # fmt: skip
_AN_INPUT = T("この連鎖にない投入・工程；表にある名称か番号が要る",
              "no input or stage of this chain; expected a name or id of its tables")  # fmt: skip
_NO_SUPPLIER = T("この投入を供給していない；表にある供給者が要る",
                 "does not provide this input; expected a provider of it")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measure:
    """`amount`: days of a stock, else a part; `provider`: of capacity."""

    kind: str
    input: str
    amount: float
    provider: Provider | None = None


def measures_of(chain: Chain, lines: Sequence[str]) -> tuple[Measure, ...]:
    """Raises BadInput, every line that is wrong at `--measure`."""
    ids = {chain.called(one): one for one in (*chain.stages, *chain.names)}
    found, wrong = [], []
    for number, line in enumerate(lines, 1):
        words = [quoted or bare for quoted, bare in _WORD.findall(line)]
        if not words:
            continue
        kind = words[0].lower()
        if len(words) != _KINDS.get(kind):
            wrong.append(Problem("--measure", number, line[:40], _A_LINE))
            continue
        one, most = ids.get(words[1], words[1]), MOST_DAYS if kind == "stock" else 1.0
        amount = _amount(words[-1], most)
        if one not in chain.names and one not in chain.stages:
            wrong.append(Problem("--measure", number, words[1][:40], _AN_INPUT))
        elif amount is None:
            a_number = T(f"0から{most:g}までの数が要る", f"expected a number from 0 to {most:g}")
            wrong.append(Problem("--measure", number, words[-1][:40], a_number))
        elif kind != "capacity":
            found.append(Measure(kind, one, amount))
        elif provider := _provider_of(chain, one, words[2]):
            found.append(Measure(kind, one, amount, provider))
        else:
            wrong.append(Problem("--measure", number, words[2][:40], _NO_SUPPLIER))
    if wrong:
        raise BadInput(wrong)
    return tuple(found)


def _amount(text: str, most: float) -> float | None:
    found = number_of(text) if text else None
    return found if found is not None and found <= most else None


def _provider_of(chain: Chain, one: str, wanted: str) -> Provider | None:
    given = (p.provider for of in (one, *_inputs_of(chain, one)) for p in chain.provided.get(of, ()))
    return next((p for p in given if wanted.lower() in (p.id.lower(), p.name.lower())), None)


def _inputs_of(chain: Chain, stage: str) -> Iterator[str]:
    return (one for one, of in chain.stage.items() if of == stage)


def lose_with(
    chain: Chain, wanted: Sequence[str], measures: Sequence[Measure], least: float = 0.0, outage: int = 30
) -> Outcome:  # fmt: skip
    """What the chain looks like without some countries and firms, but with the measures. Raises BadInput."""
    return lose(chain, wanted, least, _eased(chain, measures, least, outage))


def _eased(
    chain: Chain, measures: Sequence[Measure], least: float, outage: int
) -> Callable[[str, Loss | None, set[str]], Loss | None]:  # fmt: skip
    of_input: dict[str, list[Measure]] = {}
    for measure in measures:
        for one in (measure.input, *_inputs_of(chain, measure.input)):
            of_input.setdefault(one, []).append(measure)

    def eased(one: str, loss: Loss | None, gone: set[str]) -> Loss | None:
        """A loss with what is done about it; None stays None, but for a stock: it keeps whoever needs this going."""
        mine = of_input.get(one, ())
        days = max((m.amount for m in mine if m.kind == "stock"), default=0.0)
        if loss is None:
            return Loss(one, None, None, (), (), alone=False, bridged=True) if days >= outage else None
        source = min(1.0, sum(m.amount for m in mine if m.kind == "source"))
        more = [_more(chain, one, m, gone) for m in mine if m.kind == "capacity"]
        low, high = loss.low, loss.high
        if low is None and loss.alone:
            low = high = 1.0 if mine else None
        if low is not None and high is not None:
            left = max(0.0, 1 - days / outage)
            low = max(0.0, low - source - sum(most for _, most in more)) * left
            high = max(0.0, high - source - sum(least_ for least_, _ in more)) * left
        return replace(loss, low=low, high=high, alone=loss.alone and source <= least, bridged=days >= outage)

    return eased


def _more(chain: Chain, one: str, measure: Measure, gone: set[str]) -> tuple[float, float]:
    """What of an input a provider can supply on top, least and most: of a firm, up to its country's share."""
    who = measure.provider
    if who is None or who.id in gone:
        return 0.0, 0.0
    given = chain.provided.get(one, ())
    if who.id not in {p.provider.id for p in given}:
        return 0.0, 0.0
    whole = sum(p.share or 0.0 for p in given if p.provider.is_country) or 1.0
    share = sum(p.share or 0.0 for p in given if p.provider.is_country and p.provider.country == who.country) / whole
    firms = [p for p in given if p.provider.country == who.country and not p.provider.is_country and not p.negligible]
    sure = who.is_country or len(firms) == 1
    return (share * measure.amount if sure else 0.0), share * measure.amount


@dataclass(frozen=True, slots=True)
class Compared:
    """An input or stage without and with the measures; None: it loses nothing."""

    input: str
    before: Loss | None
    after: Loss | None


def compared(before: Outcome, after: Outcome) -> list[Compared]:
    """Those that the measures change, in the order of their loss without."""
    one, other = ({loss.input: loss for loss in outcome.losses} for outcome in (before, after))
    return [Compared(name, one.get(name), other.get(name)) for name in dict.fromkeys((*one, *other))
            if one.get(name) != other.get(name)]  # fmt: skip
