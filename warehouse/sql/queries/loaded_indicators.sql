-- The indicators that have a value somewhere.
SELECT DISTINCT indicator
FROM observation
WHERE value IS NOT NULL
ORDER BY indicator
