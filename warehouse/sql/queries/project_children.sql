-- The operational projects of one strategic $project, with their weight, on the day $today.
select * from progress_at($today::date) where parent = $project order by weight desc, number
