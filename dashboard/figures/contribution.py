"""A contribution as a bar from the middle of its line, left where it is negative, as SVG."""

from __future__ import annotations

HEIGHT = 14
NARROWEST = 0.4  # percent, so that a contribution that is printed as zero is still seen


def contribution(amount: float, largest: float) -> str:
    """Return the bar of `amount` on a line whose ends are ± `largest`."""
    width = max(NARROWEST, 50 * abs(amount) / (largest or 1))
    left = 50 - width if amount < 0 else 50
    return (
        f'<svg class="contribution" height="{HEIGHT}" aria-hidden="true">'
        f'<rect x="{left:.2f}%" y="1" width="{width:.2f}%" height="{HEIGHT - 2}"/>'
        f'<line x1="50%" x2="50%" y1="0" y2="{HEIGHT}"/></svg>'
    )
