-- severity: warning
-- it: un indicatore senza valori, benché i dati del numeratore siano caricati
-- en: an indicator without values though its numerator's dataset is loaded
select
    indicator,
    area
from indicator
semi join (select distinct dataset from component) as loaded
    on loaded.dataset = split_part(indicator.numerator, '.', 1)
anti join (from observation where value is not null) as shown using (indicator)
