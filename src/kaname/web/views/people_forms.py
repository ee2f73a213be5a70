"""The forms about people, declared like those of acts, so that the same parts draw and read them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from kaname.access import api as access
from kaname.access.models import Office, Person
from kaname.law import T, Text
from kaname.ledger.kinds import kinds
from kaname.procedure.declare import Field, FieldType, Option
from kaname.web.parts.fields import FieldView, field_view
from kaname.web.read import read_form
from kaname.web.search.facets import REGIMES

Typed = Mapping[str, list[str]]

_ADDRESS = T("hana@example.jp のように", "such as hana@example.jp")
_FULL = T("書類に書くとおりの名称", "in full, as it stands on papers")

_DAYS = (
    Field("from", T("始めの日", "first day"), FieldType.DAY, help=T("空欄なら今日", "empty: today")),
    Field("until", T("終わりの日", "last day"), FieldType.DAY, help=T("空欄なら期限なし", "empty: no end")),
)
_SORTS = tuple(Option(id, T(*str(label).split(" / "))) for id, label in Office.Sort.choices)
OFFICE = (
    Field("sort", T("種類", "kind"), FieldType.CHOICE, required=True, options=_SORTS),
    Field("name_ja", T("名称（日本語）", "name in Japanese"), FieldType.TEXT, required=True, help=_FULL),
    Field("name_en", T("名称（英語）", "name in English"), FieldType.TEXT, required=True, help=_FULL),
)
KEYS = (
    Field("from", T("パスキーを求める始めの日", "passkeys are asked for from"), FieldType.DAY,
          help=T("空欄なら求めない", "empty: they are not asked for")),
    Field("bound", T("端末から外に出ない鍵に限る", "only keys that never leave their device"), FieldType.FLAG,
          required=True, help=T("同期されるパスキーは数えない", "passkeys copied between devices do not count")),
)  # fmt: skip
COMPARTMENT = (
    Field("name", T("名称", "name"), FieldType.TEXT, required=True,
          help=T("構成員だけが見る名", "only members see it")),
    Field("person", T("最初の構成員のメールアドレス", "e-mail of the first member"), FieldType.TEXT, required=True,
          help=_ADDRESS),
)  # fmt: skip
MEMBER = (Field("person", T("メールアドレス", "e-mail"), FieldType.TEXT, required=True, help=_ADDRESS), *_DAYS)
PLACE = (Field("case", T("案件の id", "id of the case"), FieldType.TEXT, required=True,
               help=T("案件のアドレスにある 26 文字", "the 26 characters in its address")),)  # fmt: skip
DESTROY = (Field("reason", T("破棄する理由", "why it is destroyed"), FieldType.TEXT, required=True,
                 help=T("案件のページに残ります（300字まで）", "shown on the cases; 300 characters")),)  # fmt: skip
END = (Field("last", T("最後の日", "last day"), FieldType.DAY,
             help=T("空欄なら直ちに終わる", "empty: it ends at once")),)  # fmt: skip


def person_fields(by: Person) -> tuple[Field, ...]:
    offices = tuple(Option(o.public_id, T(o.name_ja, o.name_en)) for o in access.people.offices(by))
    return (
        Field("email", T("メールアドレス", "e-mail"), FieldType.TEXT, required=True, help=_ADDRESS),
        Field("name", T("氏名", "name"), FieldType.TEXT, required=True, help=T("姓と名", "given and family name")),
        Field("office", T("所属", "office"), FieldType.CHOICE, required=True, options=offices),
        Field("language", T("言語", "language"), FieldType.CHOICE, required=True,
              options=(Option("ja", T("日本語", "日本語")), Option("en", T("English", "English")))),
        Field("administers", T("管理者にする", "administrator"), FieldType.FLAG, required=True,
              help=T("人と権限を扱う。案件は見えない", "looks after people and mandates; sees no case by that")),
    )  # fmt: skip


def _roles() -> tuple[Option, ...]:
    """The roles by regime; where several are called the same (the competent minister), with theirs."""
    labels, of = access.people.roles(), defaultdict(set)
    for each in kinds().values():
        for id in access.people.roles([each]):
            of[id].add(list(REGIMES).index(each.regime))
    alike = Counter(label.ja for label in labels.values())

    def said(id: str, label: Text) -> Text:
        names = [name for n, name in enumerate(REGIMES.values()) if n in of[id]]
        theirs = T("・".join(n.ja for n in names), ", ".join(n.en for n in names))
        return label if alike[label.ja] == 1 else T(f"{label.ja}（{theirs.ja}）", f"{label.en} ({theirs.en})")

    found = sorted(labels.items(), key=lambda one: (min(of[one[0]]), one[1].ja))
    return tuple(Option(id, said(id, label)) for id, label in found)


def mandate_fields() -> tuple[Field, ...]:
    known = tuple(Option(kind.id, kind.label) for kind in kinds().values())
    return (
        Field("role", T("役割", "role"), FieldType.CHOICE, required=True, options=_roles()),
        Field("kind", T("案件の種類", "kind of case"), FieldType.CHOICE, options=known,
              help=T("選ばなければすべての種類", "none chosen: every kind")),
        Field("party", T("当事者", "party"), FieldType.TEXT,
              help=T("この当事者の案件だけ。空欄ならすべて", "only cases of this party; empty: all")),
        Field("case", T("案件の id", "id of one case"), FieldType.TEXT,
              help=T("この案件だけ。自分に見える案件に限る", "only this case; it must be one that you see")),
        Field("may_act", T("行為をすることができる", "may act"), FieldType.FLAG, required=True,
              help=T("「いいえ」なら読むだけ", "no: reading only")),
        Field("sealed", T("秘匿された項目を読む", "reads sealed fields"), FieldType.FLAG, required=True),
        *_DAYS,
    )  # fmt: skip


class Form:
    """A form as it was typed, read, and drawn again with what was wrong."""

    def __init__(self, fields: Iterable[Field], typed: Any = None, **start: str) -> None:
        self.fields = tuple(fields)
        self.typed: dict[str, list[str]] = {k: [v] for k, v in start.items()}
        self.errors: dict[str, Text] = {}
        self.data: dict[str, Any] = {}
        if typed is not None:
            self.typed = dict(typed.lists())
            read = read_form(self.fields, self.typed)
            self.data, self.errors = read.data, dict(read.errors)
            for field in self.fields:
                if field.required is True and field.id not in self.data and field.id not in self.errors:
                    self.errors[field.id] = T(
                        f"「{field.label.ja}」を入力してください。", f"{field.label.en}: enter a value."
                    )

    @property
    def ok(self) -> bool:
        return not self.errors

    def day(self, name: str) -> date | None:
        found = self.data.get(name)
        return date.fromisoformat(found) if found else None

    def wrong(self, error: access.AccessError) -> None:
        """What the office said against it, at its field where there is one."""
        known = {field.id for field in self.fields}
        self.errors[error.field if error.field in known else ""] = error.text

    @property
    def views(self) -> list[FieldView]:
        return [replace(field_view(f, self.typed, errors=self.errors)) for f in self.fields]
