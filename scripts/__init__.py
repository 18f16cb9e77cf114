"""Helpers of the Makefile: set-up, samples, measurements."""
