"""A standing as a page of text: the answer first, then states, clocks, duties, bans, acts, notes, warnings."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from kaname.cli import show
from kaname.cli.kinds import roles
from kaname.law import Lang, T, Text
from kaname.procedure.ahead import BanKey
from kaname.procedure.declare import CaseKind

Data = Mapping[str, Any]

_CLOCK = {
    "pending": T("起算日待ち", "waiting to start"), "running": T("進行中", "running"), "met": T("履行", "met"),
    "ended": T("経過", "ended"), "stopped": T("停止", "stopped"),
}  # fmt: skip
_DUTY = {
    "open": T("未了", "open"),
    "done": T("済", "done"),
    "overdue": T("期限経過", "overdue"),
    "void": T("消滅", "void"),
}
_NOTE = {"breach": T("違反", "breach"), "irregular": T("効果なし", "no effect"), "doubtful": T("疑義", "doubtful")}
_FORCE = {"in_principle": T("原則", "in principle"), "target": T("目標", "target")}
_LATE = T("（期限後）", ", late")
_UNVERIFIED = T(
    "未確認（{since} から）：{text}（論点{question}）。", "Unverified since {since}: {text} (question {question})."
)


def standing_text(data: Data, kind: CaseKind, lang: Lang, ends: Mapping[BanKey, date], later: int = 0) -> list[str]:
    """The page. `data` is what `as_data` gives in the same language, `ends` the days on which bans end by themselves;
    `later` counts entries after its day.
    """
    who = {id: role.label for id, role in roles(kind).items()}
    head = T(f"{kind.label.ja}（{kind.id}）{data['as_of']} の終わり、{data['version']} からの規定",
             f"{kind.label.en} ({kind.id}) at the end of {data['as_of']}, rules of {data['version']}")  # fmt: skip
    left_out = T(
        f"この日より後の記録 {later} 件は含まない", f"{later} later {'entry' if later == 1 else 'entries'} not counted"
    )
    return [
        head[lang],
        *unverified_text(data["unverified"], lang),
        *(f"  {line}" for line in answer(data, lang, ends)),
        *([f"  {left_out[lang]}"] if later else []),
        *show.section(T("状態", "States"), show.columns(_states(data, kind, lang)), lang),
        *show.section(T("期間", "Clocks"), show.columns([_clock(c, lang) for c in data["clocks"]]), lang),
        *show.section(T("義務", "Duties"), show.columns([_duty(d, who, lang) for d in data["duties"]]), lang),
        *show.section(
            T("禁止", "Bans"), show.columns([_ban(b, who, ends.get(_key(b)), lang) for b in data["bans"]]), lang
        ),
        *show.section(T("できる行為", "Acts that may be done"), show.columns(_acts(data, who, lang)), lang),
        *show.section(T("記録についての注意", "Notes on entries"), _notes(data, lang), lang),
        *show.section(T("警告", "Warnings"), [f"  {show.reason_line(w, lang)}" for w in data["warnings"]], lang),
    ]


def unverified_text(found: Sequence[Data], lang: Lang) -> list[str]:
    return [f"  {_UNVERIFIED.fill(**u)[lang]}" for u in found]


def answer(data: Data, lang: Lang, ends: Mapping[BanKey, date]) -> list[str]:
    """The short answer: what is forbidden until when, what is overdue, what is due next."""
    lines = [_stands(ban, ends.get(_key(ban)))[lang] for ban in data["bans"]] or [
        T("今ある禁止はない。", "No ban is in force.")[lang]
    ]
    overdue = [d for d in data["duties"] if d["status"] == "overdue"]
    lines += [
        T(f"期限を過ぎた義務：{d['label']}（{d['due']} まで）。", f"Overdue: {d['label']} (by {d['due']}).")[lang]
        for d in overdue
    ]
    due = next_duties(data)
    lines += [_due(due[0], data["as_of"])[lang]] if due else []
    coming = [c for c in next_dates(data) if not due or c["last_day"] != due[0]["due"]]
    lines += [_next(coming[0], data["as_of"])[lang]] if coming else [T("次の期日はない。", "No date is ahead.")[lang]]
    if data["notes"]:
        count = len(data["notes"])
        lines.append(
            T(
                f"注意のある記録が {count} 件ある（下記）。",
                f"{count} {'entry has a note' if count == 1 else 'entries have notes'} (below).",
            )[lang]
        )
    return lines


def next_dates(data: Data) -> list[Data]:
    """Running clocks whose last day is still ahead, the nearest first."""
    running = [
        c for c in data["clocks"] if c["status"] == "running" and c["last_day"] and c["last_day"] >= data["as_of"]
    ]
    return sorted(running, key=lambda c: str(c["last_day"]))


def next_duties(data: Data) -> list[Data]:
    """Open duties with a last day, the nearest first."""
    return sorted((d for d in data["duties"] if d["status"] == "open" and d["due"]), key=lambda d: str(d["due"]))


def _stands(ban: Data, free: date | None) -> Text:
    name = T(f"禁止「{ban['label']}」", f"Ban '{ban['label']}'")
    name = T(f"{name.ja}（{ban['run']}）", f"{name.en} ({ban['run']})") if ban["run"] else name
    if free:
        last = free - timedelta(1)
        return T(f"{name.ja}：{last} まで。ほかに何もなければ {free} から自由。",
                 f"{name.en}: until {last}; free from {free} if nothing else happens.")  # fmt: skip
    if ban["until"]:
        return T(f"{name.ja}：少なくとも {ban['until']} まで。", f"{name.en}: at least until {ban['until']}.")
    return T(f"{name.ja}：終わる日は定まっていない。", f"{name.en}: no end is set.")


def _due(duty: Data, as_of: str) -> Text:
    who = T(f"（{duty['party']}）", f" ({duty['party']})") if duty["party"] else T("", "")
    ahead = _ahead(duty["due"], as_of)
    return T(f"次の期限：{duty['due']}（{ahead.ja}）{duty['label']}{who.ja}。",
             f"Due next: {duty['due']} ({ahead.en}), {duty['label']}{who.en}.")  # fmt: skip


def _next(clock: Data, as_of: str) -> Text:
    label, ahead = f"{clock['label']} {clock['run']}".strip(), _ahead(clock["last_day"], as_of)
    return T(
        f"次の期日：{clock['last_day']}（{ahead.ja}）{label}。",
        f"Next date: {clock['last_day']} ({ahead.en}), {label}.",
    )


def _ahead(day: str, as_of: str) -> Text:
    days = (date.fromisoformat(day) - date.fromisoformat(as_of)).days
    return T(f"あと {days} 日", f"{days} {'day' if days == 1 else 'days'} ahead") if days else T("当日", "today")


# -- the parts ------------------------------------------------------------------------------------------------------


def _states(data: Data, kind: CaseKind, lang: Lang) -> list[list[str]]:
    labels = {p.id: p.label for p in kind.procedures}
    rows = []
    for key, track in data["tracks"].items():
        procedure, _, run = key.partition("/")
        since = T(f"{track['since']} から", f"since {track['since']}")[lang] if track["since"] else ""
        rows.append([labels[procedure][lang] + (f" {run}" if run else ""), track["label"], since])
    return rows


def _clock(c: Data, lang: Lang) -> list[str]:
    label = f"{c['label']} {c['run']}".strip()
    status = _CLOCK[c["status"]][lang]
    if c["met_on"]:
        status = T(f"{c['met_on']} に履行", f"met on {c['met_on']}")[lang] + (_LATE[lang] if c["late"] else "")
    if c["last_day"]:
        last = T(
            f"{c['first_counted_day'] or c['start']} から {c['last_day']} まで",
            f"{c['first_counted_day'] or c['start']} to {c['last_day']}",
        )
    elif c["force"] == "without_delay":
        last = T(f"{c['start']} から遅滞なく", f"from {c['start']}, without delay")
    else:
        last = T("末日は未定", "no last day yet")
    force = f" ({_FORCE[c['force']][lang]})" if c["force"] in _FORCE else ""
    readings = "".join(f"; {r['label']}: {r['last_day']}" for r in c["readings"] if r["last_day"] != c["last_day"])
    return [label, last[lang] + readings, status + force, _cited(c, lang)]


def _duty(d: Data, labels: Mapping[str, Text], lang: Lang) -> list[str]:
    due = T(f"{d['due']} まで", f"by {d['due']}")[lang] if d["due"] else ""
    who = d["party"] or (labels[d["by"]][lang])
    effort = T("（努力義務）", " (effort)")[lang] if d["effort"] else ""
    return [
        d["label"] + effort,
        who,
        due,
        _DUTY[d["status"]][lang] + (_LATE[lang] if d["late"] else ""),
        _cited(d, lang),
        d["penalty"],
    ]


def _ban(b: Data, labels: Mapping[str, Text], free: date | None, lang: Lang) -> list[str]:
    least = (
        T(f"少なくとも {b['until']} まで", f"at least until {b['until']}")
        if b["until"]
        else T("終期未定", "no end set")
    )
    until = T(f"{free - timedelta(1)} まで", f"until {free - timedelta(1)}") if free else least
    who = labels[b["binds"]][lang]
    return [f"{b['label']} {b['run']}".strip(), who, until[lang], _cited(b, lang), b["penalty"]]


def _acts(data: Data, labels: Mapping[str, Text], lang: Lang) -> list[list[str]]:
    """Acts that nothing forbids; what the form still needs is counted."""
    rows = []
    for act in data["may"]:
        if act["why"]:
            continue
        needs = len(act["needs"])
        form = T(f"記入 {needs} 項目", f"needs {needs} {'field' if needs == 1 else 'fields'}")[lang] if needs else ""
        who = T("・", " or ")[lang].join(labels[r][lang] for r in act["by"])
        rows.append([f"{act['act']} {act['run']}".strip(), act["label"], who, form])
    return rows


def _notes(data: Data, lang: Lang) -> list[str]:
    lines = []
    for n in data["notes"]:
        why = "; ".join(show.reason_line(r, lang) for r in n["reasons"])
        lines.append(T(f"  記録{n['entry']} {n['act']}（{n['on']}）{_NOTE[n['kind']].ja}：{why}",
                       f"  entry {n['entry']} {n['act']} ({n['on']}), {_NOTE[n['kind']].en}: {why}")[lang])  # fmt: skip
    return lines


def _key(ban: Data) -> BanKey:
    return ban["procedure"], ban["run"], ban["id"]


def _cited(element: Data, lang: Lang) -> str:
    """The provisions, and the mark of what is not settled with the number of its note in docs/law/."""
    mark = show.open_question(element["unverified"], lang)
    return (f"[{'; '.join(element['basis'])}]" if element["basis"] else "") + mark
