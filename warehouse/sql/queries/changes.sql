-- What differs from the release before.
from change order by indicator, kind, period desc, territory
