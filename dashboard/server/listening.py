"""Check that the server can listen on its address, before anything says that it does."""

from __future__ import annotations

import asyncio
import errno

from warehouse.errors import ReleaseError
from warehouse.messages import message

REASONS = {errno.EADDRINUSE: "port_in_use", errno.EACCES: "port_reserved"}


def check_port(host: str, port: int) -> None:
    """Raise `ReleaseError` where nothing can listen on `host` and `port`."""
    try:
        asyncio.run(_listen(host, port))
    except OSError as error:
        key = REASONS.get(error.errno or 0, "host_unknown")
        raise ReleaseError(message(key, host=host, port=port)) from error


async def _listen(host: str, port: int) -> None:
    server = await asyncio.get_running_loop().create_server(asyncio.Protocol, host, port)
    server.close()
    await server.wait_closed()
