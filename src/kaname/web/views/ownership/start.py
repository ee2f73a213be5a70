"""The way in: drop or paste a source, or type a few holdings; the sources that the office has."""

import csv
import io
from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from kaname.assess.ownership.countries import country
from kaname.assess.ownership.shares import ShareError, parse
from kaname.desk import holdings, sheets
from kaname.files.problems import BadInput
from kaname.law import T, Text
from kaname.web import tables_given
from kaname.web.views import uploads

COLUMNS = ("holder", "company", "share", "holder_country", "holder_kind")
LABELS = {
    "holder": T("保有者", "Holder"), "company": T("会社", "Company"), "share": T("持分（%）", "Share (%)"),
    "holder_country": T("保有者の国", "Holder's country"), "holder_kind": T("保有者の種類", "Kind of holder"),
}  # fmt: skip
KINDS = (("company", T("法人", "company")), ("person", T("個人", "person")), ("state", T("政府・その機関", "state")))
_ROWS, _MOST_ROWS = 3, 200
_EXAMPLE = """holder,company,share,holder_name,holder_country,holder_kind,company_name,company_country
gov,kumo,100,エルボニア政府,CH,state,雲ホールディングス,CH
kumo,umi,60,,,,海部品株式会社,JP
hana,umi,40,架空 花子,JP,person,,
umi,sora,50.1,,,,空システム株式会社,JP
kumo,sora,10,,,,,
tori,sora,5..10,鳥ファンド,SG,company,,
"""


@csrf_exempt  # so that the size of the upload is limited before the token is looked for in the form; see `_start`
def start(request: HttpRequest) -> HttpResponse:
    return _start(request, uploads.limit(request, sheets.MOST))


@csrf_protect
def _start(request: HttpRequest, upload: uploads.Limited) -> HttpResponse:
    if request.method != "POST":
        example = request.GET.get("example") == "1"
        return _form(request, QueryDict(mutable=True) if not example else _example(), {})
    typed, given = request.POST, request.FILES.get("file")
    if upload.too_large:
        return _form(request, typed, {"file": tables_given.too_large(sheets.MOST)})
    field = "file" if given else "table"
    try:
        if given:
            one = holdings.keep(request.user, given.name, given, typed.get("encoding", "")[:20])
        elif (table := typed.get("table", "")).strip():
            one = holdings.keep(request.user, tables_given.name_of(table), tables_given.content(table))
        else:
            field = "holder-0"
            content, errors = _typed(typed)
            if errors:
                return _form(request, typed, errors)
            one = holdings.keep(request.user, "typed.csv", io.BytesIO(content))
    except BadInput as wrong:
        return _form(request, typed, {field: tables_given.told(wrong)})
    return redirect("ownership_source", one.public_id)


def _form(request: HttpRequest, typed: QueryDict, errors: Mapping[str, Text]) -> HttpResponse:
    columns = [typed.getlist(name) for name in COLUMNS]
    count = min(max(_ROWS, *map(len, columns)), _MOST_ROWS)
    rows = [
        [(name, LABELS[name], values[n] if n < len(values) else "", errors.get(f"{name}-{n}"))
         for name, values in zip(COLUMNS, columns, strict=True)]
        for n in range(count)
    ]  # fmt: skip
    known = {"errors": errors, "typed": typed, "rows": rows, "mould": [(n, LABELS[n], "", None) for n in COLUMNS],
             "kinds": KINDS, "mine": holdings.listed(request.user), "most": sheets.MOST,
             "days": holdings.KEPT.days}  # fmt: skip
    return render(request, "web/ownership/start.html", known, status=400 if errors else 200)


def _example() -> QueryDict:
    found = QueryDict(mutable=True)
    found["table"] = _EXAMPLE
    return found


def _typed(typed: QueryDict) -> tuple[bytes, dict[str, Text]]:
    """Typed rows as a table; or what is wrong with them, by field."""
    errors: dict[str, Text] = {}
    columns = [typed.getlist(name)[:_MOST_ROWS] for name in COLUMNS]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    rows = 0
    for n, cells in enumerate(zip(*columns, strict=False)):
        row = dict(zip(COLUMNS, (cell.strip() for cell in cells), strict=True))
        if not any(row[name] for name in COLUMNS if name != "holder_kind"):
            continue
        rows += 1
        errors |= _wrong(n, row)
        writer.writerow([row[name] for name in COLUMNS])
    if not rows:
        errors["file"] = T("ファイルを選ぶか、表を貼り付けるか、保有を1行以上入力してください。",
                           "Choose a file, paste a table, or enter one holding or more.")  # fmt: skip
    return out.getvalue().encode(), errors


def _wrong(n: int, row: Mapping[str, str]) -> dict[str, Text]:
    errors = {}
    for name in ("holder", "company"):
        if not row[name]:
            label = LABELS[name]
            errors[f"{name}-{n}"] = T(f"{n + 1}行目：{label.ja}を入力してください。",
                                      f"Row {n + 1}: enter the {label.en.lower()}.")  # fmt: skip
    try:
        parse(row["share"])
    except ShareError as wrong:
        errors[f"share-{n}"] = T(
            f"{n + 1}行目：持分が使えません（{wrong.text.ja}）。12.5、25..50、空欄（不明）のように入力してください。",
            f"Row {n + 1}: {wrong.text.en}. Enter a share such as 12.5, 25..50, or nothing.",
        )
    if row["holder_country"] and country(row["holder_country"]) is None:
        errors[f"holder_country-{n}"] = T(
            f"{n + 1}行目：国は JP、US のような2字の符号で入力してください。",
            f"Row {n + 1}: enter a country of two letters such as JP.",
        )
    return errors
