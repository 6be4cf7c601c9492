-- The indicators that one project is read beside.
SELECT p.indicator, i.area
FROM project_indicator AS p
INNER JOIN indicator AS i USING (indicator)
WHERE p.project = $project
ORDER BY p.indicator
