"""The mixed test: questions over all sections, different ones each time."""
