"""A reader with a fault that chance does not find: it lies behind four letters, one after the other."""


def read(raw):
    for at, letter in enumerate(b"Kana"):
        if raw[at : at + 1] != bytes((letter,)):
            return False
        if at == 3:
            raise IndexError("planted")
    return False
