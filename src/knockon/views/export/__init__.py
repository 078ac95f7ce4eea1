"""Answers and claims as files for other programs. Each module writes one format, and says what that format cannot carry."""
