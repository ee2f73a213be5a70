"""`python -m kaname` does what `kaname` does."""

from kaname.cli import main

main()
