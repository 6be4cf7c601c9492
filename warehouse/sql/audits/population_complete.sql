-- severity: warning
-- it: un Comune senza residenti in nessuna data
-- en: a municipality without a figure of residents at any date
-- The coverage of its territories is measured with a weaker weight.
select
    count(*) as municipalities,
    count(figure.territory) as with_residents
from residents
left join (
    select distinct territory from component
    where dataset = 'population' and variable = 'residents' and value is not null
) as figure on figure.territory = residents.member
having count(*) != count(figure.territory)
