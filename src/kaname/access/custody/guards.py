"""What makes the database itself refuse to change the record of custody and the log of readings."""

from kaname.law import T
from kaname.ledger.append_only import AppendOnly

GUARDS = AppendOnly(
    (
        "access_sealedread", "access_decision", "access_asked", "access_answered", "access_copy", "access_copystep",
        "access_alarm", "access_release",
    ),
    "access_refuse",
    "what was read, asked, decided and copied is never changed or deleted",
    T(
        "閲覧の記録、承認、複製の簿冊を守るトリガーが定められたものと違う；kaname migrate で元に戻る",
        "the triggers that protect the log of readings, approvals and copies are not the ones laid down; "
        "run: kaname migrate",
    ),
)  # fmt: skip
install, faults = GUARDS.install, GUARDS.faults
