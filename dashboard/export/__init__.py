"""Downloads: indicators and funded works as CSV and XLSX."""
