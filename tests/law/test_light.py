"""kaname.law needs nothing but the standard library, so that anything may import it."""

import subprocess
import sys


def test_the_law_imports_the_standard_library_alone() -> None:
    code = (
        "import sys; before = set(sys.modules); import kaname.law\n"
        "new = {m.partition('.')[0] for m in set(sys.modules) - before}\n"
        "print(*sorted(new - set(sys.stdlib_module_names)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["kaname"]
