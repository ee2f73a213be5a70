"""What the decoders of pictures raise on a broken file: they were written for sound ones, and say it in many ways."""

import struct

BROKEN = (OSError, ValueError, SyntaxError, TypeError, LookupError, ArithmeticError, AttributeError, struct.error)
