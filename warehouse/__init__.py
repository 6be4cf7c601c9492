"""The shared kernel: what an observation is, how it is declared and how it is kept."""
