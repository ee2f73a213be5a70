"""`kaname assess`: whole tables at once."""

from kaname.cli.group import Entry, Group
from kaname.law import T

command = Group(
    "assess",
    (
        Entry(
            "patents",
            "kaname.cli.assess_patents",
            T("特許出願の一覧を法66条1項で調べる", "screen patent applications under Art. 66(1)"),
            "patents",
        ),
    ),
    about=T("表をまとめて調べる。", "Assess whole tables."),
    examples=("kaname assess patents docket.csv -o screened.csv",),
)
