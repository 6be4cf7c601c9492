-- Projects of one $level as they stood on the day $today.
select * from progress_at($today::date) where level = $level order by number, project
