"""Why two names were found similar, in a sentence: the words and their scores, what was left out, by which rule."""

from kaname.assess.names.reading import Name, Reading, Rule
from kaname.assess.names.score import Match, score
from kaname.assess.names.screening import NUMBER, Finding
from kaname.law import T, Text

_BY = {
    "letters": T("文字列全体", "all letters"),
    "arranged": T("語順をそろえた文字列", "all letters, words in alphabetical order"),
    "words": T("語ごと", "word by word"),
}
_RULES = {
    Rule.ROMANISED: T("ローマ字", "in Latin letters"),
    Rule.UMLAUT: T("ウムラウトを開いた綴り", "with umlauts spelt out"),
    Rule.LOOKALIKE: T("形の似たラテン文字", "with Latin letters that look the same"),
    Rule.CONSONANTS: T("子音", "consonants only"),
    Rule.BRACKETS: T("括弧の内外", "one side of the brackets"),
}


def reasons(found: Finding) -> Text:
    """The sentence that goes with a finding."""
    if found.rule == NUMBER:
        return T("法人番号が同じ。", "The same corporate number.")
    (our_name, ours), (their_name, theirs) = found.ours, found.theirs
    parts = [
        _head(found),
        _words(ours, theirs, score(ours.words, theirs.words, ours.kind.initialled, ours.kind.by_letters).matches),
    ]
    parts += [_seen_as(ours, theirs), _dropped(our_name, their_name), _warned(our_name, their_name)]
    kept = [part for part in parts if part]
    return T("".join(f"{part.ja}。" for part in kept), " ".join(f"{part.en}." for part in kept))


def _head(found: Finding) -> Text:
    by = _BY[found.rule]
    return T(f"名称が類似 {found.score:.3f}（{by.ja}）", f"Similar name, {found.score:.3f} ({by.en})")


def _words(ours: Reading, theirs: Reading, matches: tuple[Match, ...]) -> Text | None:
    """Which words were paired, and which stand alone on either side."""
    paired = ", ".join(
        f"{m.ours} = {m.theirs}" if m.ours == m.theirs else f"{m.ours} ~ {m.theirs} {m.alike:.2f}" for m in matches
    )
    left = _unpaired(ours.words, [m.ours for m in matches]), _unpaired(theirs.words, [m.theirs for m in matches])
    alone = T(f"対のない語：{left[0] or '—'} | {left[1] or '—'}", f"no pair for {left[0] or '-'} | {left[1] or '-'}")
    if not paired:
        return alone
    return T(f"{paired}；{alone.ja}", f"{paired}; {alone.en}") if any(left) else T(paired, paired)


def _unpaired(words: tuple[str, ...], paired: list[str]) -> str:
    left = list(words)
    for word in paired:
        left.remove(word)
    return " ".join(left)


def _seen_as(ours: Reading, theirs: Reading) -> Text | None:
    used = list(dict.fromkeys(r.rule for r in (ours, theirs) if r.rule is not Rule.WRITTEN))
    if not used:
        return None
    ja, en = "、".join(_RULES[r].ja for r in used), ", ".join(_RULES[r].en for r in used)
    return T(f"比べた形：{ja}", f"Compared {en}")


def _dropped(ours: Name, theirs: Name) -> Text | None:
    if not ours.dropped and not theirs.dropped:
        return None
    left, right = " ".join(ours.dropped) or "-", " ".join(theirs.dropped) or "-"
    return T(f"除いた会社の種類：{left} | {right}", f"Forms left out: {left} | {right}")


def _warned(ours: Name, theirs: Name) -> Text | None:
    said = []
    if ours.hidden or theirs.hidden:
        said.append(T("見えない文字がある", "Some characters cannot be seen"))
    if ours.mixed or theirs.mixed:
        said.append(T("一語にラテン文字とほかの文字が混じる", "Latin letters are mixed with others in a word"))
    return T("、".join(s.ja for s in said), ", ".join(s.en for s in said)) if said else None
