"""The charts of the course, a module each."""
