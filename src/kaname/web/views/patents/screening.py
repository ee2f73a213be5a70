"""Screening (Art. 66(1)): paste symbols or drop a docket; what is caught, what is asked, what to open as a case."""

import csv
import io
from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from kaname.access import api as access
from kaname.desk import screenings
from kaname.desk.models import Screening
from kaname.files.problems import BadInput
from kaname.files.streams import WrongEncoding
from kaname.law import T, Text
from kaname.regimes.patents.cells import read_day as read_cell
from kaname.regimes.patents.columns import OUTPUT, REQUIRED, REQUIREMENT_COLUMNS, TEXTS
from kaname.regimes.patents.docket_file import FIELDS
from kaname.regimes.patents.filing_form import REQUIREMENTS as FLAGS
from kaname.regimes.patents.row import FIELD_NAMES
from kaname.regimes.patents.screening import Outcome
from kaname.web.parts.states import STATES
from kaname.web.parts.tables import Chip, Pager
from kaname.web.sheet import as_csv
from kaname.web.templatetags.kaname import lang
from kaname.web.views import uploads
from kaname.web.views.patents.opening import prefill

OUTCOMES = {
    Outcome.IN: ("ban", T("該当", "caught"), T("号に当たります。", "An item is met.")),
    Outcome.IN_IF_REQUIREMENT: ("due_soon", T("付加要件しだい", "if a requirement is met"),
        T("付加要件のどれかを満たすなら当たります。", "Caught if one of the requirements is met.")),
    Outcome.ASK: ("unverified", T("内容しだい", "depends on the content"),
        T("発明が限定の語に関するなら当たります。", "Caught if the invention concerns the limiting words.")),
    Outcome.NEAR: ("pending", T("近い", "near miss"),
        T("隣や上位の記号です。当たるかどうか内容を確かめてください。", "A neighbouring or broader symbol: check.")),
    Outcome.INVALID: ("stopped", T("判定できない", "cannot be judged"),
        T("使えない記号か出願日があります。", "A symbol or the filing day cannot be used.")),
    Outcome.OUT: ("met", T("非該当", "not caught"), T("どの号にも当たりません。", "No item is met.")),
}  # fmt: skip
NAMES = {
    "application_id": T("出願の番号", "application number"), "filing_date": T("出願日", "filing day"),
    "ipc": T("国際特許分類", "IPC symbols"), "title": T("発明の名称", "title"), "abstract": T("要約", "abstract"),
    "claims": T("特許請求の範囲", "claims"), "base_date": T("66条4項の日", "day of Art. 66(4)"),
    "base_date_78": T("78条3項の日", "day of Art. 78(3)"),
    **{f"requirement_{n}": T(f"付加要件{n}", f"requirement {n}") for n in "1234"},
}  # fmt: skip
_PASTED = 1 << 20


# -- the start -------------------------------------------------------------------------------------------------------


@csrf_exempt  # so that the size of the upload is limited before the token is looked for in the form; see `_start`
def start(request: HttpRequest) -> HttpResponse:
    return _start(request, uploads.limit(request, screenings.MOST))


@csrf_protect
def _start(request: HttpRequest, upload: uploads.Limited) -> HttpResponse:
    if request.method != "POST":
        return _form(request, {})
    given = request.FILES.get("file")
    if upload.too_large:
        return _form(request, {"file": _TOO_LARGE})
    try:
        if given:
            one = screenings.begin(request.user, given.name, given, request.POST.get("encoding", "")[:20])
        elif request.POST.get("table", "").strip():
            one = screenings.begin(request.user, _PASTED_NAME, _table(request.POST["table"]))
        else:
            errors = _wrong(request.POST)
            if errors:
                return _form(request, errors)
            one = screenings.begin(request.user, _PASTED_NAME, _single(request.POST))
    except BadInput as wrong:
        return _form(request, {"file" if given else "table": _told(wrong)})
    if not screenings.is_complete(one) or set(one.columns.items()) != {(f, f) for f in one.columns}:
        return redirect("screening_columns", one.public_id)
    screenings.start(one)
    return redirect("screening_result", one.public_id)


_PASTED_NAME = "pasted.csv"
_PASTED_TITLE = T("該当性の確認の結果", "Result of the screening")
_TOO_LARGE = T(
    f"ファイルが大きすぎます。{screenings.MOST >> 20} MBまでにしてください。分けるか、圧縮（.gz）もできます。",
    f"The file is too large. Choose one of at most {screenings.MOST >> 20} MB, or split it; it may be packed (.gz).",
)


def _form(request: HttpRequest, errors: Mapping[str, Text]) -> HttpResponse:
    known = {"errors": errors, "typed": request.POST, "flags": FLAGS, "mine": screenings.listed(request.user),
             "most": screenings.MOST, "today": access.today(), "names": NAMES}  # fmt: skip
    return render(request, "web/patents/screening.html", known, status=400 if errors else 200)


def _wrong(typed: Mapping[str, str]) -> dict[str, Text]:
    errors = {}
    if not typed.get("ipc", "").strip():
        errors["ipc"] = T(
            "国際特許分類を入力するか、ファイルを選んでください。例：B64C 39/02",
            "Enter IPC symbols or choose a file. Example: B64C 39/02",
        )
    if (day := typed.get("filing_date", "").strip()) and read_cell(day) is None:
        errors["filing_date"] = T(
            f"「{day[:40]}」は日付として読めません。20250228、令和7年2月28日のように入力してください。",
            f"{day[:40]!r} cannot be read as a date. Enter one such as 20250228 or 令和7年2月28日.",
        )
    return errors


def _single(typed: Mapping[str, str]) -> io.BytesIO:
    """One application as a table of one row. Without a filing day it is judged as filed today."""
    cells = {name: typed.get(name, "").replace("\r\n", "\n") for name in ("application_id", *TEXTS)}
    cells["ipc"] = ";".join(
        line.strip() for line in typed.get("ipc", "").replace(",", ";").splitlines() if line.strip()
    )
    cells["filing_date"] = (read_cell(typed.get("filing_date", "")) or access.today()).isoformat()
    cells |= {name: typed.get(name, "") for name in REQUIREMENT_COLUMNS}
    text = io.StringIO()
    writer = csv.DictWriter(text, cells)
    writer.writeheader()
    writer.writerow(cells)
    return io.BytesIO(text.getvalue().encode())


def _table(text: str) -> io.BytesIO:
    """A table pasted out of a spreadsheet: columns stand apart by tabs; else it is CSV already."""
    if len(text) > _PASTED:
        raise BadInput([])
    if "\t" not in text.partition("\n")[0]:
        return io.BytesIO(text.encode())
    out = io.StringIO()
    csv.writer(out).writerows(csv.reader(io.StringIO(text.replace("\r\n", "\n")), delimiter="\t"))
    return io.BytesIO(out.getvalue().encode())


def _told(wrong: BadInput) -> Text:
    """What is wrong with a file, in the words of a page: there are no options to name here."""
    if isinstance(wrong, WrongEncoding):
        return T(
            "文字コードを判別できません。表のファイルか確かめ、文字コードを選んで、もう一度送ってください。",
            "The encoding cannot be told. Make sure that it is a table, choose the encoding and send it again.",
        )
    if not wrong.problems:
        return T(
            "貼り付けた表が大きすぎます。ファイルで送ってください。",
            "The pasted table is too large. Send it as a file.",
        )
    first = wrong.problems[0]
    place = T(f"{first.line}行目：", f"line {first.line}: ") if first.line else T("", "")
    return T(f"{place.ja}{first.text.ja}", f"{place.en}{first.text.en}")


# -- columns ---------------------------------------------------------------------------------------------------------


def columns(request: HttpRequest, id: str) -> HttpResponse:
    """Which column is which, where the names do not tell."""
    one = _mine(request, id)
    try:
        names = screenings.columns_of(one)
    except (BadInput, OSError):
        return redirect("screening_result", id)
    if request.method != "POST":
        return _columns_form(request, one, names, one.columns, {})
    chosen = {f: request.POST.get(f, "") for f in FIELDS if request.POST.get(f, "") in names}
    errors = {
        f: T(f"「{NAMES[f].ja}」の列を選んでください。", f"Choose the column of the {NAMES[f].en}.")
        for f in REQUIRED
        if f not in chosen
    }
    if errors:
        return _columns_form(request, one, names, chosen, errors)
    one.columns = chosen
    screenings.start(one)
    return redirect("screening_result", id)


def _columns_form(
    request: HttpRequest, one: Screening, names: list[str], chosen: Mapping[str, str], errors: Mapping[str, Text]
) -> HttpResponse:
    fields = [(f, NAMES[f], f in REQUIRED, chosen.get(f, ""), errors.get(f)) for f in FIELDS]
    known = {"one": one, "columns": names, "fields": fields, "errors": errors}
    return render(request, "web/patents/screening_columns.html", known, status=400 if errors else 200)


# -- the result ------------------------------------------------------------------------------------------------------


def result(request: HttpRequest, id: str) -> HttpResponse:
    one = _mine(request, id)
    if request.method == "POST" and (screenings.is_dead(one) or one.state == "failed"):
        screenings.start(one)
        return redirect("screening_result", id)
    if one.state == "columns":
        return redirect("screening_columns", id)
    if one.state != "done":
        return render(request, "web/patents/screening_waits.html", {
            "one": one, "dead": screenings.is_dead(one), "problems": screenings.problem_texts(one),
        })  # fmt: skip
    outcome = request.GET.get("outcome", "")
    outcome = outcome if outcome in {o.value for o in Outcome} else ""
    text = request.GET.get("page", "1")
    number = min(int(text), 1 + one.rows // screenings.PAGE) if text.isdecimal() and len(text) < 9 and int(text) else 1
    rows, total = screenings.page(one, outcome, number)
    counts = screenings.counts(one)
    chips = [Chip(T("すべて", "all"), "?", one.rows, not outcome)]
    chips += [
        Chip(OUTCOMES[o][1], f"?outcome={o}", counts[o], o == outcome) for o in Outcome if counts[o] or o == outcome
    ]
    query = {"outcome": outcome} if outcome else {}
    return render(request, "web/patents/screening_result.html", {
        "one": one, "title": _PASTED_TITLE if one.name == _PASTED_NAME else T(one.name, one.name),
        "rows": [_shown(r) for r in rows], "chips": chips, "counts": counts, "outcome": outcome,
        "pager": Pager(number, screenings.PAGE, total, query), "answer": _answer(one, counts),
        "back": urlencode({**query, "page": number}), "problems": screenings.problem_texts(one),
        "bad": sum(one.bad.values()), "encoding": one.encoding if one.encoding != "utf-8" else "",
    })  # fmt: skip


def _answer(one: Screening, counts: Mapping[str, int]) -> list[Text]:
    caught, unsure = counts[Outcome.IN], sum(counts[o] for o in (Outcome.IN_IF_REQUIREMENT, Outcome.ASK))
    first = T(f"{one.rows:,}件のうち{caught:,}件が該当します。", f"{caught:,} of {one.rows:,} are caught.")
    if not unsure:
        return [first]
    return [first, T(f"{unsure:,}件は、あと一つの事実で決まります。行の質問に答えてください。",
                     f"{unsure:,} hang on one more fact: answer the question in the row.")]  # fmt: skip


def _shown(row: screenings.Row) -> dict[str, Any]:
    """A row as the page shows it."""
    cells, looked = row.cells, row.looked
    state, word, meaning = OUTCOMES[Outcome(cells["outcome"])]
    fields = [(int(n), FIELD_NAMES[int(n)]) for n in (cells["fields"] or "").split(";") if n]
    questions = looked.questions if looked else ()
    return {
        "number": row.number, "name": cells["application_id"] or T(f"{row.number + 1}行目", f"row {row.number + 1}"),
        "title": cells.get("in.title") or "", "filed": cells.get("in.filing_date") or "", "state": state, "word": word,
        "icon": STATES[state].icon,
        "meaning": meaning, "items": cells["items"], "fields": fields, "symbols": looked.symbols if looked else (),
        "plain_symbols": cells.get("in.ipc") or "", "reasons": cells[f"reasons_{lang()}"],
        "words": [q for q in questions if q.name.startswith("words_")],
        "requirements": [q for q in questions if q.name.startswith("requirement_")],
        "send_by": cells["send_by"], "silent": cells["ban_ends_if_silent"], "latest": cells["ban_ends_latest"],
    }  # fmt: skip


@require_POST
def answer(request: HttpRequest, id: str) -> HttpResponse:
    """One answer to a question of a row, or "none of the four"; back to the row."""
    one = _mine(request, id)
    row, said = request.POST.get("row", ""), request.POST.get("answer", "")
    name, _, value = said.partition(":")
    known = {*REQUIREMENT_COLUMNS, "words_0", "words_1"}
    if not (row.isdecimal() and len(row) < 10 and (name in known or name == "none")) or one.state != "done":
        raise Http404
    answers: dict[str, bool | None] = (
        dict.fromkeys(REQUIREMENT_COLUMNS, False) if name == "none"
        else {name: {"yes": True, "no": False}.get(value)}
    )  # fmt: skip
    if screenings.answer(one, int(row), answers) is None:
        raise Http404
    back = urlencode({k: v for k in ("outcome", "page") if (v := request.POST.get(k, ""))[:30]})
    return redirect(f"{reverse('screening_result', args=[id])}?{back}#row-{row}")


@require_POST
def open_row(request: HttpRequest, id: str) -> HttpResponse:
    """A new case out of a row: its form is filled in, nothing is recorded before the person has sent it."""
    one, row = _mine(request, id), request.POST.get("row", "")
    found = screenings.row(one, int(row)) if row.isdecimal() and len(row) < 10 else None
    if found is None:
        raise Http404
    return prefill(request, found)


def download(request: HttpRequest, id: str) -> HttpResponse:
    one = _mine(request, id)
    if one.state != "done":
        raise Http404
    names = OUTPUT.names
    rows = ([row[name] for name in names] for row in screenings.every(one))
    return as_csv(f"screening-{access.today():%Y%m%d}.csv", names, rows)


@require_POST
def discard(request: HttpRequest, id: str) -> HttpResponse:
    screenings.discard(_mine(request, id))
    return redirect("screening")


def _mine(request: HttpRequest, id: str) -> Screening:
    one = screenings.of(request.user, id)
    if one is None:
        raise Http404
    return one
