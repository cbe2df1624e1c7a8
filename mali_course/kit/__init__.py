"""Tools for teachers and maintainers. Nothing that a learner runs imports them."""
