"""The item bank: items, their grading and the steps of feedback. Pure Python, no display."""
