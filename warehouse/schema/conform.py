"""Check a table against its contract."""

from __future__ import annotations

import pyarrow as pa

from warehouse.errors import ContractError
from warehouse.schema.tables import TABLES


def conform(name: str, table: pa.Table) -> pa.Table:
    """Return `table` with the columns of the contract, in order and type.

    A column that is absent becomes null unless it is part of the key. Raises
    `ContractError` for an unknown column, a missing or null key, or a value of another kind.
    """
    contract = TABLES[name]
    unknown = set(table.column_names) - set(contract.schema.names)
    if unknown:
        raise ContractError(f"{name}: columns that the contract does not know: {sorted(unknown)}")
    columns = []
    for field in contract.schema:
        if field.name in table.column_names:
            if field.name in contract.key and table[field.name].null_count:
                raise ContractError(f"{name}: the key column {field.name!r} has rows without value")
            try:
                columns.append(table[field.name].cast(field.type))
            except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
                raise ContractError(f"{name}.{field.name}: {error}") from error
        elif field.name in contract.key:
            raise ContractError(f"{name}: the key column {field.name!r} is missing")
        else:
            columns.append(pa.nulls(table.num_rows, field.type))
    loose = [field.with_nullable(nullable=True) for field in contract.schema]
    return pa.table(columns, schema=pa.schema(loose))
