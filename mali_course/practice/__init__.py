"""The mixed test: questions over all sections, none of them from the last test."""
