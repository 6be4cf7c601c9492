"""Judgement of a series: its direction, its targets and how far it can be relied upon."""
