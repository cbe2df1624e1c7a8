"""The record of a learner's work: a log that only grows, its summary, and files to move it."""
