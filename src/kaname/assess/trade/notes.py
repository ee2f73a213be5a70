"""The rules that readers apply to rows, stated once, and notes of where they were applied."""

import enum
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kaname.law import T, Text


class Rule(enum.Enum):
    """What is done with a row, or with a file, that cannot be taken as it stands."""

    WORLD_TOTAL = T(
        "世界計の行：相手国でなく照合用の合計",
        "a world total: no partner; it checks the sum of the partners",
    )
    REMAINDER = T(
        "世界計のうち相手国の行がない分：合計には含め、誰の割合ともしない（集中度は下限で、上限も示す）",
        "what the world total has beyond the partners stated: in the total and nobody's share (a concentration is then"
        " the least it can be, with its upper bound)",
    )
    EXCEEDS = T(
        "相手国の合計が世界計を超える：相手国の合計による",
        "the partners sum to more than the world total: the sum of the partners is used",
    )
    PARTNER_UNKNOWN = T(
        "相手国のない又は特定できない行：合計に含め、一つの相手国として数え、上限と下限を示す",
        "partner missing or not specified: in the total, counted as one partner of its own, with bounds",
    )
    GROUP = T(
        "国の集まりの行：構成国の行があるものとして数えない（ない表では _X とする）",
        "a group of countries: not counted, its members are taken to have rows of their own (else call it _X)",
    )
    SUCCEEDED = T(
        "廃止された又は発行者独自の国コード：引き継いだ国とする",
        "a country code no longer in use, or of the publisher alone: read as the country that succeeded it",
    )
    VANISHED = T(
        "なくなった国（引き継いだ国が一つでない）：旧コードのまま一つの相手国とする",
        "a state that is gone and has no single successor: a partner under its old code",
    )
    OTHER_ASIA = T(
        "「その他のアジア」（S19、490）：台湾とする",
        "Other Asia, not elsewhere specified (S19, 490): read as Taiwan",
    )
    SELF = T(
        "自国を相手とする行（再輸入など）：数えない",
        "a country trading with itself (re-imports): not counted",
    )
    RE_EXPORT = T(
        "再輸出や再輸入の内訳の行：輸出入の行に含まれるので足さない",
        "re-exports, re-imports and other parts of a flow: not added, the rows of imports and exports hold them",
    )
    REPEATED = T(
        "同じ記録の繰り返し：一度だけ数える",
        "the same record again: counted once",
    )
    ADDED = T(
        "同じ相手国の行が二つ以上：足す",
        "several rows of one partner: added",
    )
    BREAKDOWN = T(
        "輸送手段、通関手続、第二相手国別の内訳の行：合計の行があるので数えない",
        "a breakdown by transport, procedure or second partner: not counted beside its total",
    )
    NOT_AVAILABLE = T(
        "値がないか伏せられている（空欄、W、NA、… など）：零でなく不明として数えない",
        "no figure, or one withheld (empty, W, NA, ... and such): unknown, not zero; not counted",
    )
    NOT_EXACT = T(
        "「<1,000」「>95」「50–300」のような範囲：値としては数えない",
        "a range (<1,000, >95, 50–300): no figure, not counted",
    )
    NIL = T("「—」「Nil」：零", "a dash or nil: zero")
    THOUSANDS = T("桁区切りのある数：区切りを除いて読む", "thousands separators: read without them")
    ROUNDED = T(
        "小数点以下6桁を超える数（浮動小数の誤差）：6桁に丸める",
        "more than six decimals (noise of floats): rounded to six",
    )
    CONFIDENTIAL = T(
        "秘匿された品目コード（9999…、英字）：品目に割り振れず、数えない",
        "a confidential product code (9999..., letters): belongs to no product; not counted",
    )
    PADDED = T("先頭の零が落ちた品目コード：零を補う", "a product code that lost its leading zero: padded")
    DEEPER = T(
        "品目コードの細分の行：上位の行がない年に足して使う",
        "rows of deeper codes: added where the code itself has no row",
    )
    BOTH_LEVELS = T(
        "上位の品目コードと細分の行が共にある：上位の行だけを数える",
        "rows of the code and of deeper codes: only those of the code itself count",
    )
    REVISIONS = T(
        "一つの報告国の一年にHSの二つ以上の版の行がある：最も新しい版だけを数える（H5:コード で選ぶ）",
        "rows of one reporter and year under several revisions of the HS: only the newest counts (H5:CODE chooses)",
    )
    NOT_HS = T(
        "HSでない分類（SITC、BEC）の行：同じ数字でも別の品目なので数えない",
        "rows under another classification than the HS (SITC, BEC): the same digits are other goods, not counted",
    )
    READ_AS = T(
        "品目の組の版の行がない：同じコードの、ある中で最も新しい版の行による（品目の範囲が違うことがある）",
        "no rows of the revision asked for: those of the newest that there are, under the same code (which may mean"
        " other goods)",
    )
    NO_MATERIAL = T(
        "品目の組の材料が生産の表にない：その材料の数値は出さない",
        "a material of the bundle that the table of production does not have: no figures of it",
    )
    UNVERIFIED = T(
        "特定重要物資の品目コードは未確認：HS2022の見出しの読みで、所管省庁が示したものではない",
        "the codes of a designated product are unverified: our reading of the headings of HS 2022, not those of a"
        " ministry",
    )
    FEW = T(
        "表にある報告国が少ない年：世界の輸出、輸入／輸出、地理的依存はその範囲の値で、世界のものではない",
        "a year with few reporting countries in the file: world exports, imports over exports and geographic dependence"
        " are of these, not of the world",
    )
    NO_EXPORTS = T(
        "この国の輸出の行がない年：輸出は零とし、輸入／輸出は9999（輸入だけの表なら、輸出がないとは言えない）",
        "a year without a row of exports by the country: taken as none, imports over exports as 9999 (a table of"
        " imports alone does not say that nothing is exported)",
    )
    ACROSS = T(
        "年や報告国によってHSの版が違う：同じコードでも品目の範囲が違うことがある（対応表で一つの版にできる）",
        "revisions of the HS differ between years or reporters: a code may not mean the same goods (a concordance"
        " brings them into one)",
    )
    CONVERTED = T(
        "HSの他の版のコード：対応表によって品目の組の版にする",
        "codes of another revision of the HS: brought into that of the product by the concordance",
    )
    EVENLY = T(
        "対応表で二つ以上に分かれ、重みのないコード：等しく分ける",
        "a code that the concordance splits without weights: split evenly",
    )
    PARTLY = T(
        "対応表の重みの合計が1に足りないコード：残りはどの品目にも入らない",
        "weights of a code that add up to less than 1: the rest belongs to no product",
    )
    UNLISTED = T(
        "対応表にないコード：両方の版で同じとする",
        "a code that the concordance does not name: the same in both revisions",
    )
    NO_WAY = T(
        "対応表で品目の組の版にできない行：数えない",
        "rows that the concordance cannot bring into the revision of the product: not counted",
    )
    MONTHS = T("月別の行：年に足す", "monthly rows: added to years")
    PART_YEAR = T(
        "月の行が12か月に足りない年：ある月の合計で、年の合計ではない",
        "fewer than twelve months of a year: the sum of those that there are, not of the year",
    )
    BOTH_PERIODS = T("年の行と月の行が共にある：年の行だけを数える", "yearly and monthly rows: only the yearly count")
    BOTH_REPORTED = T(
        "輸入国と輸出国の両方が報告している：先とする側（既定は輸入国）だけを数え、足さない",
        "importer and exporters both report: only the side that comes first counts (the importer, unless asked), never"
        " both",
    )
    MIRRORED = T(
        "その国の報告がない：相手国の報告による（輸入なら相手国の輸出）。両者は足さない",
        "the country reports nothing: what its partners report stands in (for imports, their exports); the two are"
        " never added",
    )
    UNIT = T(
        "重さに換算できない単位：数量としては数えない（金額は数える）",
        "a unit that is no weight: not counted as a quantity (its value is)",
    )
    CURRENCY = T(
        "通貨が書かれていない表：米ドルとする（currency の列か、value_jpy のような列名で示せる）",
        "no currency stated: taken as US dollars (a column currency, or a name such as value_jpy, tells)",
    )
    NO_WEIGHT = T(
        "重さのない行：重さで測る割合に入らない（金額の割合と比べること）",
        "no weight stated: missing from shares by weight (compare those by value)",
    )
    NO_YEAR = T("この年の行がない：零でなく不明", "no rows of this year: unknown, not zero")
    NO_ROWS = T("行のないコードが品目の組にある", "a code of the bundle has no row")
    OTHER_YEAR = T(
        "その年の値がない：前の最も近い年の値を使う", "no estimate for the year: that of the nearest year before"
    )
    NAME_NOT_CODE = T(
        "国名と国コードが違う国を指す：国名による",
        "name and code of a country disagree: the name counts",
    )
    FEWER_ESTIMATES = T(
        "六つのガバナンス指標がそろわない国：ある指標の平均とする",
        "fewer than six governance estimates of a country: the mean of those that there are",
    )
    NO_GOVERNANCE = T(
        "ガバナンス指標のない国：範囲の中央（5）とする",
        "no governance estimate for a country: the middle of the scale, 5",
    )

    @property
    def text(self) -> Text:
        return self.value


@dataclass(slots=True)
class Note:
    """A rule applied to rows of a file: how many, and the first of them (records from 1) with what stood there."""

    rule: Rule
    rows: int = 0
    records: list[int] = field(default_factory=list)
    found: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        return {
            "rule": self.rule.name.lower(), "rows": self.rows, "records": self.records, "found": self.found,
            "ja": self.rule.text.ja, "en": self.rule.text.en,
        }  # fmt: skip

    def said(self) -> Text:
        """One sentence with the count and what was found."""
        seen = ", ".join(dict.fromkeys(self.found))
        shown = T(f"（{seen}）", f" ({seen})") if seen else T("", "")
        many = T(f"：{self.rows}行", f": {self.rows} {'row' if self.rows == 1 else 'rows'}") if self.rows else T("", "")
        return T(f"{self.rule.text.ja}{shown.ja}{many.ja}", f"{self.rule.text.en}{shown.en}{many.en}")


class Notes:
    """Notes as they gather, one a rule."""

    SHOWN = 5

    def __init__(self) -> None:
        self._notes: dict[Rule, Note] = {}

    def add(self, rule: Rule, records: Iterable[int] = (), found: str = "") -> None:
        note = self._notes.setdefault(rule, Note(rule))
        records = list(records)
        note.rows += len(records)
        note.records += records[: self.SHOWN - len(note.records)] if len(note.records) < self.SHOWN else []
        if found and found not in note.found and len(note.found) < self.SHOWN:
            note.found.append(found)

    def __iter__(self) -> Iterator[Note]:
        return iter(self._notes.values())

    def __contains__(self, rule: Rule) -> bool:
        return rule in self._notes

    def take(self, other: "Notes") -> None:
        for note in other._notes.values():
            mine = self._notes.setdefault(note.rule, Note(note.rule))
            mine.rows += note.rows
            mine.records = (mine.records + note.records)[: self.SHOWN]
            mine.found = list(dict.fromkeys(mine.found + note.found))[: self.SHOWN]
