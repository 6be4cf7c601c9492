"""Charts as pure functions: plain values in, a Plotly figure or SVG markup out."""
