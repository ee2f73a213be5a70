"""The parts of Chapter 4 that are declared, for the conformance test."""

from council_part import COUNCIL
from programme_part import PROGRAMME

PARTS = (PROGRAMME, COUNCIL)
