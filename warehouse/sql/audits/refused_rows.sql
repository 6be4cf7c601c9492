-- severity: warning
-- it: righe delle fonti rifiutate, elencate qui sotto
-- en: rows of the sources refused, listed below
-- Rows of the sources that were refused: see the quarantine.
select dataset, file, rule, count(*) as rows from quarantine group by all
