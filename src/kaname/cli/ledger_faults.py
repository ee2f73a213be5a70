"""What is wrong in a ledger although its acts have effect: the standing is shown, and these lines with it."""

from collections.abc import Iterator
from datetime import date

from kaname.assess.ipc import parse
from kaname.cli.ledger_file import Ledger, folded
from kaname.files.problems import Problem
from kaname.law import T
from kaname.procedure import Entry
from kaname.procedure.declare import CaseKind, FieldType
from kaname.procedure.forms import read_form
from kaname.procedure.index import index


def before_the_regime(kind: CaseKind, ledger: Ledger, as_of: date) -> list[Problem]:
    """Acts of a time when the law did not know them, and whose conditions therefore say no."""
    if all(entry.on >= kind.in_force for entry in ledger.entries):
        return []
    early = [n for n in folded(kind, ledger, as_of, judge=True).notes if n.kind == "doubtful" and n.on < kind.in_force]
    expected = T(f"{kind.in_force} 以後の日を", f"expected {kind.in_force} or later")
    return [
        Problem(
            ledger.name,
            ledger.lines[n.entry - 1],
            "on",
            T(f"{r.text.ja}；{expected.ja}", f"{r.text.en}; {expected.en}"),
        )
        for n in early
        for r in n.reasons
    ]


def unknown_symbols(kind: CaseKind, ledger: Ledger) -> list[Problem]:
    """IPC symbols that cannot be read or do not exist; nothing was judged on them."""
    return [
        Problem(ledger.name, line, f"data.{name}", _wrong(symbol))
        for entry, line in zip(ledger.entries, ledger.lines, strict=True)
        for name, symbol in _symbols(kind, entry)
        if not _exists(symbol)
    ]


def _symbols(kind: CaseKind, entry: Entry) -> Iterator[tuple[str, str]]:
    of = index(kind).acts.get(entry.act)
    fields = {name: f for name, f in of.fields.items() if f.type is FieldType.IPC} if of else {}
    given = {name: value for name, value in entry.data.items() if name in fields}
    for name, symbols in read_form(fields, given)[0].items():
        yield from ((name, symbol) for symbol in symbols)


def _exists(text: str) -> bool:
    from kaname.regimes.patents.editions import (
        shipped,
    )  # a list of 75,000 symbols, read only if there is one to look up

    symbol = parse(text)
    return symbol is not None and symbol in shipped()


def _wrong(symbol: str) -> T:
    return T(f"「{symbol}」；現行のIPCの記号（例 B64C 39/02）が要る",
             f"{symbol!r}; expected a symbol of the IPC in force, such as B64C 39/02")  # fmt: skip
