-- severity: error
-- it: il rilascio pubblicato è perduto o danneggiato: nulla vi si confronta
-- en: the published release is lost or damaged: nothing is compared with it
select 'published release' as missing where getvariable('lost')
