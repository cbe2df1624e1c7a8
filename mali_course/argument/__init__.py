"""The argument map: which claims of the report its text joins, with which word, and where."""
