"""What a reader says when it cannot read."""


class Ilegible(ValueError):
    """What was written is not of the kind that was asked for; the message says what to write instead."""


class Preciso(Ilegible):
    """The message names what is wrong with this very writing: better than any general words of a field."""


class Ambiguo(Preciso):
    """It may be read in two ways, and the message names both: nobody guesses."""
