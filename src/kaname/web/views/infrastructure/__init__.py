"""The pages of critical infrastructure (Chapter 3): plan board, change classifier, scope wizard, registers."""
