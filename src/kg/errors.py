"""The three families of errors, each with the exit code that the command line gives for it."""


class KgError(Exception):
    """One sentence for the reader: what is wrong, where, and what repairs it."""

    exit_code = 3


class DataError(KgError):
    """The curated data are at fault."""

    exit_code = 1


class CallerError(KgError):
    """The caller asked for something that is not there or not allowed."""

    exit_code = 2


class TooLargeError(CallerError):
    """The caller sent more than is taken."""


class StoreError(KgError):
    """The store, the snapshot or the machine is at fault."""

    exit_code = 3
