"""A described kind as a page of text: procedure by procedure, with the provisions."""

from collections.abc import Iterable, Mapping
from typing import Any

from kaname.cli import show
from kaname.law import Lang, T, Text

Data = Mapping[str, Any]
_FIRST = {"counted": T("初日算入", "first day counted"), "excluded": T("初日不算入", "first day not counted")}
_MOVES = {
    "none": T("休日でも動かない", "stays on closed days"),
    "agency": T("行政機関の休日なら次の開庁日へ", "moves on to the next open day of agencies"),
    "patent": T("行政機関の休日なら次の開庁日へ（特許法）", "moves on to the next open day (Patent Act)"),
    "court": T("裁判所の休日なら次の開庁日へ", "moves on to the next court day"),
    "civil": T("取引をしない慣習のある休日なら翌日へ", "moves on over holidays without business"),
    "contract": T("契約による", "as the contract says"),
}
_WITHOUT_DELAY = T("遅滞なく", "without delay")
_FORCE = {"in_principle": T("原則", "in principle"), "target": T("目標", "target")}
_SAME, _START = T("状態はそのまま", "state kept"), T("開始", "start")


def describe_text(data: Data, lang: Lang) -> list[str]:
    """The page of what `describe` gives."""
    head = T(f"{data['label']['ja']}（{data['id']}）{data['as_of']} の規定（{data['version']} から）",
             f"{data['label']['en']} ({data['id']}), the law of {data['as_of']} (since {data['version']})")  # fmt: skip
    notes = [[f"  {number}", note[lang]] for number, note in data["notes"].items()]
    return [
        head[lang],
        *(line for p in data["procedures"] for line in _procedure(p, lang)),
        *show.section(T("未確認の論点", "Open questions"), show.columns(notes), lang),
    ]


def _procedure(p: Data, lang: Lang) -> Iterable[str]:
    per = T(f"（{'・'.join(p['per'])} ごと）", f" (one run per {', '.join(p['per'])})")[lang] if p["per"] else ""
    labels = {s["id"]: s["label"][lang] for s in p["states"]}
    yield ""
    yield show.with_basis(f"■ {p['label'][lang]}{per}  {p['id']}", _cited(p, lang))
    states = T("状態：", "states: ")[lang] + T("、", ", ")[lang].join(labels.values())
    yield f"  {states}"
    parts = (
        (T("行為", "acts"), [_act(a, labels, lang) for a in p["acts"]]),
        (T("法律効果", "what the law does"), [_consequence(c, labels, lang) for c in p["consequences"]]),
        (T("期間", "clocks"), [_clock(c, lang) for c in p["clocks"]]),
        (T("義務", "duties"), [_bound(d, d["by"], lang) for d in p["duties"]]),
        (T("禁止", "bans"), [_bound(b, b["binds"], lang) for b in p["bans"]]),
    )
    for title, rows in parts:
        if rows:
            yield f"  {title[lang]}"
            yield from show.columns(rows, "    ")


def _act(a: Data, labels: Mapping[str, str], lang: Lang) -> list[str]:
    who = T("・", " or ")[lang].join(r["label"][lang] for r in a["by"])
    return [a["name"], a["label"][lang], who, _moves(a, labels, lang), _mark(a, lang)]


def _consequence(c: Data, labels: Mapping[str, str], lang: Lang) -> list[str]:
    upon = T("、", ", ")[lang].join(f"{_EVENT[t['event']][lang]} {t['name']}" for t in c["upon"])
    return [upon, c["label"][lang], _moves(c, labels, lang), _mark(c, lang)]


_EVENT = {
    "done": T("行為", "act"), "receipt": T("到達", "receipt"), "end": T("期間満了", "end"),
    "enters": T("状態", "state"),
    "opens": T("開始", "opens"),
}  # fmt: skip


def _moves(element: Data, labels: Mapping[str, str], lang: Lang) -> str:
    """Where it leads: the target states, each with the states it may come from."""
    found: dict[str, list[str]] = {}
    for move in element["moves"]:
        found.setdefault("" if move["from"] == move["to"] else move["to"], []).append(move["from"])
    comma, parts = T("、", ", ")[lang], []
    for to, sources in found.items():
        origin = comma.join(labels[s] if s else _START[lang] for s in sources)
        parts.append(
            f"{origin} → {labels[to]}"
            if to
            else f"{origin}（{_SAME.ja}）"
            if lang == "ja"
            else f"{origin} ({_SAME.en})"
        )
    return "; ".join(parts)


def _clock(c: Data, lang: Lang) -> list[str]:
    counts = [_count(n, lang) for n in c["counts"]] or [_WITHOUT_DELAY[lang]]
    later = T("（遅い方）", " (the later)")[lang] if len(counts) > 1 else ""
    moves = _MOVES[c["moves"]][lang] if c["counts"] else ""
    force = _FORCE[c["force"]][lang] if c["force"] in _FORCE else ""
    return [c["id"], c["label"][lang], T("、", ", ")[lang].join(counts) + later, moves, force, _mark(c, lang)]


def _count(count: Data, lang: Lang) -> str:
    start, length = count["from"]["label"], count["length"]
    if length is None:
        return str(start[lang])
    first = _FIRST[count["first_day"]]
    return T(f"{start['ja']}から{length['ja']}（{first.ja}）", f"{length['en']} from {start['en']} ({first.en})")[lang]


def _bound(element: Data, who: Data, lang: Lang) -> list[str]:
    none: Data | None = element["no_penalty"]
    without = Text(f"罰則なし：{none['ja']}", f"no penalty: {none['en']}") if none else T("罰則あり", "penalty")
    said = without[lang] if none else f"{without[lang]} {element['penalty']}"
    return [element["id"], element["label"][lang], who["label"][lang], said, _mark(element, lang)]


def _cited(element: Data, lang: Lang) -> str:
    return T("、", ", ")[lang].join(b[lang] for b in element["basis"])


def _mark(element: Data, lang: Lang) -> str:
    """The provisions in brackets, and the number of the open question where the rule is unverified."""
    mark = show.open_question(element["unverified"], lang)
    return (f"[{_cited(element, lang)}]" if element["basis"] else "") + mark
