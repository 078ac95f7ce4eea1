"""Benchmarks beside their baselines: ``make bench``, or ``python -m benchmarks``."""
