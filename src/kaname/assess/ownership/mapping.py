"""Which column of a table feeds which field."""

import difflib

from kaname.files.batches import Reader, twice
from kaname.files.problems import BadInput, Problem
from kaname.law import T


def mapping(
    reader: Reader, given: tuple[str, ...], fields: tuple[str, ...], required: tuple[str, ...]
) -> dict[str, str]:
    """Which column of the file feeds which field: those of the same name, and NAME=SOURCE. Raises BadInput."""
    names = reader.names
    wanted, have, problems = {name: name for name in fields if name in names}, ", ".join(names), []
    for one in given:
        name, equals, source = one.partition("=")
        if not equals or name not in fields or source not in names:
            wrong = T(f"NAME=SOURCE の形で；NAME は {', '.join(fields)}；ある列は {have}",
                      f"expected NAME=SOURCE; NAME one of {', '.join(fields)}; the file has {have}")  # fmt: skip
            problems.append(Problem("--column", 0, one, wrong))
        else:
            wanted[name] = source
    if reader.name == "-" and names and names[0][:1] in ("[", "{"):
        wrong = T(
            "JSONに見える；--format bods、ftm 又は jsonl を付ける", "looks like JSON; add --format bods, ftm or jsonl"
        )
        raise BadInput([Problem(reader.name, 1, "", wrong)])
    for name in required:
        if name not in wanted and not problems:
            close = difflib.get_close_matches(name, names, 1, 0.7)
            like = (close or ["..."])[0]
            wrong = T(f"列がない；ある列は {have}；--column {name}={like} で対応を示せる",
                      f"no such column; the file has {have}; map one with --column {name}={like}")  # fmt: skip
            problems.append(Problem(reader.name, 1, name, wrong))
    problems += twice(reader, wanted.values())
    if problems:
        raise BadInput(problems)
    return wanted
