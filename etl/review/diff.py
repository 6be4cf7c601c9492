"""A draft and the release before it → what a review is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from etl.quarantine import of_whole_files, was_not_refused
from warehouse.errors import ReleaseError
from warehouse.query.store import Releases, Store
from warehouse.release.publish import published

if TYPE_CHECKING:
    import pandas as pd

    from warehouse.build.draft import Draft
    from warehouse.config import Config
    from warehouse.declarations.loader import Catalog
    from warehouse.release.manifest import Manifest

SAME_COVERAGE = 5e-4  # a share of residents that no reader would see change


@dataclass(frozen=True)
class Findings:
    """What a review tells; frames have the columns of the queries that they come from.

    `lost_coverage` adds `before` to the columns of `zone_coverage`; `refused_before` are rows that
    the release before refused too. `is_stale`: another release has been published since.
    """

    manifest: Manifest
    before: Manifest | None
    catalog: Catalog
    changes: pd.DataFrame
    new_periods: pd.DataFrame
    lost_coverage: pd.DataFrame
    anomalies: pd.DataFrame
    refused: pd.DataFrame
    refused_before: pd.DataFrame
    carried: pd.DataFrame
    is_stale: bool = False

    @property
    def verdict(self) -> str:
        """Whether it can be published as it is: a key of `words.yaml`, with `…_how` beside."""
        if self.is_stale:
            return "review_stale"
        return "review_stop" if self.manifest.refused else "review_go"

    def of_kind(self, *kinds: str) -> pd.DataFrame:
        """Return the changes of some kinds, the largest first."""
        return self.changes[self.changes["kind"].isin(kinds)]


def read_findings(config: Config, draft: Draft, catalog: Catalog) -> Findings:
    """Compare a draft with the release that was published when it was made."""
    now = Store(draft.path)
    before = _before(config, draft)
    refused = now.frame("quarantine")
    is_new = was_not_refused(refused, before.frame("quarantine") if before else refused.iloc[:0])
    return Findings(
        manifest=draft.manifest,
        before=before.manifest if before else None,
        catalog=catalog,
        changes=now.frame("review_changes"),
        new_periods=now.frame("review_new_periods"),
        lost_coverage=_lost_coverage(now, before),
        anomalies=now.frame("review_anomalies"),
        refused=refused[is_new],
        refused_before=refused[~is_new],
        carried=_carried(now),
        is_stale=draft.waits and draft.manifest.previous != published(config),
    )


def _before(config: Config, draft: Draft) -> Store | None:
    """Open the release that the draft follows; None where there is none (any more)."""
    try:
        return Releases(config).open(draft.manifest.previous) if draft.manifest.previous else None
    except ReleaseError:
        return None


def _carried(now: Store) -> pd.DataFrame:
    """Return the files that failed as a whole, whose figures are those of the release before."""
    found = now.frame("review_carried")
    return found[of_whole_files(found["rule"])].drop_duplicates(["dataset", "kept"])


def _lost_coverage(now: Store, before: Store | None) -> pd.DataFrame:
    """Return the zone values that speak of fewer residents than they did, worst first."""
    after = now.frame("zone_coverage")
    if before is None:
        return after.assign(before=after["coverage"]).iloc[:0]
    keys = ["indicator", "territory", "period"]
    known = before.frame("zone_coverage")
    both = known[[*keys, "coverage"]].rename(columns={"coverage": "before"})
    both = both.merge(after, on=keys)
    lost = both["before"] - both["coverage"]
    order = lost[lost > SAME_COVERAGE].sort_values(ascending=False, kind="stable").index
    return both.loc[order]
