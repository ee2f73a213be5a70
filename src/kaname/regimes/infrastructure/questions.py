"""Open questions of Chapter 3, one sentence each; the note of the same number in docs/law says more.

Note 03NN answers to the research item UNN: 306 is U06. Numbers above 320 are questions met while building.
"""

from collections.abc import Mapping

from kaname.law import Text

QUESTIONS: Mapping[int, Text] = {
}  # fmt: skip
