"""What a screening says: one sentence a finding, in both languages, naming item, symbol and version."""

from collections.abc import Sequence
from datetime import date
from functools import cache

from kaname.assess.ipc import Relation, Symbol, Term
from kaname.law import T, Text
from kaname.law.laws import ESPA, ORDER
from kaname.regimes.patents.items import BELOW, Item, Limit, Part

_UNSURE_FIELD = T("、分野は未確認・論点1", ", field unverified: note 1")
_EXACT = T("（文字どおりの読み方は未確認・論点2）。", " (exact reading unverified: note 2).")
_REQUIREMENT, _OVERLAP = ORDER("12(3)")[0], ORDER("12(2)")[0]
_SUPPL_2, _VERSION = ESPA("suppl. 2")[0], ESPA("66(11)")[0]

_ABOVE = {
    below.symbol: tuple(place for place, unlisted in BELOW.items() if below in unlisted)
    for symbols in BELOW.values()
    for below in symbols
}

FREE = T("該当。付加要件は問わない。", "met; no additional requirement.")
REQUIREMENT_MET = T(
    f"該当。付加要件（{_REQUIREMENT.ja}）を満たす。", f"met; an additional requirement ({_REQUIREMENT.en}) is met."
)
REQUIREMENT_OPEN = T(
    f"該当。付加要件（{_REQUIREMENT.ja}各号）のいずれかを満たすときに限る。不明。",
    f"met, but only counts if one of the additional requirements ({_REQUIREMENT.en}) is met: not known.",
)
REQUIREMENT_UNMET = T(
    f"該当するが、付加要件（{_REQUIREMENT.ja}各号）をいずれも満たさず、対象外。",
    f"met, but none of the additional requirements ({_REQUIREMENT.en}) is: outside.",
)
OVERLAP = T(
    f"該当。付加要件のない号にも該当する部分には付加要件を問わない（{_OVERLAP.ja}）。",
    f"met; no additional requirement for what an item without it also takes ({_OVERLAP.en}).",
)
BEFORE = T(
    f"令和6年5月1日より前の出願には適用されない（{_SUPPL_2.ja}）。",
    f"Filed before 2024-05-01: the regime does not apply ({_SUPPL_2.en}).",
)

# Said behind the reasons of a row that was judged as of a day other than its own.
BEFORE_AS_OF = T(
    f"求めにより{{day}}現在で判定した。法律上は令和6年5月1日より前の出願で、適用されない（{_SUPPL_2.ja}）。",
    "Judged as of {day} on request; in law the filing lies before the regime "
    f"(filed before 2024-05-01, {_SUPPL_2.en}).",
)
NO_DAY_AS_OF = T(
    "出願日が読めない。求めにより{day}現在で判定した。",
    "The filing date cannot be read; judged as of {day} on request.",
)


def version_as_of(own: date) -> Text:
    return T(
        f"求めにより{{day}}現在で判定した。法律上この出願に適用されるのは{own}版である（{_VERSION.ja}）。",
        f"Judged as of {{day}} on request; in law version {own} applies to this filing ({_VERSION.en}).",
    )


def sentences(texts: Sequence[Text]) -> Text:
    """Run together: Japanese needs no space between sentences."""
    return T("".join([t.ja for t in texts]), " ".join([t.en for t in texts]))


def both(*texts: Text) -> Text:
    return T("".join(t.ja for t in texts), "".join(t.en for t in texts))


def heading(item: Item, part: Part, version: date) -> Text:
    return _heading(item.number, part.field, item.field_confidence == "high", version)


@cache  # one an item and version, said many times
def _heading(item: int, field: int, sure: bool, version: date) -> Text:
    unsure = T("", "") if sure else _UNSURE_FIELD
    return T(
        f"令12条1項{item}号（分野{field}{unsure.ja}、{version}版）：",
        f"Order Art. 12(1) item {item} (field {field}{unsure.en}, version {version}): ",
    )


def met(symbols: tuple[Symbol, ...], result: Text) -> Text:
    texts = list(map(str, symbols))
    return T(f"{'、'.join(texts)}が{result.ja}", f"{', '.join(texts)}: {result.en}")


def words_unknown(symbols: tuple[Symbol, ...], limit: Limit) -> Text:
    return T(
        f"{_ja(symbols)}が該当。ただし{limit.subject.ja}に関するものに限る。本文がなく、確認が要る。",
        f"{_en(symbols)}: met, but only as far as it concerns {limit.subject.en}; no text to tell from, so ask.",
    )


def words_absent(symbols: tuple[Symbol, ...], limit: Limit) -> Text:
    return T(
        f"{_ja(symbols)}が該当するが、要約等に{limit.subject.ja}の語がない。明細書を確認すること。",
        f"{_en(symbols)}: met, but no words for {limit.subject.en} in the text given; read the description.",
    )


def near(term: Term, relation: Relation, symbols: tuple[Symbol, ...]) -> Text:
    """How symbols stand to a term that they just miss: the closest relation of all."""
    texts = list(map(str, symbols))
    ja, en, there = "、".join(texts), ", ".join(texts), _extent(term)
    if relation is Relation.RENAMED:
        return T(
            f"{ja}は別の版のIPCの記号で、この版では{there}に当たる（論点12）。",
            f"{en} is a symbol of another IPC edition; in this version {there} stands in its place (note 12).",
        )
    if relation is Relation.UNLISTED:
        return T(
            f"{ja}は記号の一覧にないが、あるとすれば{there}の下に位置する。",
            f"{en} is not in the list of symbols; if it exists it lies under {there}.",
        )
    if relation is Relation.BROADER:
        return T(
            f"{ja}は{there}を含む上位の記号である。詳しい記号を確認すること。",
            f"{en} is a broader symbol that contains {there}; find the full symbol.",
        )
    above = next((place for s in symbols for place in _ABOVE.get(s, ()) if place in term.places), None)
    if above:
        beside = T(f"{ja}は{above}の下位にあるが、号にない", f"{en} lies below {above} but is not named")
    else:
        beside = T(f"{ja}は{there}の隣にあるが、号にない", f"{en} is next to {there} but is not named")
    return both(beside, _EXACT)


def malformed(text: str, version: date) -> Text:
    return T(
        f"「{text}」はIPCの記号として読めず、どの号も判定できない（{version}版）。B64C 39/02のような形で記す。",
        f"'{text}' cannot be read as an IPC symbol, so no item can be judged on it (version {version}); "
        "expected a form like B64C 39/02.",
    )


def unlisted(symbol: Symbol, edition: str, version: date) -> Text:
    return T(
        f"{symbol}はIPC（{edition}版と知られた追加分）になく、どの号も判定できない（{version}版）。廃止か誤記か確かめること。",
        f"{symbol} is not in the IPC (edition {edition} and the additions known), so no item can be judged on it "
        f"(version {version}); obsolete or mistaken, check it.",
    )


def no_symbol(version: date) -> Text:
    ja = f"IPCの記号がなく、どの号も判定できない（{version}版）。"
    return T(ja, f"No IPC symbol, so no item can be judged (version {version}).")


def _extent(term: Term) -> str:
    """The places of a term, short: all of them, or the first and the last."""
    if len(term.places) < 4:
        return ", ".join(map(str, term.places))
    return f"{term.places[0]} … {term.places[-1]}"


def _ja(symbols: tuple[Symbol, ...]) -> str:
    return "、".join(map(str, symbols))


def _en(symbols: tuple[Symbol, ...]) -> str:
    return ", ".join(map(str, symbols))
