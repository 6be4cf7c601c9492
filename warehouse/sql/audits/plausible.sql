-- severity: warning
-- it: valori fuori dai limiti plausibili dichiarati, da guardare
-- en: values outside their declared plausible bounds, to be reviewed
select
    indicator,
    territory,
    period,
    value,
    plausible_low,
    plausible_high
from observation
join indicator using (indicator)
where value < plausible_low or value > plausible_high
