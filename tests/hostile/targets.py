"""Where coverage leads (`tools/fuzz.py`): a reader each, by what must hold of any bytes, the same as in the tests here.

Each gives that, a function of bytes, and the sound inputs that the corpus begins with. It is asked for once Atheris
looks at what is imported.
"""

import json
import random
from functools import partial
from pathlib import Path

REGRESSIONS = Path(__file__).parents[1] / "regressions/fuzz"  # a folder a target: inputs that once failed


def strict_json():
    from hostile import test_fuzz_json as of

    return of.one_meaning, _json_seeds()


def canonical_json():
    from hostile import test_fuzz_json as of

    return of.canonical, _json_seeds()


def ledger():
    from hostile import test_fuzz_json as of

    return of.ledger, [of.LINE.encode(), b"\n".join([of.LINE.encode()] * 3)]


def bundle():
    """The container: what a pinned office signs is taken by our reader and by `kaname-verify`, or by neither."""
    from hostile import signed_bundle as of

    return of.agreed, [of.SOUND]


def csv():
    from tempfile import mkdtemp

    from hostile import test_fuzz_tables as of

    place = Path(mkdtemp(prefix="kaname-fuzz-")) / "t.csv"
    lot = random.Random(0)
    return (lambda raw: bool(of.table_told(raw, place))), [of.table(lot) for _ in range(40)]


def _assessed(kind):
    def target():
        from hostile import test_fuzz_assessed as of

        return partial(of.held, kind), [of.KINDS[kind].sound]

    return target


def asked():
    """Search words, symbols, places in lists."""
    from hostile import grammar
    from hostile import test_fuzz_asked as of

    def answered(raw):
        text = raw.decode("utf-8", "ignore")
        for read in of.READERS.values():
            read(text)
        return True

    return answered, [one.encode("utf-8", "ignore") for one in grammar.NASTY if len(one) < 200]


def _bill(form, sound):
    def target():
        from hostile import batch_child
        from hostile import test_fuzz_bills as of

        def whole(raw):
            return of.whole(raw, batch_child.head_of(batch_child.loaded(of.form_of(raw)), {}, raw))

        return whole, [getattr(of, sound).encode() if sound == "XML" else of.SOUND.text.encode()]

    return target


def _owners(form):
    def target():
        from hostile import test_fuzz_owners as of

        sound = of.SOUND_BODS.text if form == "bods" else "\n".join(map(json.dumps, of.ENTITIES))
        return partial(of.told, form=form), [sound.encode()]

    return target


def _paper(program, asked, sounds):
    """Read here, without a child: what makes the reader break off by what it did not foresee is found."""

    def target():
        from hostile import batch_child
        from hostile import test_fuzz_papers as of

        reader = batch_child.loaded(program)

        def foreseen(raw):
            said = batch_child.head_of(reader, asked, raw)
            assert "fault" not in said and said.get("refused", "") in of.KNOWN | {""}, said
            return "refused" not in said

        return foreseen, sounds(of)

    return target


def planted():
    from hostile import planted_reader as of

    return of.read, [b"x" * 8]


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TARGETS = {
    "json": strict_json, "canonical": canonical_json, "ledger": ledger, "bundle": bundle, "csv": csv, "asked": asked,
    **{f"table_{kind.replace(' ', '_').lower()}": _assessed(kind) for kind in
       ("links", "firms", "sectors", "chain provision", "Comtrade", "production", "concordance")},
    "bill_json": _bill("json", "BILL"), "bill_xml": _bill("xml", "XML"), "bods": _owners("bods"), "ftm": _owners("ftm"),
    "pdf": _paper("read", {"type": "application/pdf"}, lambda of: [of.page_of("特定重要設備")]),
    "docx": _paper("read", {"type": _WORD}, lambda of: [of.WORDS]),
    "xlsx": _paper("sheet", {}, lambda of: [of.A_BOOK]),
}  # fmt: skip

# Inputs that the design asks of the long run, over all of them together; of each kind of table a share.
ASKED = {
    **dict.fromkeys(("json", "canonical", "ledger", "bundle"), 2_000_000), **dict.fromkeys(("csv", "asked"), 1_000_000),
    **dict.fromkeys((name for name in TARGETS if name.startswith("table_")), 150_000),
    **dict.fromkeys(("bill_json", "bill_xml", "bods", "ftm"), 500_000),
    **dict.fromkeys(("pdf", "docx", "xlsx"), 200_000),
}  # fmt: skip

PLANTED = {"planted": planted}  # for the test of the runner


def _json_seeds():
    from hostile import grammar

    lot = random.Random(0)
    return [grammar.json_text(lot, n % 3).encode("utf-8", "surrogatepass") for n in range(60)]
