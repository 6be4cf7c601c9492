"""The colours and type of the design system, for the stylesheet and the charts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

FONT = '"Titillium Web", Geneva, Tahoma, sans-serif'

LIGHT = {
    "bg": "#F3F6F9", "card": "#FFFFFF", "ink": "#1A1A1A", "ink2": "#52667A", "head": "#17324D",
    "line": "#D5DCE4", "grid": "#E4E9EF", "pri": "#0066CC", "onpri": "#FFFFFF",
    "prit": "#F2F7FC", "prih": "#004D99", "pria": "#003366", "good": "#0072B2",
    "goodt": "#E8F3FA", "steady": "#6B6B6B", "steadyt": "#F1F2F3", "att": "#B34700",
    "attt": "#FCEEE4", "hl": "#D55E00", "hlt": "#A34700", "ctx": "#7C8B9A", "mute": "#8492A1",
    "fill": "#DDE4EB", "plan": "#8091A3", "m1": "#E3EDF6", "m2": "#B4D0E7", "m3": "#77A9D1",
    "m4": "#3779AE", "m5": "#12436D", "demo": "#5B3E00", "demot": "#FFF4D6",
    "bar": "#17324D", "onbar": "#FFFFFF", "onbar2": "#C5D3E0", "focus": "#1A1A1A",
    "gap": "#FFFFFF", "zedge": "#1A1A1A", "shadow": "0 6px 24px rgba(23,50,77,.18)",
    "t0": "#D55E00", "t1": "#009E73", "t2": "#12436D", "t3": "#000000", "t4": "#A285D1",
}  # fmt: skip
DARK = {
    "bg": "#121826", "card": "#1A2335", "ink": "#F2F5FA", "ink2": "#B3C0D1", "head": "#FFFFFF",
    "line": "#36445E", "grid": "#2A3650", "pri": "#7DB9FF", "onpri": "#0B1220",
    "prit": "#1D2C47", "prih": "#A9D0FF", "pria": "#D3E7FF", "good": "#56B4E9",
    "goodt": "#16314A", "steady": "#BDBDBD", "steadyt": "#2A3142", "att": "#E69F00",
    "attt": "#3B2E14", "hl": "#FF9A4D", "hlt": "#FF9A4D", "ctx": "#8292AA", "mute": "#64758F",
    "fill": "#2E3B55", "plan": "#90A1B9", "m1": "#1E3350", "m2": "#28527F", "m3": "#3C78B0",
    "m4": "#70A9DA", "m5": "#BFDDF5", "demo": "#FFDF8A", "demot": "#3A300F",
    "bar": "#0B1220", "onbar": "#FFFFFF", "onbar2": "#B3C0D1", "focus": "#FFFFFF",
    "gap": "#121826", "zedge": "#F2F5FA", "shadow": "0 0 0 1px #52667A",
    "t0": "#FF9A4D", "t1": "#4CC9A0", "t2": "#8FBCE6", "t3": "#FFFFFF", "t4": "#C9B3EA",
}  # fmt: skip
CONTRAST = {
    "bg": "#000000", "card": "#000000", "ink": "#FFFFFF", "ink2": "#FFFFFF", "head": "#FFFFFF",
    "line": "#FFFFFF", "grid": "#5A5A5A", "pri": "#FFE600", "onpri": "#000000",
    "prit": "#1F1F00", "prih": "#FFFFFF", "pria": "#FFFFFF", "good": "#6FCBFF",
    "goodt": "#000000", "steady": "#FFFFFF", "steadyt": "#000000", "att": "#FFB000",
    "attt": "#000000", "hl": "#FFE600", "hlt": "#FFE600", "ctx": "#B0B0B0", "mute": "#8C8C8C",
    "fill": "#3A3A3A", "plan": "#C8C8C8", "m1": "#262626", "m2": "#4D4D4D", "m3": "#808080",
    "m4": "#B8B8B8", "m5": "#FFFFFF", "demo": "#000000", "demot": "#FFE600",
    "bar": "#000000", "onbar": "#FFFFFF", "onbar2": "#FFFFFF", "focus": "#FFE600",
    "gap": "#000000", "zedge": "#FFFFFF", "shadow": "0 0 0 1px #FFFFFF",
    "t0": "#FFE600", "t1": "#6FCBFF", "t2": "#FFB000", "t3": "#FFFFFF", "t4": "#C9B3EA",
}  # fmt: skip
THEMES = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}


def _mixed(share: int) -> str:
    """Return the reader's own text colour thinned with the background of the reader."""
    return f"color-mix(in srgb, CanvasText {share}%, Canvas)"


# Where the reader's machine sets all colours, marks are drawn in those: shape and word tell them.
FORCED = dict.fromkeys(LIGHT, "CanvasText") | {
    "bg": "Canvas", "card": "Canvas", "gap": "Canvas", "bar": "Canvas", "onpri": "Canvas",
    "prit": "Canvas", "goodt": "Canvas", "steadyt": "Canvas", "attt": "Canvas", "demot": "Canvas",
    "pri": "LinkText", "hl": "Highlight", "grid": _mixed(30), "fill": _mixed(30),
    "ctx": _mixed(70), "mute": _mixed(70), "plan": _mixed(70), "m1": _mixed(10), "m2": _mixed(30),
    "m3": _mixed(50), "m4": _mixed(75), "shadow": "0 0 0 1px CanvasText",
}  # fmt: skip
PROPERTIES = {key: f"var(--{key})" for key in LIGHT}  # a token in every theme


SYSTEM = {"dark": "prefers-color-scheme: dark", "contrast": "prefers-contrast: more"}


def css() -> str:
    """Return the tokens as custom properties, one block a theme; paper is always light.

    The theme `system` is the one that the reader's machine asks for.
    """
    system = ':root[data-theme="system"]'
    return "".join(
        (
            _block(":root", "light"),
            *(_block(f':root[data-theme="{name}"]', name) for name in ("dark", "contrast")),
            *(f"@media ({ask}){{{_block(system, name)}}}" for name, ask in SYSTEM.items()),
            f"@media (forced-colors: active){{:root:root{{{_properties(FORCED)}}}}}",
            f"@media print{{{_block(':root:root[data-theme]', 'light')}}}",
        )
    )


def _block(selector: str, name: str) -> str:
    scheme = "light" if name == "light" else "dark"
    return f"{selector}{{color-scheme:{scheme};{_properties(THEMES[name])}}}"


def _properties(token: Mapping[str, str]) -> str:
    return ";".join(f"--{key}:{value}" for key, value in token.items())


def tokens(name: str) -> Mapping[str, str]:
    """Return the tokens of a theme where custom properties cannot be used; `system` is light."""
    return THEMES.get(name, LIGHT)


def chart(token: Mapping[str, str]) -> dict[str, Any]:
    """Return the Plotly layout that every chart starts from: no frame, few quiet gridlines."""
    axis = {
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "tickfont": {"color": token["ink2"], "size": 13},
        "fixedrange": True,
    }
    return {
        "font": {"family": FONT, "size": 13, "color": token["ink"]},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": token["card"],
            "bordercolor": token["line"],
            "font": {"family": FONT, "color": token["ink"], "size": 13},
        },
        "margin": {"l": 0, "r": 0, "t": 6, "b": 0},
        "separators": ",.",
        "xaxis": axis,
        "yaxis": {**axis, "showgrid": True, "gridcolor": token["grid"], "nticks": 6},
    }
