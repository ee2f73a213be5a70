"""What the ledger raises when it can give neither a receipt nor a refusal. Each says what to do."""

from kaname.law import T, Text


class LedgerError(Exception):
    """Nothing was recorded, unless it says otherwise. `text` is for the user."""

    text: Text

    def __init__(self, text: Text | None = None) -> None:
        self.text = text or type(self).text
        super().__init__(self.text.en)


class UnknownCase(LedgerError, LookupError):
    """There is no case of that id, for the one who asks."""

    text = T("その番号の事件はない", "there is no such case")


class Moved(LedgerError):
    """Another act was recorded since the caller last looked."""

    text = T(
        "見ていた間に、事件に別の行為が記録された。今の姿を見てから、もう一度",
        "another act was recorded in this case meanwhile; look at it as it stands now, then repeat",
    )


class Busy(LedgerError):
    """Others are writing."""

    text = T(
        "台帳が混み合っている。少し待って、同じ idempotency key でもう一度",
        "the ledger is busy; wait a little and repeat with the same idempotency key",
    )


class Full(LedgerError):
    """No room on the disk: reading goes on."""

    text = T(
        "記録する場所がない（ディスクの空きがない）。読むことはできる。空きを作って、同じ idempotency key でもう一度",
        "no room to record (the disk is full); reading goes on. Free some and repeat with the same idempotency key",
    )


class CommitUnknown(LedgerError):
    """The connection was lost at the commit: recorded or not, the same key finds out."""

    text = T(
        "接続が切れ、記録されたか分からない。同じ idempotency key で繰り返せば、二重にはならない",
        "the connection was lost: it is not known whether the act was recorded. Repeat with the same idempotency "
        "key; it will not be recorded twice",
    )


class Elsewhere(LedgerError):
    """The case is a copy here."""

    text = T(
        "この事件は他の機関の台帳にある；受領証と証明はその機関が出す",
        "this case is kept by another office, which alone gives receipts and proofs of it",
    )


class StartRefused(LedgerError):
    """The database does not protect the entries. Raised at the start, with every fault."""


class KeysMissing(StartRefused):
    """The master key under which values were sealed is not here. Nothing is lost while it exists anywhere."""

    def __init__(self, *names: str) -> None:
        listed = ", ".join(names)
        super().__init__(
            T(
                f"封緘の親鍵 {listed} がない。保管してある sealing_key（と circle_keys）を KANAME_HOME に戻すこと"
                "（値は失われていない）",
                f"the master key {listed} of the sealed values is missing; put the sealing_key (and the "
                "circle_keys) that were kept apart back into KANAME_HOME (no value is lost)",
            )
        )


class CannotOpen(LedgerError):
    """A sealed value, draft or document that does not open. One message, whatever was wrong with it."""

    text = T(
        "封緘されたものが開けない（変えられたか、別の場所から移されたもの）。kaname verify で確かめること",
        "what was sealed does not open: it was changed, or moved here from another place; run: kaname verify",
    )


class Destroyed(CannotOpen):
    """It was sealed under a key that people have destroyed: nobody will ever open it again."""

    def __init__(self, on: str, reason: str) -> None:
        super().__init__(
            T(f"この区画の鍵は {on} に破棄された（理由：{reason}）。中身は誰にも開けない",
              f"the key of this compartment was destroyed on {on} ({reason}): nobody can open what it sealed")
        )  # fmt: skip
