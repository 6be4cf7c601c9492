"""Critical values of the tests, that the explanation of a status shows too."""

from __future__ import annotations

from math import sqrt

CHI_SQUARE = 9.5495357  # p < 0.002, one degree of freedom
Z_OF_ENDS = sqrt(CHI_SQUARE)
LEAST_RESIDENTS = 150_000  # to judge three or four values whose counts are not known
SMALL, FEW = 10, 100  # cases: too small to judge, with caution
