"""What an act changes: two standings of one day compared, as lines of text."""

from collections.abc import Iterator, Mapping
from typing import Any

from kaname.law import Lang, T
from kaname.procedure.declare import CaseKind

Data = Mapping[str, Any]
_STATUS = {
    "pending": T("起算日待ち", "waits to start"), "running": T("進行", "runs"), "met": T("履行", "met"),
    "ended": T("経過", "ended"), "stopped": T("停止", "stopped"),
}  # fmt: skip
_DUTY = {
    "open": T("生じる", "arises"),
    "done": T("済", "done"), "overdue": T("期限経過", "overdue"), "void": T("消滅", "void"),
}  # fmt: skip


def changes(before: Data, after: Data, kind: CaseKind, lang: Lang) -> list[str]:
    """States entered, clocks started, set, met or stopped, bans and duties begun or over."""
    found = [
        *_states(before, after, kind, lang),
        *_clocks(before, after, lang),
        *_bans(before, after, lang),
        *_duties(before, after, lang),
        *_gone(before, after, lang),
    ]
    return [f"  {line}" for line in found or [T("ほかに変わるものはない", "nothing else changes")[lang]]]


def _states(before: Data, after: Data, kind: CaseKind, lang: Lang) -> Iterator[str]:
    for key, now in after["tracks"].items():
        was = before["tracks"].get(key)
        if was is None or was["state"] != now["state"]:
            procedure, _, run = key.partition("/")
            source = was["label"] if was else "-"
            name = " ".join(p for p in (kind.procedure(procedure).label[lang], run) if p)
            yield T(f"状態  {name}：{source} → {now['label']}", f"state  {name}: {source} -> {now['label']}")[lang]


def _clocks(before: Data, after: Data, lang: Lang) -> Iterator[str]:
    old = {_key(c): c for c in before["clocks"]}
    for clock in after["clocks"]:
        was = old.get(_key(clock))
        if was is None or (was["status"], was["last_day"]) != (clock["status"], clock["last_day"]):
            until = T(f"（{clock['last_day']} まで）", f" (to {clock['last_day']})") if clock["last_day"] else T("", "")
            status, label = _STATUS[clock["status"]], clock["label"]
            yield T(f"期間  {label}：{status.ja}{until.ja}", f"clock  {label}: {status.en}{until.en}")[lang]


def _bans(before: Data, after: Data, lang: Lang) -> Iterator[str]:
    old, new = ({_key(b): b["label"] for b in data["bans"]} for data in (before, after))
    for key in (k for k in new if k not in old):
        yield T(f"禁止  {new[key]}：始まる", f"ban    {new[key]}: begins")[lang]
    for key in (k for k in old if k not in new):
        yield T(f"禁止  {old[key]}：終わる", f"ban    {old[key]}: is over")[lang]


def _duties(before: Data, after: Data, lang: Lang) -> Iterator[str]:
    old = {_key(d): d["status"] for d in before["duties"]}
    for duty in after["duties"]:
        if old.get(_key(duty)) != duty["status"]:
            status = _DUTY[duty["status"]]
            due = (
                T(f"（{duty['due']} まで）", f" (by {duty['due']})")
                if duty["due"] and duty["status"] == "open"
                else T("", "")
            )
            yield T(f"義務  {duty['label']}：{status.ja}{due.ja}", f"duty   {duty['label']}: {status.en}{due.en}")[lang]


def _gone(before: Data, after: Data, lang: Lang) -> Iterator[str]:
    """What a correction or an annulment takes away as if it had never been."""
    for word, group in ((T("期間", "clock"), "clocks"), (T("義務", "duty"), "duties")):
        there = {_key(element) for element in after[group]}
        for element in before[group]:
            if _key(element) not in there:
                yield T(f"{word.ja}  {element['label']}：なくなる", f"{word.en:<5}  {element['label']}: is gone")[lang]


def _key(element: Data) -> tuple[str, str, str, str]:
    return element["procedure"], element["run"], element["id"], element.get("party", "")
