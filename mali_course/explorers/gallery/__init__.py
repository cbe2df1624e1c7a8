"""The explorers of the course, a module each."""
