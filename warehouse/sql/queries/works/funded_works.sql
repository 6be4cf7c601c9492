-- One row per funded work, largest first; filtered by municipality or zone, policy area (`none`:
-- without), state, dataset and text.
select * exclude (territories, zones, words)
from matching_funded_works($area, $state, $dataset, $text)
where is_in_territory(territories, zones, $territory)
order by funding desc nulls last, sample, project
