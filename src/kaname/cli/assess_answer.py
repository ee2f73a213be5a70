"""How an answer of the advisers is put on the screen: the verdict, each reason with its provisions, what is missing."""

from collections.abc import Iterable, Mapping
from typing import Any

from kaname.cli import show
from kaname.law import Lang, T, Text

_VERDICT = {
    "inside": T("該当", "inside"), "outside": T("非該当", "outside"), "ask": T("要確認", "ask"),
}  # fmt: skip
_UNVERIFIED, _MISSING = T("未確認", "unverified"), T("不明", "missing")
_QUESTION = T("論点{n}", "question {n}")


def verdict(value: str, lang: Lang) -> str:
    return _VERDICT[value][lang]


def reasons(found: Iterable[Mapping[str, Any]], lang: Lang, indent: str = "    ") -> list[str]:
    """One line a reason: the sentence, its provisions, the mark of what is unverified, the number of the question."""
    lines = []
    for why in found:
        marks = [_UNVERIFIED[lang]] if why["unverified"] else []
        marks += [_QUESTION.fill(n=why["question"])[lang]] if why["question"] else []
        tail = f"（{'、'.join(marks)}）" if marks and lang == "ja" else f" ({', '.join(marks)})" if marks else ""
        lines.append(indent + show.with_basis(why["text"] + tail, ", ".join(why["basis"])))
    return lines


def missing(found: Iterable[Mapping[str, Any]], lang: Lang, indent: str = "    ", names: bool = False) -> list[str]:
    """One line a fact; `names`: under it those by which it is answered, where there are only so many."""
    lines = []
    for need in found:
        lines.append(f"{indent}{_MISSING[lang]}: {need['id']}  {need['label']}")
        lines += [f"{indent}  {id}  {name}" for id, name in need.get("options", {}).items() if names]
    return lines


def part(title: Text, answer: Mapping[str, Any], lang: Lang, names: bool = False) -> list[str]:
    """One question with its answer."""
    head = f"  {title[lang]}: {verdict(answer['verdict'], lang)}"
    return [head, *reasons(answer["why"], lang), *missing(answer["needs"], lang, names=names)]
