"""Quizzes: items in YAML, drawn into concrete replicas, answered, scored, exported, analysed."""
