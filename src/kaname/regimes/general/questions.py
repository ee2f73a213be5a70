"""Open questions of the general part, one sentence each; the note of the same number in docs/law says more."""

from collections.abc import Mapping

from kaname.law import T, Text

QUESTIONS: Mapping[int, Text] = {
    14: T("令和8年法律第38号による改正の内容は一部未読", "what Act No. 38 of 2026 changed was read only in part"),
    501: T("2026年9月11日の基本方針・基本指針の改定は本文未確認",
        "the revision of basic policy and guidelines of 2026-09-11 was not seen"),
    502: T("2026年10月1日公表の金融庁府令案は未読", "the draft orders of the FSA of 2026-10-01 were not read"),
    503: T("附帯決議の本文は未確認", "the texts of the resolutions were not seen"),
    504: T("改められた基本指針がいつまで効力を有するかは書かれていない",
        "until when a guideline that is changed stays in force is not written"),
}  # fmt: skip
