"""The slider of periods says where it is while it moves; the page follows when it is let go."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

INDICATOR = "/indicatori/mean_taxable_income"
SLIDER = 'input[data-key="period"]'
SENT = """(end) => performance.getEntriesByType("resource")
  .filter(({ name }) => name.includes("/_page/") && name.endsWith(end)).length"""


def test_a_drag_names_its_periods_and_ends_with_one_page_and_one_step_back(page: Page) -> None:
    page.goto(INDICATOR)
    slider, output = page.locator(SLIDER), page.locator(".slider output")
    labels = (slider.get_attribute("data-labels") or "").split("|")
    assert len(labels) == int(slider.get_attribute("max") or "") + 1 > 5
    expect(output).to_have_text(labels[-1])
    box = slider.bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] - 6, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, middle, steps=6)
    page.wait_for_timeout(400)  # a reader who looks, and goes on
    assert slider.input_value() != str(len(labels) - 1)
    expect(output).to_have_text(labels[int(slider.input_value())])
    expect(page).to_have_url(re.compile(f"{INDICATOR}$"))
    page.mouse.move(box["x"] + 6, middle, steps=6)
    expect(output).to_have_text(labels[0])
    page.wait_for_timeout(400)
    page.mouse.up()
    expect(page).to_have_url(re.compile(f"period={labels[0]}$"))
    expect(page.locator(SLIDER)).to_be_focused()
    assert page.evaluate(SENT, f"period={labels[0]}") == 2  # asked for ahead, then found
    page.go_back()
    expect(page).to_have_url(re.compile(f"{INDICATOR}$"))
    expect(output).to_have_text(labels[-1])


@pytest.mark.parametrize(
    ("clock", "steps"),
    [("() => 0", 1), ("() => { window.at = (window.at || 0) + 5000; return window.at; }", 3)],
)
def test_keys_move_it_at_once_and_what_is_near_in_time_is_one_step_back(
    page: Page, clock: str, steps: int
) -> None:
    page.goto(INDICATOR)
    slider = page.locator(SLIDER)
    labels = (slider.get_attribute("data-labels") or "").split("|")
    length = page.evaluate("history.length")
    page.evaluate(f"performance.now = {clock}")
    slider.focus()
    for label in (labels[-2], labels[-3], labels[-4]):
        page.keyboard.press("ArrowLeft")
        expect(page).to_have_url(re.compile(f"period={label}$"))
        expect(slider).to_have_attribute("aria-valuetext", label)
        expect(slider).to_be_focused()
    assert page.evaluate("history.length") == length + steps
    page.go_back()
    expect(slider).to_have_attribute("aria-valuetext", labels[-1] if steps == 1 else labels[-3])
