"""The mixed test: questions over all sections, drawn anew each time."""
