-- The files that the figures came from.
from snapshot select snapshot as sha256, * exclude (snapshot) order by dataset, file
