-- severity: warning
-- it: nessuna data con i residenti di tutti i Comuni
-- en: no date with the residents of every municipality
-- No date has the residents of every municipality: coverage is measured with a weaker weight.
select count(*) as municipalities, count(known.territory) as with_residents
from residents
left join (
    select distinct territory from component
    where dataset = 'population' and variable = 'residents' and value is not null
) as known on known.territory = residents.member
having count(*) != count(known.territory)
