"""Serves an invented country: `python -m bench.country_server FOLDER COUNTRY PORT`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import uvicorn

from bench.building import config_of
from bench.country import Country
from dashboard.app import create_app
from warehouse.query.releases import Releases


def main(folder: Path, country: Country, port: int) -> None:
    """Serve until interrupted."""
    config = config_of(folder)
    releases = Releases(config)
    releases.open()
    app = create_app(config, country.catalog(), releases)
    app.read_ahead()
    uvicorn.run(app.server, port=port, log_level="warning", access_log=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Country(**json.loads(sys.argv[2])), int(sys.argv[3]))
