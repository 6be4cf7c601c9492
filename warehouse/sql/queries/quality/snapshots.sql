-- One row per file that the figures came from.
select
    snapshot as sha256,
    * exclude (snapshot)
from snapshot
order by dataset, file
