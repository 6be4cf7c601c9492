"""Pages that help to read the others: glossary, list of indicators, accessibility."""
