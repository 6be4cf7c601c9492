"""Differences between a draft and the release before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from etl.quarantine import is_new, is_whole_file
from warehouse.errors import ReleaseError
from warehouse.query.releases import Releases
from warehouse.query.store import Store
from warehouse.release.publish import published

if TYPE_CHECKING:
    import pandas as pd

    from warehouse.build.draft import Draft
    from warehouse.config import Config
    from warehouse.declarations.loader import Catalog
    from warehouse.release.manifest import Manifest

SAME_COVERAGE = 5e-4  # a share of residents whose change no reader would notice


@dataclass(frozen=True, slots=True)
class Findings:
    """The contents of a review; frames have the columns of the queries that they come from.

    `lost_coverage` adds `before` to the columns of `zone_coverage`; `rejected_before` are the rows
    that the release before rejected too. `is_stale`: another release was published after the draft
    was made. `is_published`: it is the published release.
    """

    manifest: Manifest
    before: Manifest | None
    catalog: Catalog
    changes: pd.DataFrame
    new_periods: pd.DataFrame
    lost_coverage: pd.DataFrame
    anomalies: pd.DataFrame
    rejected: pd.DataFrame
    rejected_before: pd.DataFrame
    carried: pd.DataFrame
    is_stale: bool = False
    is_published: bool = False

    @property
    def verdict(self) -> str:
        """Whether it can be published: a key of `locale/cli.yaml`, as is this plus `_how`."""
        if self.is_published:
            return "review_published"
        if self.is_stale:
            return "review_stale"
        return "review_stop" if self.manifest.refused else "review_go"

    @property
    def is_blocked(self) -> bool:
        """Whether it cannot be published."""
        return self.verdict in {"review_stale", "review_stop"}

    def of_kind(self, *kinds: str) -> pd.DataFrame:
        """Return the changes of some kinds, the largest first."""
        return self.changes[self.changes["kind"].isin(kinds)]


def read_findings(config: Config, draft: Draft, catalog: Catalog) -> Findings:
    """Compare a draft with the release that was published when it was made."""
    after = Store(draft.path)
    before = _before(config, draft)
    rejected = after.frame("quarantine")
    new = is_new(rejected, before.frame("quarantine") if before else rejected.iloc[:0])
    current = published(config)
    return Findings(
        manifest=draft.manifest,
        before=before.manifest if before else None,
        catalog=catalog,
        changes=after.frame("review_changes"),
        new_periods=after.frame("review_new_periods"),
        lost_coverage=_lost_coverage(after, before),
        anomalies=after.frame("review_anomalies"),
        rejected=rejected[new],
        rejected_before=rejected[~new],
        carried=_carried(after),
        is_stale=draft.waits and draft.manifest.previous != current,
        is_published=not draft.waits and draft.release == current,
    )


def _before(config: Config, draft: Draft) -> Store | None:
    """Open the release that the draft follows; None where it does not exist (any more)."""
    try:
        return Releases(config).open(draft.manifest.previous) if draft.manifest.previous else None
    except ReleaseError:
        return None


def _carried(after: Store) -> pd.DataFrame:
    """Return the files that failed as a whole, whose figures are those of the release before."""
    rows = after.frame("review_carried")
    return rows[is_whole_file(rows["rule"])].drop_duplicates(["dataset", "kept"])


def _lost_coverage(after: Store, before: Store | None) -> pd.DataFrame:
    """Return the zone values that cover fewer residents than before, worst first."""
    coverage = after.frame("zone_coverage")
    if before is None:
        return coverage.assign(before=coverage["coverage"]).iloc[:0]
    keys = ["indicator", "territory", "period"]
    earlier = before.frame("zone_coverage")[[*keys, "coverage"]]
    pairs = earlier.rename(columns={"coverage": "before"}).merge(coverage, on=keys)
    lost = pairs["before"] - pairs["coverage"]
    order = lost[lost > SAME_COVERAGE].sort_values(ascending=False, kind="stable").index
    return pairs.loc[order]
