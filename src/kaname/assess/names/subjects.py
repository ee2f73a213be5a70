"""Who is screened, and against whom: names, aliases and corporate number of an entity, out of tables of many layouts.

A column feeds the names if it is called so (`name`, `name_ja`, `商号` ...); cells of aliases hold several, separated by
`;` or `|`. JSON Lines of FollowTheMoney entities (`schema`, `properties`) are read as they are.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kaname.assess.names.number import corporate_number
from kaname.assess.names.reading import Name
from kaname.files.batches import Batch, Fault, Reader, twice
from kaname.files.problems import BadInput, Problem
from kaname.law import T

FIELDS = ("id", "name", "aliases", "corporate_number")
_NAME = re.compile(r"(name|names|名称|名前|氏名|商号|会社名|法人名|企業名)([_ .-].*)?|caption", re.IGNORECASE)
_ALIASES = re.compile(
    r"((weak_?)?alias(es)?|aka|previous_?names?|別名|別称|通称|略称|旧商号|フリガナ|ふりがな)([_ .-].*)?",
    re.IGNORECASE,
)
_NUMBER = re.compile("corporate_?number|法人番号|houjin_?bangou", re.IGNORECASE)
_ID = re.compile("id|entity_?id", re.IGNORECASE)
_FTM_NAMES = ("name", "alias", "previousName", "weakAlias")
_FTM_NUMBERS = ("registrationNumber", "taxNumber", "idNumber")
_A_NAME = T("文字のある名称", "a name with letters")
_MORE_THAN_A_FORM = T("会社の種類のほかに名のある名称", "a name with more than a corporate form")
_A_NUMBER = T("検査用数字の正しい13桁の法人番号", "a corporate number of 13 digits with the right check digit")
_PROPERTIES = T("FollowTheMoneyの properties（オブジェクト）", "properties of FollowTheMoney, an object")


@dataclass(frozen=True, slots=True)
class Subject:
    """One entity: at least one name, the first the one to show. `source` tells the list, or "" for who is screened."""

    id: str
    names: tuple[Name, ...]
    number: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """Which columns of a file feed what; `properties` for FollowTheMoney."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    aliases: tuple[str, ...]
    numbers: tuple[str, ...]
    properties: bool = False

    @property
    def wanted(self) -> dict[str, str]:
        extra = ("properties",) if self.properties else ()
        return {name: name for name in (*self.ids, *self.names, *self.aliases, *self.numbers, *extra)}


def layout(reader: "Reader", given: Mapping[str, str]) -> Layout:
    """The layout of a file: as its columns are called, and as `given` (field -> column) says. Raises BadInput."""

    have = reader.names
    spare = [name for name in dict.fromkeys(have) if name not in given.values()]
    if "properties" in have and "schema" in have and "name" not in given:
        return Layout(("id",) if "id" in have else (), (), (), (), properties=True)

    def fed(field: str, pattern: re.Pattern[str], several: bool = True) -> tuple[str, ...]:
        if field in given:
            return (given[field],)
        found = tuple(name for name in spare if pattern.fullmatch(name.strip()))
        return found if several else found[:1]

    found = Layout(
        fed("id", _ID, False), fed("name", _NAME), fed("aliases", _ALIASES), fed("corporate_number", _NUMBER, False)
    )
    if not found.names:
        there = ", ".join(have)
        text = T(f"名称の列がない；ある列は {there}；name（name_ja など）という列が要る",
                 f"no column of names; the file has {there}; expected one called name (or name_ja ...)")  # fmt: skip
        raise BadInput([Problem(reader.name, 1, "name", text)])
    if unclear := twice(reader, found.wanted):
        raise BadInput(unclear)
    return found


def subjects(batch: "Batch", columns: Layout, source: str = "") -> "tuple[list[Subject | None], list[Fault]]":
    """One subject a row, None where it has no name to compare, and what is wrong in the rows."""

    cells = {name: column.to_pylist() for name, column in batch.columns.items()}
    found: list[Subject | None] = []
    faults = list(batch.faults)
    for i in range(len(batch)):
        row = {name: values[i] or "" for name, values in cells.items()}
        if columns.properties:
            subject, wrong = _ftm(row, source)
        else:
            subject, wrong = _plain(row, columns, source)
        found.append(subject)
        faults += [Fault(batch.first + i, field, cell[:40], expected) for field, cell, expected in wrong]
    return found, sorted(faults, key=lambda fault: (fault.row, not fault.lost))


_Wrong = list[tuple[str, str, Any]]


def _plain(row: Mapping[str, str], columns: Layout, source: str) -> tuple[Subject | None, _Wrong]:
    given = [(column, row[column]) for column in columns.names]
    texts = [text for _, text in given] + [part for column in columns.aliases for part in parted(row[column])]
    number, wrong = "", []
    if columns.numbers and (cell := row[columns.numbers[0]].strip()):
        number = corporate_number(cell) or ""
        if not number:
            wrong.append((columns.numbers[0], cell, _A_NUMBER))
    identity = row[columns.ids[0]].strip() if columns.ids else ""
    subject = _subject(identity, texts, number, source)
    if subject is None:
        wrong.append((*given[0], _A_NAME))
    elif all(name.only_form for name in subject.names):
        wrong.append((*given[0], _MORE_THAN_A_FORM))
    return subject, wrong


def _ftm(row: Mapping[str, str], source: str) -> tuple[Subject | None, _Wrong]:
    """Entities without a name (holdings, sanctions) are no subjects, and no fault either."""
    try:
        properties = json.loads(row["properties"])
    except ValueError:
        properties = None
    if not isinstance(properties, dict):
        return None, [("properties", row["properties"], _PROPERTIES)]

    def values(name: str) -> list[str]:
        found = properties.get(name, [])
        return [text for text in (found if isinstance(found, list) else [found]) if isinstance(text, str)]

    japanese = "jp" in {c.lower() for c in (*values("country"), *values("jurisdiction"), *values("mainCountry"))}
    numbers = [n for name in _FTM_NUMBERS for text in values(name) if japanese and (n := corporate_number(text))]
    texts = [text for name in _FTM_NAMES for text in values(name)]
    return _subject(row.get("id", ""), texts, numbers[0] if numbers else "", source), []


def _subject(identity: str, texts: Iterable[str], number: str, source: str) -> Subject | None:
    names = tuple(name for text in dict.fromkeys(t.strip() for t in texts) if not (name := Name(text)).empty)
    return Subject(identity or names[0].text, names, number, source) if names else None


def parted(cell: str) -> Iterator[str]:
    """The names in a cell of several."""
    return (part.strip() for part in re.split("[;|；｜]", cell) if part.strip())
