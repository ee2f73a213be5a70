"""Formats of tables, by the names of their files. Not in `tables`: to load pyarrow takes a sixth of a short command."""

from pathlib import Path

FORMATS = ("csv", "jsonl", "parquet")
_SUFFIXES = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet", ".pq": "parquet"}


def format_of(name: str, default: str = "csv") -> str:
    """The format that a file name announces; `.gz` behind it does not count."""
    return _SUFFIXES.get(Path(name.lower().removesuffix(".gz")).suffix, default)
