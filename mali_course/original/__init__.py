"""The report's own sentences, which each learner brings: the course itself does not hold them.

`fingerprints` tells a sentence without its text, `bringing` takes a file, `kept` is where the
sentences are from then on.
"""
