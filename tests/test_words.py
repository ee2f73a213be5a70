"""How the program's words read: every text in two languages in the package, from its source.

Our own texts are held to all of it. What speaks in the words of the Act is held to the lengths alone: the declarations
of the regimes and the tables of the law (STATUTE), and rules of counting quoted from codes (QUOTES). A word with 等
that a statute defines may be used anywhere (DEFINED).
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import mean
from typing import NamedTuple

import pytest

import kaname

ROOT = Path(kaname.__file__).parent
STATUTE = ("regimes/", "law/")
QUOTES = ("days/rules.py", "papers/inventory/official.py")  # codes on counting and filing; the names of official forms
DEFINED = (
    "導入等", "重要維持管理等", "支援法人等", "外国政府等", "政府等", "内閣総理大臣等", "明細書等", "原材料等",
    "許認可等",
    "供給者等",  # the tables of a filing: suppliers, and those entrusted; the page of a plan's vendors says so
)  # fmt: skip
_WHOLE = re.compile("平等|高等|同等|対等|均等|上等|何等|等級|等し|等号|等式|等価|等分|等比|等質")
LONGEST_JA, MEAN_JA, LONGEST_EN, MEAN_EN = 80, 50, 30, 20
_PAIR = re.compile(r"""\{% t (?:"([^"]*)"|'([^']*)') (?:"([^"]*)"|'([^']*)')""")
_PLAIN = re.compile(r"(?<!す)(?:る|た|だ|ない|こと|である)。$")
_POLITE = re.compile(r"(?:ました|でした|ですか|ますか)。$")
_VAGUE_VERBS = re.compile(r"\bshall\b", re.IGNORECASE)


class Pair(NamedTuple):
    where: str
    line: int
    ja: str
    en: str

    @property
    def own(self) -> bool:
        return not self.where.startswith((*STATUTE, *QUOTES))

    @property
    def on_a_page(self) -> bool:
        return self.where.startswith("web/")

    def __str__(self) -> str:
        return f"{self.where}:{self.line}: {self.ja} | {self.en}"


@cache
def pairs() -> tuple[Pair, ...]:
    return (*_in_code(), *_in_templates())


def _in_code() -> Iterator[Pair]:
    for file in sorted(ROOT.rglob("*.py")):
        where = str(file.relative_to(ROOT))
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) in ("T", "Text") and len(node.args) == 2:
                ja, en = map(_said, node.args)
                if ja is not None and en is not None:
                    yield Pair(where, node.lineno, ja, en)


def _in_templates() -> Iterator[Pair]:
    for file in sorted((ROOT / "web/templates").rglob("*.html")):
        source = file.read_text("utf-8")
        for found in _PAIR.finditer(source):
            a, b, c, d = (group or "" for group in found.groups())
            yield Pair(str(file.relative_to(ROOT)), source[: found.start()].count("\n") + 1, a or b, c or d)


def _name(node: ast.expr) -> str:
    return getattr(node, "id", "") or getattr(node, "attr", "")


def _said(node: ast.expr) -> str | None:
    """The words of a literal; a place that is filled in later counts as one letter."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(v.value if isinstance(v, ast.Constant) else "X" for v in node.values)
    return None


def sentences_ja(text: str) -> list[str]:
    return [s.strip() for s in re.split(r"(?<=。)(?!」)|\n", text) if s.strip()]


def sentences_en(text: str) -> list[str]:
    return [s.strip() for s in re.split(r"(?<=[.;:?!])\s+|\n", text) if s.strip()]


def vague(text: str) -> bool:
    for word in DEFINED:
        text = text.replace(word, "")
    return "等" in _WHOLE.sub("", text)


def plain(text: str) -> bool:
    """Whether a sentence ends in the plain form where a page speaks to people."""
    return any(_PLAIN.search(s) and not _POLITE.search(s) for s in sentences_ja(text))


def test_there_is_something_to_read():
    assert len(pairs()) > 10_000 and any(p.where.endswith(".html") for p in pairs())


def test_both_languages_say_something():
    assert [str(p) for p in pairs() if len(p.ja.strip()) > 12 and not p.en.strip()] == []
    assert [str(p) for p in pairs() if len(p.en.strip()) > 24 and not p.ja.strip()] == []


def test_no_japanese_sentence_is_too_long():
    assert [f"{len(s)}: {p}" for p in pairs() for s in sentences_ja(p.ja) if len(s) > LONGEST_JA and _is_text(s)] == []
    assert mean(len(s) for p in pairs() for s in sentences_ja(p.ja) if s.endswith("。")) <= MEAN_JA


def test_no_english_sentence_is_too_long():
    long = [f"{n}: {p}" for p in pairs() for s in sentences_en(p.en) if (n := len(s.split())) > LONGEST_EN]
    assert long == []
    assert mean(len(s.split()) for p in pairs() for s in sentences_en(p.en) if s.endswith(".")) <= MEAN_EN


def test_own_texts_say_what_they_mean():
    assert [str(p) for p in pairs() if p.own and vague(p.ja)] == []
    assert [str(p) for p in pairs() if p.own and _VAGUE_VERBS.search(p.en)] == [], "say must or may"


def test_pages_speak_politely():
    assert [str(p) for p in pairs() if p.on_a_page and plain(p.ja)] == []


def test_no_double_negation():
    assert [str(p) for p in pairs() if p.own and re.search(r"なく(は|も)ない|ないことはない|ざるを得", p.ja)] == []


def _is_text(sentence: str) -> bool:
    """Not a line of a table or of code, as the help of a command shows."""
    return len(re.findall(r"[ぁ-んァ-ヶ一-鿿]", sentence)) > len(sentence) / 3


_BUTTON = re.compile(r"<button\b[^>]*>(?:\s*<[^>]*>)*\s*" + _PAIR.pattern)
_VERB = re.compile(r"(?:[うくぐすつぬぶむる]|ログアウト|検索|印刷|コピー|English)(?:（[^）]*）| \(.*\))?$")
# An act by its own label, answers to the question above them, the next place with what was typed kept: 保存して一覧へ.
_ANSWER = re.compile(r"^(?:はい|いいえ|四つのどれも満たさない|今はできません|\{n\}件に\{a\}|\{n\}件で「)$|して.*へ$")


def test_buttons_are_verbs():
    found = []
    for file in sorted((ROOT / "web/templates").rglob("*.html")):
        for match in _BUTTON.finditer(file.read_text("utf-8")):
            ja = match[1] or match[2] or ""
            if not (_VERB.search(ja) or _ANSWER.search(ja)):
                found.append(f"{file.relative_to(ROOT)}: {ja}")
    assert found == []


@pytest.mark.parametrize("word", ["添付書類等", "（案）等", "届出等を出す"])
def test_a_vague_word_is_found(word):
    assert vague(f"この{word}がいる")


@pytest.mark.parametrize("word", ["導入等計画書", "平等", "高等", "同等", "一等級", "支援法人等"])
def test_a_defined_or_whole_word_is_not(word):
    assert not vague(word)


def test_a_plain_ending_is_found():
    assert plain("設定した。") and plain("入力すること。") and plain("見る。続きます。")
    assert not plain("設定しました。") and not plain("入力してください。") and not plain("一行に一つ。")
