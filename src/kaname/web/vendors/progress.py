"""How far a passport is: nine short tasks, what is missing in each, the sentence with which its page begins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from kaname.files.problems import Problem
from kaname.law import T, Text
from kaname.regimes.infrastructure.filing.finding import Finding
from kaname.vendors.api import Ask, Made
from kaname.web.parts import dates
from kaname.web.parts.items import Task as Line
from kaname.web.vendors.tasks import FORMS, Task, task_of

_NOT_BEGUN, _DONE = T("未着手", "not started"), T("✓ 済み", "✓ done")
_SHARE = T("だれが何を見るか", "Who may see what")
_SIGN = T("確かめて渡す", "Check and hand over")


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` tasks; `answer`: what stands, in a sentence."""

    lines: tuple[Line, ...]
    done: int
    total: int
    answer: tuple[Text, ...]


def open_findings(findings: Sequence[Finding]) -> dict[str, list[Finding]]:
    """What keeps a plan from being filed, by the task that mends it."""
    found: dict[str, list[Finding]] = {}
    for f in findings:
        if f.blocks:
            found.setdefault(task_of(f.item, f.part).id, []).append(f)
    return found


def progress(
    vendor: str, data: Mapping[str, Any], problems: Sequence[Problem], findings: Sequence[Finding],
    asks: Sequence[Ask], versions: Sequence[Made], changed: bool, until: date | None, today: date,
) -> Progress:  # fmt: skip
    """The task list. `changed`: the draft says something that the newest version does not."""
    open_ = open_findings(findings)
    unread = {task.id for task in FORMS.values() for p in problems if p.field.partition("[")[0] in task.names}
    lines = [_form(vendor, task, data, len(open_.get(task.id, ())), task.id in unread) for task in FORMS.values()]
    done = sum(line.word is _DONE for line in lines)
    shared = bool(asks) and all(ask.consent for ask in asks)
    lines.append(_line(_SHARE, _share_href(vendor, asks), shared))
    signed = bool(versions) and not changed
    hint = T("書き直したところは、まだ渡していません。", "What you changed is not handed over yet.")
    lines.append(_line(_SIGN, reverse("passport_sign", args=[vendor]), signed, hint if versions and changed else None))
    left = len(FORMS) - done
    return Progress(
        tuple(lines), done + shared + signed, len(lines), tuple(_answer(left, shared, signed, versions, until, today))
    )


def _share_href(vendor: str, asks: Sequence[Ask]) -> str:
    """To the ask that is not answered yet; else to the newest."""
    ask = next((a for a in asks if not a.consent), asks[0] if asks else None)
    return reverse("passport_share", args=[vendor, ask.invitation]) if ask else reverse("passport", args=[vendor])


def _form(vendor: str, task: Task, data: Mapping[str, Any], open_: int, unread: bool) -> Line:
    href = reverse("passport_task", args=[vendor, task.id])
    begun = any(name in data for name in task.names if name != "name")
    if unread:
        return Line(task.title, href, T("読めない欄があります", "cannot be read"), hint=None)
    if open_:
        many = T(f"あと {open_} か所", f"{open_} missing")
        return Line(task.title, href, many if begun else _NOT_BEGUN)
    return Line(task.title, href, _DONE if begun else _NOT_BEGUN)


def _line(title: Text, href: str, done: bool, hint: Text | None = None) -> Line:
    return Line(title, href, _DONE if done else _NOT_BEGUN, hint=hint)


def _answer(
    left: int, shared: bool, signed: bool, versions: Sequence[Made], until: date | None, today: date
) -> list[Text]:  # fmt: skip
    said = []
    if left:
        said.append(T(f"あと {left} つ書くと、渡すことができます。",
                      f"{left} more {'task' if left == 1 else 'tasks'}, then you can hand it over."))  # fmt: skip
    elif not signed:
        said.append(T("全部書けています。確かめて渡してください。", "All is filled in. Check it and hand it over."))
    elif not shared:
        said.append(T("渡すものはできています。だれに見せるかを決めてください。",
                      "It is ready. Decide who may see it."))  # fmt: skip
    else:
        said.append(T(f"渡しています（第 {versions[0].number} 版）。今、することはありません。",
                      f"Handed over (version {versions[0].number}). There is nothing to do now."))  # fmt: skip
    if until is not None:
        day, rest = dates.screen(until), dates.left(until, today)
        if until >= today:
            said.append(T(f"今の内容は {day.ja} の届出まで使えます（{rest.ja}）。",
                          f"As it is, it serves filings up to {day.en} ({rest.en})."))  # fmt: skip
        else:
            said.append(T(f"{day.ja} を過ぎたので、書類が古くなっています。新しくしてください。",
                          f"Since {day.en} a paper is too old. Renew it."))  # fmt: skip
    return said
