"""The version, in the one place that provenance and packaging read."""

VERSION = "0.1.0"
