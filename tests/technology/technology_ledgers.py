"""Ledgers of Chapter 4 (see case_ledgers): of concepts, calls and projects."""

from pathlib import Path

from case_ledgers import Ledgers, ledger

CASES = Path(__file__).parent / "cases"
CONCEPT = Ledgers("technology.concept", "concept", CASES)
CALL = Ledgers("technology.call", "call", CASES)
PROJECT = Ledgers("technology.project", "project", CASES)

__all__ = ["CALL", "CASES", "CONCEPT", "PROJECT", "ledger"]
