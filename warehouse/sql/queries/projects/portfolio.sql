-- One row per project of one $level, as of the day $today.
select * from progress_at($today::date) where level = $level order by number, project
