-- The day at which the plan's own projects last told how far they have got.
SELECT max(extracted) AS day
FROM project
WHERE level <> 'funded'
