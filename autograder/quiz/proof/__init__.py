"""Prove a quiz: every key run, every wrong answer wrong."""
