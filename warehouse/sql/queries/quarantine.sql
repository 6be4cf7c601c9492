-- The rows of the sources that were refused, and why.
from quarantine order by dataset, file, sheet, line, "column"
