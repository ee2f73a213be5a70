"""The people of the demonstration, each in an office, with what the Act lets their role do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password

from kaname.access.models import Compartment, Mandate, Membership, Office, Person
from kaname.demo.casts import BANK, CLIENTS, MAKER, OWN, POWER, SPECIAL, UNIVERSITY
from kaname.law import T, Text
from kaname.ledger.models import Case
from kaname.regimes import KINDS

SINCE = date(2024, 5, 1)  # the mandates of the demonstration run from the day the regime began


@dataclass(frozen=True, slots=True)
class _Office:
    sort: str
    name: Text


@dataclass(frozen=True, slots=True)
class _Someone:
    """A person: roles held for every case (of a regime, where it is named), and for the cases of some parties."""

    address: str
    name: str
    what: Text
    office: _Office
    administers: bool = False
    roles: tuple[str, ...] = ()
    party_roles: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    sealed: bool = False
    in_compartment: bool = False
    regime: str = ""

    @property
    def login(self) -> str:
        return self.address.partition("@")[0]


_JPO = _Office("authority", T("特許庁（見本）", "Japan Patent Office (demonstration)"))
_CAO = _Office("authority", T("内閣府（見本）", "Cabinet Office (demonstration)"))
_ATTORNEYS = _Office("attorney", T("架空特許事務所", "Kakū Patent Attorneys"))
_COMPANY = _Office("company", T("空想重工", "Kūsō Heavy Industries"))
_MINISTRY = _Office("authority", T("架空省（見本）", "Kakū Ministry (demonstration)"))
_POWER = _Office("company", T("架空電力", "Kakū Electric Power"))
_BANK = _Office("company", T("架空銀行", "Kakū Bank"))
_MAKER = _Office("company", T("架空電池工業", "Kakū Batteries"))
_METI = _Office("authority", T("架空経済省（見本）", "Kakū Ministry of Economy (demonstration)"))
_MAFF = _Office("authority", T("架空農林省（見本）", "Kakū Ministry of Agriculture (demonstration)"))
_MHLW = _Office("authority", T("架空厚生省（見本）", "Kakū Ministry of Health (demonstration)"))
_FINANCE = _Office("authority", T("架空財政省（見本）", "Kakū Ministry of Finance (demonstration)"))
FINANCE = "架空財政省"  # as it is asked, and as its people's mandates name it
_FTC = _Office("authority", T("公正取引委員会（見本）", "Fair Trade Commission (demonstration)"))
_BODY = _Office("authority", T("見本支援機構", "Mihon Support Agency"))
_SCIENCE = _Office("authority", T("架空科学省（見本）", "Kakū Ministry of Science (demonstration)"))
_AGENCY = _Office("authority", T("架空研究開発機構（見本）", "Kakū R&D Agency (demonstration)"))
_UNIVERSITY = _Office("company", T("見本大学", "Mihon University"))
_SATELLITES = _Office("company", T("空想衛星", "Kūsō Satellites"))
_VENDOR = _Office("company", T("見本制御株式会社", "Mihon Controls"))
_APPLYING = ("applicant", "foreign_filer", "claimant")
_OPERATING = ("operator", "business_runner")

PEOPLE = (
    _Someone("attorney@demo.example", "架空 花子", T("弁理士（架空特許事務所）", "patent attorney (Kakū)"), _ATTORNEYS,
             party_roles=_APPLYING, parties=CLIENTS, sealed=True),
    _Someone("jpo@demo.example", "見本 一郎", T("第一次審査（特許庁）", "first review (Patent Office)"), _JPO,
             roles=("jpo",), sealed=True, in_compartment=True, regime="patents"),
    _Someone("cao@demo.example", "見本 三郎",
             T("保全審査・協議（内閣府）", "security review, consultations (Cabinet Office)"), _CAO,
             roles=("prime_minister", "cabinet", "cabinet_office", "inspector", "desk", "answering_section"),
             sealed=True, in_compartment=True),
    _Someone("company@demo.example", "空想 次郎", T("知的財産部（空想重工）", "patent department (Kūsō)"), _COMPANY,
             party_roles=_APPLYING, parties=(OWN,), sealed=True),
    _Someone("ministry@demo.example", "架空 五郎", T("主務大臣（架空省）", "competent minister (Kakū Ministry)"),
             _MINISTRY, roles=("sector_minister",), sealed=True, regime="infrastructure"),
    _Someone("operator@demo.example", "電力 花",
             T("特定社会基盤事業者（架空電力）", "infrastructure operator (Kakū Power)"), _POWER,
             party_roles=_OPERATING, parties=(POWER,), sealed=True),
    _Someone("bank@demo.example", "銀行 月子",
             T("特定社会基盤事業者（架空銀行）", "infrastructure operator (Kakū Bank)"), _BANK,
             party_roles=_OPERATING, parties=(BANK,), sealed=True),
    _Someone("maker@demo.example", "電池 光",
             T("供給確保計画の申請者（架空電池工業）", "applicant for a supply plan (Kakū Batteries)"), _MAKER,
             party_roles=("applicant", "certified_business", "business"), parties=(MAKER,), sealed=True,
             regime="supply"),
    _Someone("meti@demo.example", "経済 桜",
             T("主務大臣（架空経済省、すべての物資）", "competent minister (Kakū Economy, all products)"), _METI,
             roles=("product_minister", "minister", "body_ministers"), sealed=True, regime="supply"),
    _Someone("maff@demo.example", "農林 稔", T("主務大臣（架空農林省、肥料）", "competent minister (Kakū Agriculture)"),
             _MAFF, sealed=True),
    _Someone("mhlw@demo.example", "厚生 薫", T("主務大臣（架空厚生省、医薬）", "competent minister (Kakū Health)"),
             _MHLW, sealed=True),
    _Someone("mof@demo.example", "財政 起子", T("協議を受けて起案（架空財政省）", "asked, and drafts (Kakū Finance)"),
             _FINANCE, party_roles=("asked_authority", "opinion_drafter"), parties=(FINANCE,), sealed=True,
             regime="general"),
    _Someone("mof-head@demo.example", "課長 決",
             T("課長級の決裁（架空財政省）", "signs as section head (Kakū Finance)"),
             _FINANCE, party_roles=("section_head",), parties=(FINANCE,), sealed=True, regime="general"),
    _Someone("mof-director@demo.example", "局長 裁",
             T("局長級の決裁（架空財政省）", "signs as director general (Kakū Finance)"),
             _FINANCE, party_roles=("director_general",), parties=(FINANCE,), sealed=True, regime="general"),
    _Someone("jftc@demo.example", "公取 正", T("公正取引委員会", "Fair Trade Commission"), _FTC, roles=("jftc",),
             regime="supply"),
    _Someone("body@demo.example", "支援 恵", T("支援法人等（見本支援機構）", "support body (Mihon Support)"), _BODY,
             roles=("support_body",), sealed=True, regime="supply"),
    _Someone("mext@demo.example", "文科 学",
             T("研究開発・指定基金の大臣（架空科学省）", "minister of R&D and its fund (Kakū Science)"), _SCIENCE,
             roles=("fund_minister", "rd_minister", "convening_minister", "members",
                    "need_ministries"), sealed=True, regime="technology"),
    _Someone("program@demo.example", "推進 明",
             T("公募と課題（架空研究開発機構）", "calls and projects (Kakū R&D Agency)"), _AGENCY,
             roles=("funding_agency", "program_director", "program_officer", "reviewers", "program_council_experts",
                    "economic_security_promotion_council", "council"), sealed=True, regime="technology"),
    _Someone("secretary@demo.example", "事務 律",
             T("協議会の事務局（架空科学省）", "secretariat of councils (Kakū Science)"),
             _SCIENCE, roles=("council_secretariat", "provider"), sealed=True, regime="technology"),
    _Someone("researcher@demo.example", "研究 光", T("研究代表者（見本大学）", "lead researcher (Mihon University)"),
             _UNIVERSITY, party_roles=("lead_institution",), parties=(UNIVERSITY,), sealed=True, regime="technology"),
    _Someone("former@demo.example", "退任 進",
             T("協議会を退いた人（空想衛星）", "who has left a council (Kūsō Satellites)"), _SATELLITES, sealed=True),
    _Someone("vendor@demo.example", "制御 夢子", T("供給者（見本制御）", "vendor (Mihon Controls)"), _VENDOR),
    _Someone("admin@demo.example", "管理 四郎", T("管理者（事件は見えない）", "administrator (sees no case)"), _JPO,
             administers=True),
)  # fmt: skip


def logins() -> list[tuple[str, str, str]]:
    """Address, and who that is in both languages."""
    return [(someone.address, someone.what.ja, someone.what.en) for someone in PEOPLE]


def make(password: str) -> tuple[Mapping[str, Person], Compartment]:
    """The people by role of the Act (and `admin`) and by address, and the compartment, all written."""
    hashed = make_password(password)  # once: it takes a fifth of a second by design
    offices: dict[str, Office] = {}
    by_role: dict[str, Person] = {}
    circle = Compartment.objects.create(name=SPECIAL)
    for someone in PEOPLE:
        name = someone.office.name
        office = offices.get(name.ja) or Office.objects.create(
            sort=someone.office.sort, name_ja=name.ja, name_en=name.en
        )
        offices[name.ja] = office
        person = Person.objects.create(
            email=someone.address, name=someone.name, office=office, administers=someone.administers,
            password=hashed, stands_alone=True,
        )  # fmt: skip
        by_role |= {role: person for role in (*_roles(someone), someone.login) if role not in by_role}
        Mandate.objects.bulk_create(_mandates(someone, person))
        if someone.in_compartment:
            Membership.objects.create(compartment=circle, person=person, valid_from=SINCE)
    return by_role, circle


def join(login: str, role: str, case: Case) -> None:
    """Somebody takes part in a case, in a role: a mandate for the case."""
    someone = next(someone for someone in PEOPLE if someone.login == login)
    person = Person.objects.get(email=someone.address)
    Mandate.objects.create(
        person=person, role=role, kind=case.kind, case=case, sealed=someone.sealed, valid_from=SINCE
    )  # fmt: skip


def let_in(room: Compartment, inside: Mapping[str, date | None], since: date) -> None:
    """People into a compartment, each up to a last day."""
    for login, until in inside.items():
        person = Person.objects.get(email=next(one.address for one in PEOPLE if one.login == login))
        Membership.objects.create(compartment=room, person=person, valid_from=since, valid_until=until)


def represent(party: str, role: str, case: Case) -> None:
    """Whoever acts for the party acts for it in the role that has come to it, too: a mandate for the case."""
    for someone in PEOPLE:
        if party in someone.parties:
            person = Person.objects.get(email=someone.address)
            Mandate.objects.create(person=person, role=role, case=case, sealed=someone.sealed, valid_from=SINCE)


def _roles(someone: _Someone) -> Iterable[str]:
    return ("admin",) if someone.administers else (*someone.roles, *someone.party_roles)


def _mandates(someone: _Someone, person: Person) -> list[Mandate]:
    kinds = [id for id, of in KINDS.items() if of.regime == someone.regime] or [""]
    held = [
        Mandate(person=person, role=role, kind=kind, sealed=someone.sealed, valid_from=SINCE)
        for role in someone.roles
        for kind in kinds
    ]
    return held + [
        Mandate(person=person, role=role, kind=kind, party=party, sealed=someone.sealed, valid_from=SINCE)
        for party in someone.parties
        for role in someone.party_roles
        for kind in kinds
    ]
