-- severity: error
-- it: un indicatore o una fonte con i puntini al posto delle parole
-- en: an indicator or dataset with placeholders instead of texts
-- `etl add` writes them.
select
    file,
    field
from unwritten
