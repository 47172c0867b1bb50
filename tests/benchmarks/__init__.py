"""Figures, printed by `make bench`; what they were on one machine stands in docs/benchmarks.md."""
