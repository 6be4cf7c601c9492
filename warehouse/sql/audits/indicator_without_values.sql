-- severity: warning
-- A declared indicator with no value at all.
select indicator, area from indicator
anti join (from observation where value is not null) as shown using (indicator)
