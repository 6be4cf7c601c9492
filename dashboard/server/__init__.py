"""Layers between the network and the pages: limits, headers, logs, health."""
