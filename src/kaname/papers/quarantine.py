"""Documents that no scanner has looked at yet are kept, and opened for nobody; what it finds infected stays shut."""

import logging

from kaname.law import T
from kaname.ledger.errors import CannotOpen
from kaname.papers import scanner, vault
from kaname.papers.models import Document
from kaname.papers.scanner import Verdict

WAITING, INFECTED = "waiting", "infected"
_log = logging.getLogger("kaname.papers")
SAID = {
    WAITING: T("ウイルスの検査を待っている。検査が済めば開ける。しばらくしてからもう一度",
               "it waits for the virus scanner, and opens once it was looked at; try again in some minutes"),
    INFECTED: T("ウイルスが見つかったので開けない。出した人に、きれいなものを出し直すよう求める",
                "a virus was found in it: it is not opened; ask who handed it in for a clean one"),
}  # fmt: skip
REFUSED = T("ウイルスが見つかったので受け取らない。機械を検査し、きれいなファイルを添え直して",
            "a virus was found in it: not taken; look over your machine and attach a clean file")  # fmt: skip


def look(stored: vault.Stored) -> Verdict:
    """What the scanner says of a file that has just come in."""
    if not scanner.is_set():
        return Verdict.CLEAN
    said = scanner.scan(vault.pieces(stored.id, stored.key, stored.stored_size))
    if said is Verdict.INFECTED:
        _log.warning("a file was refused: the scanner found a virus in it")
    return said


def scan_waiting() -> tuple[int, int]:
    """Have those looked at that wait; returns how many opened, and how many were found infected. It ends with the first
    that the scanner does not answer."""
    from kaname.papers.shelf import told  # keeping asks for a verdict, and so stands above

    done = {Verdict.CLEAN: 0, Verdict.INFECTED: 0}
    for document in Document.objects.filter(quarantine=WAITING).order_by("pk").iterator():
        try:
            said = scanner.scan(vault.pieces(document.public_id, bytes.fromhex(told(document)["key"]),
                                             document.stored_size))  # fmt: skip
        except CannotOpen:
            continue  # `verify` names it
        if said is Verdict.AWAY:
            break
        state = INFECTED if said is Verdict.INFECTED else ""
        if Document.objects.filter(pk=document.pk, quarantine=WAITING).update(quarantine=state):
            done[said] += 1
            if state:
                _log.warning("a document in quarantine stays shut: the scanner found a virus in it")
    return done[Verdict.CLEAN], done[Verdict.INFECTED]
