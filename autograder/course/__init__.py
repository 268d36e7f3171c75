"""The course as its author wrote it: ``course.yaml``, exercises and causes, read and checked."""
