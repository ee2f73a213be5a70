"""A chain of stages and providers in sentences: who is lost, what has no second source, what that stops."""

import re
from collections.abc import Iterable

from kaname.assess.network.chips import Chain, Loss, Outcome
from kaname.assess.trade.countries import named
from kaname.law import T, Text
from kaname.web.shocks.told import percent

_LETTERS = re.compile("[A-Z]{3}")
_VARIOUS = T("その他の国", "other countries")
_SHOWN = 5


def country(name: str) -> Text:
    """A country by the letters of a table; what is no such letters stands as it is."""
    if name == "Various":
        return _VARIOUS
    return named(name) if _LETTERS.fullmatch(name) else T(name, name)


def listed(names: Iterable[Text], most: int = _SHOWN) -> Text:
    """Some of them, and how many more there are."""
    every = list(names)
    more = len(every) - most
    ja, en = "、".join(one.ja for one in every[:most]), ", ".join(one.en for one in every[:most])
    return T(ja + (f"ほか{more}" if more > 0 else ""), en + (f" and {more} more" if more > 0 else ""))


def plain(chain: Chain, ids: Iterable[str], most: int = _SHOWN) -> Text:
    return listed((T(name, name) for name in (chain.called(one) for one in ids)), most)


def who(found: Outcome) -> Text:
    return listed(country(one.name) for one in found.lost)


def about(found: Outcome) -> Text:
    one = who(found)
    return T(f"{one.ja}からの供給が失われる", f"supply from {one.en} is lost")


def answer(found: Outcome) -> list[Text]:
    """The answer first."""
    chain, one = found.chain, who(found)
    alone, stopped = found.without_source, [loss for loss in found.losses if loss.stopped_by]
    if alone:
        what = plain(chain, (loss.input for loss in alone), 3)
        first = T(f"{one.ja}が失われると、{len(alone)}の投入に第二の供給源がなくなります（{what.ja}）。",
                  f"Without supply from {one.en}, {_inputs(len(alone))} no second source: {what.en}.")  # fmt: skip
    else:
        first = T(f"{one.ja}が失われても、供給源が全てなくなる投入はありません。",
                  f"Without supply from {one.en}, every input still has some source.")  # fmt: skip
    told = [first]
    if stopped:
        what = plain(chain, (loss.input for loss in stopped), 3)
        told.append(T(f"それを必要とする{len(stopped)}の投入や工程も止まります（{what.ja}）。",
                      f"What needs them stops too: {what.en}."))  # fmt: skip
    shares = [loss for loss in found.losses if loss.high is not None and not loss.alone]
    if shares:
        worst = max(shares, key=lambda loss: loss.high or 0.0)
        told.append(T(f"供給源が残るもののうち、最も失うのは{chain.called(worst.input)}で、供給の{span(worst).ja}です。",
                      f"Of those with a source left, {chain.called(worst.input)} loses most:"
                      f" {span(worst).en} of supply."))  # fmt: skip
    return told


def span(loss: Loss) -> Text:
    """The share lost; between two ends where the tables leave it open."""
    if loss.low is None or loss.high is None:
        return T("割合の記載なし", "no share stated")
    low, high = percent(loss.low), percent(loss.high)
    return T(low, low) if low == high else T(f"{low}から{high}", f"{low} to {high}")


def counted(found: Outcome) -> tuple[int, int]:
    """With no second source; that stop."""
    return len(found.without_source), len(found.stopped)


def relieved(before: Outcome, after: Outcome) -> Text:
    """What measures change, in a sentence."""
    (alone, stopped), (alone_after, stopped_after) = counted(before), counted(after)
    return T(
        f"対策があれば、第二の供給源がないものは{alone}から{alone_after}に、"
        f"止まるものは{stopped}から{stopped_after}になります。",
        f"With the measures, what has no second source goes from {alone} to {alone_after}, what stops from"
        f" {stopped} to {stopped_after}.",
    )


def seen(chain: Chain, loss: Loss | None) -> tuple[Text, Text]:
    """Share lost, and what becomes of it; of none, nothing."""
    if loss is None:
        return T("0 %", "0 %"), T("失わない", "loses nothing")
    return span(loss), state(chain, loss)


def state(chain: Chain, loss: Loss) -> Text:
    if loss.bridged:
        return T("在庫でつなぐ", "bridged by stocks") if not loss.alone else T(
            "第二の供給源なし（在庫でつなぐ）", "no second source (bridged by stocks)")  # fmt: skip
    if loss.alone:
        return T("第二の供給源なし", "no second source")
    if loss.stopped_by:
        by = chain.called(loss.stopped_by)
        return T(f"止まる（{by}がない）", f"stops, for want of {by}")
    return T("供給源が残る", "a source is left")


def way(found: Outcome, one: str) -> Text:
    """From the input whose providers are gone to this one."""
    steps = [found.chain.called(step) for step in found.path(one)]
    return T(" → ".join(steps), " → ".join(steps)) if len(steps) > 1 else T("", "")


def _inputs(count: int) -> str:
    return "1 input has" if count == 1 else f"{count} inputs have"
