"""What makes the database itself refuse to change a version or a note."""

from kaname.law import T
from kaname.ledger.append_only import AppendOnly

GUARDS = AppendOnly(
    ("vendors_version", "vendors_note"),
    "vendors_refuse",
    "a version and a note are never changed or deleted; add a later one",
    T(
        "開示の版と所見を守るトリガーが定められたものと違う；kaname migrate で元に戻る",
        "the triggers that protect versions and notes of vendors are not the ones laid down; run: kaname migrate",
    ),
)
install, faults = GUARDS.install, GUARDS.faults
