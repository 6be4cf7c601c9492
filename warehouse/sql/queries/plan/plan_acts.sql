-- One row per formal act of a plan $cycle, by day as far as it is known.
select * from plan_act where cycle = $cycle order by day nulls first, act
