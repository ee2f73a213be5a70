"""Where the catalogue's statements come from. A statement names its sources; each stands here once."""

SOURCES: dict[str, str] = {
    "act": "Act No. 43 of 2022, consolidated text of 2026-09-18, https://laws.e-gov.go.jp/law/504AC0000000043",
    "order": "Enforcement Order, Cabinet Order No. 394 of 2022, as of 2026-06-01",
    "fsa": "Cabinet Office Order No. 61 of 2023, as of 2026-06-01 and 2026-09-18",
    "meti": "METI Order No. 41 of 2023, as of 2026-09-18",
    "mic": "MIC Order No. 64 of 2023, as of 2026-09-18",
    "mlit": "MLIT Order No. 62 of 2023, as of 2025-06-13 and 2026-09-18",
    "mlit_2023": "MLIT Order No. 62 of 2023, as of 2023-11-01 (opening part only)",
    "mhlw_2023": "MHLW Order No. 103 of 2023 (opening part only)",
    "finance_joint": "Five joint finance orders of 2023, as of 2023-11-17 (note 0309)",
    "agri": "Cabinet Office, MOF and MAFF Order No. 2 of 2023, as of 2026-09-18",
    "diff_2025": "Table of the amendment of 2024, in force 2025-04-01 (secondary)",
    "mhlw_2025": "Social Security Council, medical subcommittee, paper 3 of 2025-11-25",
    "reform_2026": "Index of law reform quoting the Official Gazette of 2026-09-16 (secondary)",
    "guide": "Basic guideline of 2023-04-28 and commentary, contents recalled and not read again (note 0301)",
    "law_firm": "Law-firm outline of plan contents and measures (headings only)",
}
