"""The short tasks of a vendor's passport: one subject each, declared once, said plainly (やさしい日本語).

Seven are forms over parts of the disclosure; then who may see what, and signing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from kaname.law import T, Text
from kaname.procedure.declare import Field, FieldType, Option

SOME = "some"  # of a list: are there any? "none" is an answer, too


@dataclass(frozen=True, slots=True)
class Task:
    """`fields` stand in the disclosure itself, `rows` are the columns of the list `part`. `none`: the words of the
    answer that there is none; without it at least one line is expected."""

    id: str
    title: Text
    plain: Text
    fields: tuple[Field, ...] = ()
    part: str = ""
    rows: tuple[Field, ...] = ()
    none: Text | None = None
    ask: Text | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """What of the disclosure it fills."""
        return (*(f.id for f in self.fields), *((self.part,) if self.part else ()))

    @property
    def form(self) -> tuple[Field, ...]:
        """The fields as they are drawn."""
        found = self.fields
        if self.none is not None and self.ask is not None:
            options = (Option("some", T("ある", "there are some")), Option("none", self.none))
            found = (*found, Field(SOME, self.ask, FieldType.CHOICE, options=options))
        if self.rows:
            found = (*found, Field(self.part, _LINES, FieldType.ROWS, columns=self.rows))
        return found


_LINES = T("一行に一つ", "one a line")
_TEXT, _DAY, _PERCENT, _CHOICE = FieldType.TEXT, FieldType.DAY, FieldType.PERCENT, FieldType.CHOICE
_COUNTRY_HELP = T("国の名前か、二文字の記号（日本は JP）", "a country's name or its two letters (JP for Japan)")
_COUNTRY = Field("country", T("国又は地域", "country or region"), _TEXT)
_SHARE = Field("ratio", T("割合（％）", "share (%)"), _PERCENT)

COMPANY = Task(
    "company", T("会社のこと", "Your company"),
    T("登記（とうき）されている名前を書いてください。", "Enter the name as it is registered."),
    (
        Field("individual", T("会社か個人か", "company or person"), _CHOICE,
              options=(Option("no", T("会社・団体", "a company or other body")), Option("yes", T("個人", "a person")))),
        Field("name", T("名前", "name"), _TEXT, help=T("個人の場合は氏名", "of a person: the full name")),
        Field("representative", T("代表者（だいひょうしゃ）の氏名", "name of the representative"), _TEXT,
              help=T("個人の場合は空欄のまま", "leave empty for a person")),
    ),
)  # fmt: skip
SEAT = Task(
    "seat", T("住所と国", "Seat and country"),
    T("本店（ほんてん）の住所と、会社が作られた国の法律を書いてください。",
      "Enter the address of the head office, and the country under whose law the company was made."),
    (
        Field("address", T("住所", "address"), _TEXT),
        Field("country", T("住所の国又は地域", "country or region of the address"), _TEXT, help=_COUNTRY_HELP),
        Field("law", T("設立の法律の国", "country of the governing law"), _TEXT,
              help=T("会社が作られたときの法律の国。個人の場合は国籍（こくせき）",
                     "under whose law the company was made; of a person: the nationality")),
    ),
)  # fmt: skip
HOLDERS = Task(
    "holders", T("5％以上の議決権を持つ人", "Holders of 5 % and more"),
    T("議決権（ぎけつけん）は、会社のことを決める票です。5％以上を直接（ちょくせつ）に持つ人や会社を全て書いてください。",
      "Votes decide about the company. Name everybody who directly holds 5 % or more of them."),
    part="holders", ask=T("5％以上を持つ人や会社はありますか", "Does anybody hold 5 % or more?"),
    none=T("ない", "nobody does"),
    rows=(Field("name", T("名前", "name"), _TEXT), _COUNTRY, _SHARE),
)  # fmt: skip
OFFICERS = Task(
    "officers", T("役員", "Officers"),
    T("役員（やくいん）全員を書いてください。ここに書いたことは封（ふう）をして保管します。"
      "とくに認めないかぎり、読めるのは行政機関だけです。",
      "Name every officer. What you enter here is kept sealed; unless you allow more, only the authority may read it."),
    part="officers",
    rows=(
        Field("name", T("氏名", "name"), _TEXT),
        Field("birth_date", T("生年月日", "birth date"), _DAY),
        Field("nationality", T("国籍", "nationality"), _TEXT),
    ),
)  # fmt: skip
SALES = Task(
    "sales", T("外国の政府への売上げ", "Sales to foreign governments"),
    T("外国の政府や政府の機関への売上げを、国ごと、年度ごとに書いてください。", 
      "Enter sales to foreign governments and their bodies, by country and fiscal year."),
    (
        Field("year_end", T("事業年度（じぎょうねんど）の最後の日", "last day of the fiscal year"), _TEXT,
              help=T("月と日。例：03-31", "month and day, such as 03-31")),
    ),
    part="sales", ask=T("そのような売上げはありますか", "Are there such sales?"), none=T("ない", "there are none"),
    rows=(
        Field("year_end", T("年度の最後の日", "fiscal year ended"), _DAY), _COUNTRY,
        Field("body", T("政府又は機関の名前", "government or body"), _TEXT),
        Field("ratio", T("その年度の売上げ全体に対する割合（％）", "share of all sales of that year (%)"), _PERCENT),
    ),
)  # fmt: skip
FACTORIES = Task(
    "factories", T("作っている場所", "Places of manufacture"),
    T("製品を作っている工場や事業場（じぎょうじょう）を書いてください。",
      "Enter the plants where the product is made."),
    part="factories", rows=(Field("address", T("住所", "address"), _TEXT), _COUNTRY),
)  # fmt: skip
CERTIFICATES = Task(
    "certificates", T("証明する書類", "Certificates"),
    T("登記（とうき）の証明書と、役員一人ずつの旅券（りょけん）の写しなどを書き、ファイルを添（そ）えてください。",
      "Name the registry certificate, and for each officer a copy of the passport or the like; attach the files."),
    part="certificates",
    rows=(
        Field("sort", T("書類の種類", "sort of document"), _CHOICE, options=(
            Option("registry", T("登記の証明書", "registry certificate")),
            Option("officer", T("役員の本人確認の書類", "identity document of an officer")))),
        Field("about", T("何行目の役員か", "of which officer (line)"), FieldType.INTEGER,
              help=T("登記の証明書では空欄", "empty for a registry certificate")),
        Field("issued_on", T("作られた日", "issued on"), _DAY),
        Field("expires_on", T("有効期限（ゆうこうきげん）", "expires on"), _DAY,
              help=T("ない場合は空欄", "empty if none")),
        Field("document", T("書類の番号や名前", "number or name of the document"), _TEXT),
        Field("file", T("書類のファイル", "the file itself"), FieldType.DOCUMENT,
              help=T("PDF、写真、Word など。50 MB まで。封（ふう）をして保管します",
                     "PDF, photo, Word and the like, up to 50 MB; it is kept sealed")),
    ),
)  # fmt: skip
FORMS: Mapping[str, Task] = {t.id: t for t in (COMPANY, SEAT, HOLDERS, OFFICERS, SALES, FACTORIES, CERTIFICATES)}
_OF_ITEM = {"A_REGISTRY": CERTIFICATES, "A_OFFICER_ID": CERTIFICATES}
_OF_PART = {name: task for task in FORMS.values() for name in task.names}

PARTS: Mapping[str, Text] = {
    "holders": HOLDERS.title, "officers": OFFICERS.title, "sales": SALES.title, "factories": FACTORIES.title,
    "certificates": CERTIFICATES.title,
}  # fmt: skip


def task_of(item: str, part: str) -> Task:
    """Where something that is missing can be mended: by the item of the catalogue, or the part of the disclosure."""
    return _OF_ITEM.get(item) or _OF_PART.get(part) or COMPANY
