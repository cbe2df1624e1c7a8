"""The results of a class, from the progress files that its learners handed in."""
