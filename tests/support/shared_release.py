"""One small release for several tests: each has figures and indicators under names of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from tests.support.small_city import RESIDENTS, build
from warehouse.query.releases import Releases
from warehouse.release.publish import publish

if TYPE_CHECKING:
    from collections.abc import Callable

    from warehouse.build.build import Draft
    from warehouse.config import Config
    from warehouse.query.store import Store

    Test: TypeAlias = Callable[..., None]

VARIABLES = ("numerator", "denominator", "weight")


class SharedRelease:
    """The cases of a module, in one release over the same residents."""

    def __init__(self) -> None:
        """Begin without a case."""
        self._texts: dict[str, str] = {}
        self._indicators: list[dict[str, Any]] = []

    def case(self, text: str, *indicators: dict[str, Any]) -> Callable[[Test], Test]:
        """Add what a test needs."""

        def add(test: Test) -> Test:
            self.add(test.__name__, text, *indicators)
            return test

        return add

    def add(self, key: str, text: str, *indicators: dict[str, Any]) -> None:
        """Add figures of `money` and the indicators that read them."""
        if key in self._texts:
            raise ValueError(f"two cases are named {key}")
        prefix = f"case_{len(self._texts)}_"
        self._texts[key] = text.replace("money.", f"money.{prefix}")
        for declared in indicators:
            variables = {
                part: str(declared[part]).replace("money.", f"money.{prefix}")
                for part in VARIABLES
                if part in declared
            }
            self._indicators.append(declared | variables | {"id": prefix + str(declared["id"])})

    def prefix(self, key: str) -> str:
        """Return what the names of a case begin with."""
        return f"case_{list(self._texts).index(key)}_"

    def build(self, config: Config) -> Draft:
        """Build the draft of all cases."""
        return build(config, "\n".join([RESIDENTS, *self._texts.values()]), *self._indicators)

    def publish(self, config: Config) -> Store:
        """Build and publish all cases, and open the release."""
        publish(config, self.build(config).release)
        return Releases(config).open()


class SharedPair:
    """The cases of a module, each before and after something changed."""

    def __init__(self) -> None:
        """Begin without a case."""
        self.before, self.after = SharedRelease(), SharedRelease()

    def case(
        self, before: str, after: str, *indicators: dict[str, Any], **changed: object
    ) -> Callable[[Test], Test]:
        """Add what a test needs; afterwards the first indicator is declared as `changed` says."""
        first, *others = indicators

        def add(test: Test) -> Test:
            self.before.add(test.__name__, before, *indicators)
            self.after.add(test.__name__, after, first | changed, *others)
            return test

        return add
