-- One row per indicator of the batch (the variable `batch`): its declaration, dataset and variable
-- of its numerator (`x`) and of its denominator or weight (`y`).
select
    * replace (coalesce(align, 'same') as align),
    split_part(numerator, '.', 1) as x_dataset,
    split_part(numerator, '.', 2) as x_variable,
    split_part(coalesce(denominator, weight), '.', 1) as y_dataset,
    split_part(coalesce(denominator, weight), '.', 2) as y_variable
from indicator
where list_contains(getvariable('batch'), indicator)
