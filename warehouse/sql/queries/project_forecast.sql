-- Between which days each open step of one $project is likely to end, on the day $today.
select milestone, kind, sample, of_all_kinds, pace_low, pace_high, end_low, end_high
from forecast_at($today::date)
where project = $project
