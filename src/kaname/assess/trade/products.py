"""Products: HS codes as files write them, and bundles of weighted codes and materials."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from kaname.assess.trade import designated
from kaname.assess.trade.numbers import number
from kaname.files.problems import BadInput, Problem
from kaname.files.tables import open_reader, read_whole
from kaname.law import T

_REVISION = re.compile(r"H[0-9]|HS ?(?:19|20)?[0-9]{2}", re.IGNORECASE)
_NOT_HS = re.compile(r"S[1-4]|SITC.*|BEC.*|B[45E]|EB\w*", re.IGNORECASE)
_YEARS = {"92": "H0", "96": "H1", "02": "H2", "07": "H3", "12": "H4", "17": "H5", "22": "H6"}
_SECRET = re.compile(r"9{4,}|.*[A-Za-z].*")


def revision_of(text: str) -> str:
    """H0 to H6 for H0.., HS92, HS2012; "" for another text."""
    plain = text.strip().upper().replace(" ", "")
    if re.fullmatch(r"H[0-9]", plain):
        return plain
    return _YEARS.get(plain[-2:], "") if plain.startswith("HS") else ""


def not_hs(text: str) -> bool:
    """Whether a classification is another than the HS: SITC (S3), BEC (B4)."""
    return bool(_NOT_HS.fullmatch(text.strip()))


def code_of(text: str, digits: int = 0) -> tuple[str, bool]:
    """The digits of an HS code, and whether a lost leading zero was put back; another name as it stands."""
    plain = text.strip().strip("'").removesuffix(".0").replace(" ", " ")
    bare = re.sub(r"[. -]", "", plain)
    if not bare.isascii() or not bare.isdecimal():
        return plain.strip(), False
    wanted = digits or len(bare) + (len(bare) % 2 if len(bare) < 9 else 0)
    return bare.zfill(wanted), len(bare) < wanted


def secret(code: str) -> bool:
    """A code under which confidential trade is put: no product."""
    return bool(_SECRET.fullmatch(code)) and code[:2].isdecimal()


@dataclass(frozen=True, slots=True)
class Part:
    """One code of a bundle; `weight`: how much of its trade belongs to the product."""

    code: str
    weight: Decimal = Decimal(1)
    revision: str = ""

    def holds(self, code: str) -> bool:
        return code == self.code or (self.code.isdecimal() and code.isdecimal() and code.startswith(self.code))


@dataclass(frozen=True, slots=True)
class Material:
    """A material of a bundle, as a table of production calls it."""

    name: str
    weight: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Bundle:
    """A product: weighted codes of trade, and materials. `unverified`: nobody in charge of it has said so."""

    name: str
    parts: tuple[Part, ...]
    materials: tuple[Material, ...] = ()
    unverified: bool = False


_EXPECTED = T(
    "HSコード（2桁以上）又はファイルにある品名、重みは 2504=0.5、版は H5:2504、特定重要物資は @batteries",
    "an HS code of two digits or more, or a name in the file; a weight as in 2504=0.5, a revision as in H5:2504, a"
    " designated product as @batteries",
)
_TABLES = (".csv", ".jsonl", ".parquet")


class Listed(NamedTuple):
    """A table of code (or material), weight, revision, as a file."""

    path: str
    form: str | None = None
    encoding: str = "utf-8"
    called: str = ""


def named(given: Iterable[str]) -> tuple[list[str], list[Listed]]:
    """Texts of the command line, those that name a table apart. Only there may a text name a file."""
    texts, tables = [], []
    for text in given:
        if text.lower().endswith(_TABLES) and Path(text).exists():
            tables.append(Listed(text))
        else:
            texts.append(text)
    return texts, tables


def bundle(given: Iterable[str], materials: Iterable[str] = (), tables: Iterable[Listed] = ()) -> Bundle:
    """The bundle of `--product` and `--material`: codes with commas between, or `@` with a designated product; and of
    tables. Raises BadInput.
    """
    parts: list[Part] = []
    made: list[Material] = [_material(one) for one in materials]
    given, tables = [text for text in given if text.strip()], list(tables)
    unverified = False
    for text in given:
        if text.startswith("@"):
            _designated(text, parts, made)
            unverified = True
        else:
            parts += [_part(one, "--product", 0) for one in _split(text)]
    for table in tables:
        _from_file(table, parts, made)
    if not parts:
        raise BadInput([Problem("--product", 0, "", T(f"空；{_EXPECTED.ja}", f"empty; expected {_EXPECTED.en}"))])
    _once(parts)
    return Bundle(
        ", ".join([*given, *(table.called or table.path for table in tables)]), tuple(parts), tuple(made), unverified
    )


def _once(parts: list[Part]) -> None:
    seen: set[tuple[str, str]] = set()
    for one in parts:
        over = [o for o in parts if o is not one and o.holds(one.code) and o.revision == one.revision]
        if over or (one.code, one.revision) in seen:
            wrong = T(
                "二度数えることになる；重ならないコードが要る", "would count twice; expected codes that do not overlap"
            )
            raise BadInput([Problem("--product", 0, one.code, wrong)])
        seen.add((one.code, one.revision))


def _designated(text: str, parts: list[Part], materials: list[Material]) -> None:
    found = designated.of(text[1:].strip())
    if not found:
        known = " ".join(f"@{name}" for name in designated.names())
        wrong = T(f"知らない特定重要物資；次のどれかが要る：{known}",
                  f"no such designated product; expected one of {known}")  # fmt: skip
        raise BadInput([Problem("--product", 0, text[:40], wrong)])
    parts += [Part(line.code, line.weight, line.revision) for line in found if line.code]
    materials += [Material(line.material, line.weight) for line in found if line.material]
    if not any(line.code for line in found):
        wrong = T("品目コードのないサービス；HSコードを選んで --product に",
                  "a service, no goods: it has no code; expected codes of your choice in --product")  # fmt: skip
        raise BadInput([Problem("--product", 0, text[:40], wrong)])


def _material(text: str) -> Material:
    """A name, and a weight behind the last = where there is a number."""
    name, equals, stated = text.rpartition("=")
    weight = number(stated) if equals else Decimal(1)
    if not equals:
        name = text
    if not isinstance(weight, Decimal) or not 0 < weight <= 1 or not name.strip():
        wrong = T(
            "読めない；生産の表での品名、重みは 0.5（0を超え1以下）",
            "cannot be read; expected a material as the table of production calls it, weights over 0, at most 1",
        )
        raise BadInput([Problem("--material", 0, text[:40], wrong)])  # fmt: skip
    return Material(name.strip(), weight)


def _split(text: str) -> list[str]:
    """At commas between codes; a name may hold commas of its own ("cobalt, mine")."""
    pieces = [piece.strip() for piece in text.split(",")]
    codes = all(re.fullmatch(r"(?:\w+:)?[0-9.]+(?:=.*)?", piece) for piece in pieces)
    return [piece for piece in pieces if piece] if codes else [text.strip()]


def _part(text: str, place: str, line: int, weight: str = "", revision: str = "") -> Part:
    before, colon, after = text.partition(":")
    if colon and _REVISION.fullmatch(before.strip()):
        revision, text = before, after
    code, equals, stated = text.rpartition("=")
    if equals:
        text, weight = code, stated
    amount = number(weight) if weight.strip() else Decimal(1)
    code = code_of(text)[0]
    bad = (
        not isinstance(amount, Decimal) or amount > 1 or amount == 0
        or (bool(revision.strip()) and not revision_of(revision)) or len(code) < (2 if code.isdecimal() else 1)
    )  # fmt: skip
    if bad or not isinstance(amount, Decimal):
        wrong = T(
            f"読めない；{_EXPECTED.ja}；重みは0を超え1以下",
            f"cannot be read; expected {_EXPECTED.en}; weights over 0, at most 1",
        )
        raise BadInput([Problem(place, line, text[:40], wrong)])
    return Part(code, amount, revision_of(revision))


def _from_file(table: Listed, parts: list[Part], materials: list[Material]) -> None:
    name = table.called or table.path
    with open_reader(table.path, table.form, table.encoding) as reader:
        fields = [field for field in ("code", "material", "weight", "revision") if field in reader.names]
        if not {"code", "material"} & set(fields):
            wrong = T(
                "列がない；code 又は material（と weight、revision）が要る",
                "no such column; expected code or material (and weight, revision)",
            )
            raise BadInput([Problem(name, 1, "code", wrong)])
        for batch in read_whole(reader, {field: field for field in fields}, name):
            rows = {field: column.fill_null("").to_pylist() for field, column in batch.columns.items()}
            for at in range(len(batch)):
                row = {field: rows[field][at].strip() for field in fields}
                if row.get("material"):
                    weight = row.get("weight", "")
                    materials.append(_material(f"{row['material']}={weight}" if weight else row["material"]))
                if row.get("code") or not row.get("material"):
                    parts.append(_part(row.get("code", ""), name, batch.first + at + 2, row.get("weight", ""),
                                       row.get("revision", "")))  # fmt: skip
