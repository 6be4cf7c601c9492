-- Funded works, largest first; of a municipality or zone, of a policy area (`none`: without), in
-- a state, that a dataset speaks of, with a text, or all.
select * exclude (territories, zones)
from funded_found($area, $state, $dataset, $text)
where
    $territory::varchar is null
    or list_contains(territories, $territory)
    or list_contains(zones, $territory)
    or exists (select 1 from territory where territory = $territory and level = 'metro')
order by funding desc nulls last, sample, project
