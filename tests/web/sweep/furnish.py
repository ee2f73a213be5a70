"""What the demonstration's people have on their desks: results, drafts, tables, each made by the page that makes it."""

from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from kaname.access.models import Person
from web.sweep.walk import client

_EXAMPLES = Path(__file__).parents[3] / "docs/examples"


@dataclass(frozen=True, slots=True)
class _Done:
    """What a person sent from a page. `files`: the fields that carry a file of docs/examples."""

    who: str
    at: str
    form: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)


_DAY = (
    _Done("jpo", "/patents/screening/", {"ipc": "F02K 7/14;B64C 39/02", "title": "空想の噴流機関"}),
    _Done(
        "cao", "/names/lists/", {"label": "見本の一覧", "origin": "見本省", "day": "R8.3.1"}, {"file": "end_users.csv"}
    ),
    _Done("cao", "/names/", files={"file": "vendors.csv"}),
    _Done("cao", "/ownership/", files={"file": "holdings.csv"}),
    _Done("maker", "/supply/applications/"),
    _Done("meti", "/supply/data/", {"kind": "figures"}, {"file": "supply_figures.csv"}),
    _Done("attorney", "/settings/tokens/", {"label": "見本", "scopes": "read", "days": "30"}),
    _Done("attorney", "/settings/webhooks/", {"url": "https://example.jp/hook", "label": "見本"}),
)


def furnish() -> None:
    for one in _DAY:
        person = Person.objects.get(email=f"{one.who}@demo.example")
        files = {name: BytesIO((_EXAMPLES / file).read_bytes()) for name, file in one.files.items()}
        for name, file in files.items():
            file.name = one.files[name]
        answer = client(person).post(one.at, {**one.form, **files})
        assert answer.status_code in (200, 302), (one.at, answer.status_code, answer.content.decode()[:400])
