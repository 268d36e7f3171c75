"""Make exercises, what students get of them, and the proof that both are right."""
