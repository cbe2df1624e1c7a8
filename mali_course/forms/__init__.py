"""A form in, HTML out: one renderer, one widget and its small script. Knows nothing of grading."""
