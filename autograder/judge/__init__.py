"""The process that holds the tests, the reference and the score."""
