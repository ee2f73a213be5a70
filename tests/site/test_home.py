"""Files of keys: whole or not at all, also where the disk is full."""

import os
import subprocess
import sys

TRIES = """
import resource, sys
from pathlib import Path
from kaname.site.home import write_new
resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))
try:
    write_new(Path(sys.argv[1], "key"), bytes(32))
except OSError as full:
    print(full.errno)
"""


def test_of_a_key_that_does_not_fit_nothing_is_left(tmp_path):
    """The system takes ten bytes of thirty-two, and says so by their number alone."""
    command = [sys.executable, "-c", TRIES, str(tmp_path)]
    done = subprocess.run(command, env=os.environ, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "27" and list(tmp_path.iterdir()) == []
