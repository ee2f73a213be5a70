"""The pages of critical technologies (Chapter 4): from a technology to its use, and the rooms of councils."""
