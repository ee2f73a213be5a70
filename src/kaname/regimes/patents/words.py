"""Short ways to write what the declarations of this regime ask again and again."""

from kaname.law import Bases, T, Text
from kaname.procedure.asked import PARAGRAPHS
from kaname.procedure.declare import Condition, Field, FieldType
from kaname.procedure.view import View


def finding(id: str, label: Text, lacks: Text, basis: Bases, help: Text | None = None) -> tuple[Field, Condition]:
    """What the officer must find (認定): a flag to record, and the condition that it is so. Never computed."""

    def found(view: View) -> bool | None:
        answer: bool | None = view.given(id)
        return answer

    field = Field(id, label, FieldType.FLAG, basis, finding=True, help=help)
    return field, Condition(id, label, lacks, basis, found)


def text(id: str, label: Text, basis: Bases, *, sealed: bool = False, form: Text | None = None) -> Field:
    """A field of an official form that is filled with text."""
    return Field(id, label, FieldType.TEXT, basis, sealed=sealed, form=form, long=id in PARAGRAPHS)


def flag(id: str, label: Text, basis: Bases, help: Text | None = None, form: Text | None = None) -> Field:
    """A question answered yes or no by the one who files."""
    return Field(id, label, FieldType.FLAG, basis, help=help, form=form)


def form(number: str, of: str) -> Text:
    """The name of an official form: 共同命令様式第1."""
    names = {"joint": T("共同命令様式第", "Joint Order form "), "cao": T("内閣府令様式第", "CAO Ordinance form ")}
    return T(names[of].ja + number, names[of].en + number)
