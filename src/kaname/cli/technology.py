"""`kaname technology`: the technologies of the R&D visions, and how far each has come."""

from kaname.cli.group import Entry, Group
from kaname.law import T

command = Group(
    "technology",
    (
        Entry("list", "kaname.cli.technology_list", T("ビジョンの技術", "technologies of the visions")),
        Entry("board", "kaname.cli.technology_board", T("構想から協議会まで", "from concept to council")),
        Entry("secrecy", "kaname.cli.technology_secrecy", T("秘密を守る義務を負う人", "who is bound to secrecy")),
    ),
    about=T(
        "特定重要技術のビジョンの技術と、台帳から見た構想、公募、課題、協議会。",
        "The technologies of the R&D visions; concepts, calls, projects and councils as ledgers have them.",
    ),
    examples=("kaname technology list --domain bio", "kaname technology board technology.project=ledger.jsonl"),
)
