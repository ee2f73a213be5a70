"""The kernel's own acts upon the ledger: correct, annul, deliver, issue. Their forms, and what is wrong with one.

correct {entry, on?, run?, by?, party?, data?, reason?}   changes an earlier entry; null in data takes a value out
annul   {entry, reason?}                                  takes it away as if never entered (取消し)
deliver {entry, received_on}                              adds its day of receipt
issue   {entry, issued_paper, issued_number, ...}         a paper of it went out (書面の発出); moves nothing
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kaname.law import T
from kaname.procedure.declare import Field, FieldType
from kaname.procedure.forms import read_form, unknown_fields
from kaname.procedure.standing import Entry, Reason

CORRECT, ANNUL, DELIVER, ISSUE = "correct", "annul", "deliver", "issue"
KERNEL_ACTS = (CORRECT, ANNUL, DELIVER, ISSUE)

_ENTRY = Field("entry", T("先の記録の番号", "number of the earlier entry"), FieldType.INTEGER, required=True)
_REASON = Field("reason", T("理由", "reason"), FieldType.TEXT)
_RECEIVED = Field("received_on", T("到達日", "day of receipt"), FieldType.DAY, required=True)
_DATA = Field("data", T("改める項目", "fields as corrected"), FieldType.TEXT)
# Names that no field of a declaration has: what is sealed is told by name, and what a paper is called stays open.
_PAPER = (
    Field("issued_paper", T("発した書面", "paper that was issued"), FieldType.DOCUMENT, required=True),
    Field("issued_number", T("文書番号", "number of the paper"), FieldType.TEXT, required=True),
    Field("issued_template", T("書式の版", "version of the template"), FieldType.TEXT, required=True),
    Field("issued_instead", T("代わられた発出の記録", "entry of the issue that it replaces"), FieldType.INTEGER),
)
_CHANGES = (
    Field("on", T("行為の日", "day of the act"), FieldType.DAY),
    Field("run", T("run の名", "name of the run"), FieldType.TEXT),
    Field("by", T("役割", "role"), FieldType.TEXT),
    Field("party", T("当事者", "party"), FieldType.PARTY),
)
FORMS: Mapping[str, Mapping[str, Field]] = {
    CORRECT: {f.id: f for f in (_ENTRY, *_CHANGES, _DATA, _REASON)},
    ANNUL: {f.id: f for f in (_ENTRY, _REASON)},
    DELIVER: {f.id: f for f in (_ENTRY, _RECEIVED)},
    ISSUE: {f.id: f for f in (_ENTRY, *_PAPER)},
}


def read(entry: Entry) -> tuple[Mapping[str, Any], tuple[Reason, ...]]:
    """The typed form of a kernel act and every fault in it, but for the entry it names."""
    fields = FORMS[entry.act]
    form = dict(entry.data)
    patch = form.pop("data", None)
    values, reasons = read_form(fields, form)
    reasons = (*unknown_fields(fields, entry.data), *reasons, *_missing(fields, form))
    if patch is not None and not isinstance(patch, Mapping):
        text = T("「data」は項目の組で書く", "data: expected an object of fields")
        reasons = (*reasons, Reason(text, field="data", code="field"))
    return {**values, "data": patch or {}}, reasons


def _missing(fields: Mapping[str, Field], form: Mapping[str, Any]) -> tuple[Reason, ...]:
    return tuple(
        Reason(
            T(f"「{f.label.ja}」（{f.id}）が未記入", f"{f.id} ({f.label.en}) is not filled in"),
            field=f.id,
            code="needs",
        )
        for f in fields.values()
        if f.required is True and form.get(f.id) is None
    )


def patched(target: Entry, by: Entry, values: Mapping[str, Any]) -> Entry:
    """An entry as corrected, or with its day of receipt."""
    if by.act == DELIVER:
        return replace(target, data={**target.data, "received_on": values["received_on"]})
    changes = {k: values[k] for k in ("on", "run", "by", "party") if k in values}
    data = {**target.data, **values["data"]}
    return replace(target, data={k: v for k, v in data.items() if v is not None}, **changes)


def names_nothing(entry: Entry) -> Reason:
    """The entry that a kernel act names is not there, or not earlier."""
    number = entry.data.get("entry")
    text = T(
        f"「{entry.act}」が指す記録 {number} がない。先の記録の番号を entry に書くこと",
        f"{entry.act}: there is no earlier entry {number}; expected the number of an earlier entry in data.entry",
    )
    return Reason(text, field="entry", code="field")
