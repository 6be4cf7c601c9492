-- The projects of the plan itself, for search.
SELECT project, level, number, title_it, title_en
FROM project
WHERE level IN ('strategic', 'operational')
ORDER BY level DESC, number, title_it
