"""What a database may answer instead of rows."""


class DatabaseInUse(Exception):
    """Another process already serves this database."""


class DatabaseAway(Exception):
    """The database cannot be reached now; whether the last commit was made is not known."""


class DatabaseFull(DatabaseAway):
    """It can be read, and has no room for anything new."""


class DatabaseUnusable(Exception):
    """The database cannot be used until somebody mends it; the text says what is so, and what mends it."""


class DatabaseMissing(Exception):
    """There is no SQLite file yet; whoever serves it makes it."""
