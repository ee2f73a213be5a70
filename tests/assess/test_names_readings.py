"""What comparison makes of a name: two spellings of one name read alike, two names do not."""

import csv
import os
from pathlib import Path

import pytest

from kaname.assess.names import Kind, Name, Rule, corporate_number, score

SHARED = Path(os.environ.get("KANAME_SHARED", Path(__file__).resolve().parents[3] / "shared")) / "data"


def alike(ours: str, theirs: str) -> float:
    """The best score of any two readings."""
    pairs = [(a, b, kind) for kind in Kind for a in Name(ours).of(kind) for b in Name(theirs).of(kind.counterpart)]
    return max((score(a.words, b.words, k.initialled, k.by_letters).score for a, b, k in pairs), default=0.0)


@pytest.mark.parametrize(
    "spellings",
    [
        "株式会社トヨタ自動車|㈱トヨタ自動車|トヨタ自動車（株）|トヨタ自動車㍿|ﾄﾖﾀ自動車 株式會社",
        "株式会社　サカタのタネ|サカタノタネ　カブシキカイシャ|サカタのたね",
        "キヤノン株式会社|キャノン(株)|Kyanon K.K.",
        "ミヤタ|みやた|ﾐﾔﾀ|Miyata K.K.|MIYATA", "みやびきよし|Miyabi Kiyoshi", "カブシキガイシャミヤ|Miya Co., Ltd.",
        "渡邉電機|渡邊電機|渡辺電機|渡边電機",
        "齋藤製作所|斎藤製作所|齊藤製作所|斉藤製作所",
        "澤田廣吉|沢田広吉|沢田広𠮷",
        "サーバーサービス|サーバサービス|サ－バ－サ－ビス|さーばーさーびす",
        "华为技术有限公司|華為技術有限公司|華爲技術股份有限公司",
        "Example Trading Co., Ltd.|EXAMPLE TRADING COMPANY LIMITED|Example Trading K.K.|Ｅｘａｍｐｌｅ Trading㈱",
        "Müller & Söhne GmbH & Co. KG|Muller and Sohne|Müller and Söhne AG|MUELLER AND SOEHNE GMBH",
        "Mueller Maschinen AG|Müller Maschinen GmbH",
        "ООО «ИЖТЕЛЕКОМ»|ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ \"ИЖТЕЛЕКОМ\"|Izhtelekom OOO|IZHTELEKOM LLC",
        "주식회사 삼성전자|삼성전자(주)|삼성전자주식회사",
        "Société Générale S.A.|SOCIETE GENERALE SA|Societe Generale",
        "Raicar Service S.r.l.|RAICAR SERVICE SRL|Raicar Service S R L",
        "Μότορ Όιλ Α.Ε.|Motor Oil AE",
        "Abdulhai SALEK|SALEK, Abdulhai",
        "Abu Mu‘ayyad|ABU MU'AYYAD|Abu Muayyad",
        "محمد عبد الكريم الغماري|Muhammad Abd al-Karim al-Ghamari|مُحَمَّد عبد الکریم الغماری",
    ],
)  # fmt: skip
def test_spellings_of_one_name_score_one(spellings):
    first, *others = spellings.split("|")
    assert {other: alike(first, other) for other in others} == dict.fromkeys(others, 1.0)


@pytest.mark.parametrize(
    "pair",
    [
        "주식회사 삼성전자|주식회사 현대자동차", "株式会社日立製作所|株式会社島津製作所", "有限会社青木|有限会社赤木",
        "Alpha Limited|Omega Limited", "ООО Альфа|ООО Омега", "محمد سعیدی|Muhammad Essa Akhund",
    ],
)  # fmt: skip
def test_a_common_form_or_first_name_makes_no_similar_name(pair):
    assert alike(*pair.split("|")) < 0.9


@pytest.mark.parametrize(
    ("name", "words", "dropped"),
    [
        ("株式会社トヨタ自動車", "トヨタ自動車", "株式会社"),
        ("S.A. Example N.V.", "example", "N.V. S.A."),
        ("PT Example Tbk", "example", "Tbk. PT"),
        ("Example (Pvt) Ltd", "example", "Pvt. Ltd."),
        ("บริษัท ปตท จำกัด (มหาชน)", "ปตท", "จำกัด บริษัท"),
        ("株式会社", "株式会社", ""),
        ("GmbH", "gmbh", ""),
        ("Kim S A", "kim", "S.A."),
    ],
)
def test_forms_are_taken_off_at_either_end_but_never_everything(name, words, dropped):
    found = Name(name)
    assert (" ".join(found.words), " ".join(found.dropped)) == (words, dropped)


@pytest.mark.parametrize(
    "form", ["株式会社", "(株)", "GmbH", "Company Limited", "ООО", "주식회사", "株式会社 株式会社"]
)
def test_a_name_of_nothing_but_a_form_says_so(form):
    assert Name(form).only_form
    assert not Name(form + "桜" if not form.isascii() else form + " Sakura").only_form


@pytest.mark.parametrize("text", ["", "   ", "---", "\u202e\u202c", "＊", "\ud800", "\x00\x07"])
def test_a_name_without_letters_is_empty(text):
    assert Name(text).empty
    assert Name(text).readings == ()


@pytest.mark.parametrize("hidden", ["\u202e", "\u200b", "\u2066", "\x07", "\ufeff", "\ud800"])
def test_what_nobody_sees_is_left_out_and_told(hidden):
    name = Name(f"Ex{hidden}ample" if hidden != "\x07" else f"Example{hidden}")
    assert name.hidden
    assert name.words == ("example",)
    assert not Name("Example").hidden


def test_letters_of_two_scripts_in_a_word_are_told_and_read_by_their_looks():
    name = Name("Gаzprom")  # the second letter is Cyrillic
    assert name.mixed
    assert (Kind.LATIN, ("gazprom",)) in {(r.kind, r.words) for r in name.readings}
    assert not Name("Газпром").mixed
    assert not Name("NTTデータ").mixed


def test_a_translation_in_brackets_is_a_name_of_its_own():
    found = Name("華為技術有限公司 (Huawei Technologies Co., Ltd.)").readings
    assert (("huawei", "technologies"), Rule.BRACKETS) in {(r.words, r.rule) for r in found}
    assert not any(r.rule is Rule.BRACKETS for r in Name("Example (Japan) Ltd").readings)


@pytest.mark.parametrize(("text", "latin"), [
    ("シヤチミヤ", {"shachimya", "shiyachimiya"}), ("シャチミヤ", {"shachimya", "shachimiya"}),
    ("ミャタ", {"myata"}), ("サトウ", {"sato"}),
])  # fmt: skip
def test_large_kana_are_read_as_one_syllable_and_as_two(text, latin):
    assert {r.words[0] for r in Name(text).of(Kind.LATIN)} == latin


def test_kanji_have_no_reading_by_rule():
    assert [r.kind for r in Name("東京電機").readings] == [Kind.NATIVE]


def test_check_digits_of_corporate_numbers():
    with (SHARED / "conformance" / "jp_corporate_numbers.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 30
    for row in rows:
        number = row["corporate_number"]
        assert (corporate_number(number) == number) is (row["check_digit_ok"] == "True")
        wrong = str((int(number[0]) + 1) % 10) + number[1:]
        assert corporate_number(wrong) is None
    assert corporate_number("６０２０－００１００－８６６２") == "6020001008662"
    for text in ("", "602000100866", "60200010086621", "T6020001008662", "六〇二〇"):
        assert corporate_number(text) is None
