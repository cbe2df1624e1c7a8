"""Which edition of the course this is."""

__all__ = ["EDITION", "FIRST_EDITION"]

# A new edition has other questions. Its notebooks are put beside those of an earlier one.
EDITION = "0.2"
# The notebooks of the first edition do not say that they are of it.
FIRST_EDITION = "0.1"
