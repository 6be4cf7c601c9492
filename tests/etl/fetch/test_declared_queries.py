"""Declared queries of Istat's SDMX service, compared with its structures and answers.

Dimensions, codes and rows are facts of real answers (seen in what others keep of them); the
service itself is not asked here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from etl.layouts import sdmx_csv
from tests.support.layouts import parse
from tests.support.specimens import CATALOG
from warehouse.declarations.sources import Sdmx

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warehouse.declarations.sources import SourceFile

CENSUS = (
    "FREQ REF_AREA INDICATOR GENDER AGE_NOCLASS CITIZENSHIP EDU_ATTAIN CUR_ACT_STAT LOC_DEST"
    " REAS_COMMUTING"
)
BEDS = (
    "FREQ REF_AREA DATA_TYPE ADJUSTMENT TYPE_ACCOMMODATION ECON_ACTIVITY_NACE_2007"
    " COUNTRY_RES_GUESTS LOCALITY_TYPE URBANIZ_DEGREE COASTAL_AREA SIZE_BY_NUMBER_ROOMS"
)
NURSERIES = "FREQ REF_AREA DATA_TYPE TYPE_SOCIO_EDUC_SERVICE TYPE_MANAGEMENT HOLDER_SECTOR_PUBPRIV"
UNITS = "FREQ REF_AREA DATA_TYPE ECON_ACTIVITY_NACE_2007 PERS_EMPL_SIZE_CLASS"
DIMENSIONS = {  # of each flow, in the order of its key
    "41_993_DCIS_VEICOLIPRA_COM_1": "FREQ REF_AREA DATA_TYPE VEHICLE_TYPE",
    "183_1163_DF_DICA_ASIAULP_TERRIFDATA_7": UNITS,
    "122_54_DF_DCSC_TUR_1": BEDS,
    "47_850_DF_DCIS_SERVSOCEDU1_3": NURSERIES,
    "12_60_DF_DCCV_CONSACQUA_2": "FREQ REF_AREA DATA_TYPE",
    "56_1046_DF_DCIS_ISCRITTI_COM_R_1": "FREQ REF_AREA DATA_TYPE SEX",
    "41_983": "FREQ REF_AREA DATA_TYPE RESULT",
    "DF_DCSS_ISTR_LAV_PEN_2_TV_1": CENSUS,
    "DF_DCSS_ISTR_LAV_PEN_2_TV_3": CENSUS,
    "DF_DCSS_ABITAZIONI_TV_1": (
        "FREQ REF_AREA INDICATOR OWNERSHIP_TYPE NUMB_ROOM USE_FLOOR_SPACEGROUP"
        " HEATING_SYSTEM_TYPE ACCESS_BUILDING TYPE_OF_BUILDING"
    ),
    "29_7": "FREQ REF_AREA DATA_TYPE SEX AGE",
    "22_315_DF_DCIS_POPORESBIL1_24": "FREQ REF_AREA DATA_TYPE SEX",
    "DF_COMP_FRA_IND_MUNICIPAL_02": "FREQ REF_AREA DATA_TYPE",
    "47_940_DF_DCIS_SPESESERSOC1_4": (  # their order is not known: the key is empty
        "FREQ REF_AREA DATA_TYPE CATEG_OF_BENEFICIARIES CATEGORY_OF_SERVICE"
    ),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows of an answer (key, period, value, status), and the figures they make."""

    flow: str
    rows: str
    figures: dict[tuple[str, str, str], float]


ANSWERS = (  # Istat, CC BY 4.0
    Answer(
        "DF_DCSS_ISTR_LAV_PEN_2_TV_3",
        """
        A.081006.RESPOP_AV.T.Y_GE15.TOTAL.ALL.1.ALL.ALL 2024 9718
        A.081006.RESPOP_AV.T.Y_GE15.TOTAL.ALL.12.ALL.ALL 2021 1580.86178314322
        A.081005.RESPOP_AV.T.Y_GE15.TOTAL.ALL.99.ALL.ALL 2024 12864
        """,
        {
            ("081006", "employed", "2024"): 9718,
            ("081006", "seekers", "2021"): 1580.86178314322,
            ("081005", "over_14", "2024"): 12864,
        },
    ),
    Answer(
        "DF_DCSS_ABITAZIONI_TV_1",
        """
        A.017001.NUM_DW_AV.ALL.TOT.ALL.ALL.TOTAL.TOTAL 2023 756
        A.017001.NUM_UNOCC_DW_AV.ALL.TOT.ALL.ALL.TOTAL.TOTAL 2023 139
        """,
        {("017001", "dwellings", "2023"): 756, ("017001", "unoccupied", "2023"): 139},
    ),
    Answer(
        "29_7",
        """
        A.088009.JAN.9.TOTAL 2025 7124
        A.088009.JAN.9.TOTAL 2026 7668 e
        """,
        {("088009", "foreigners", "2025"): 7124, ("088009", "foreigners", "2026"): 7668},
    ),
    Answer(  # of a province: 2591 + 3086, and half of 880257 + 882592
        "22_315_DF_DCIS_POPORESBIL1_24",
        """
        A.ITC41.BEG.9 2024 880257
        A.ITC41.DEC_CP.9 2024 882592
        A.ITC41.INTNETMIGR_REGOF.9 2024 2591
        A.ITC41.INTERTNMIG_REGOF.9 2024 3086
        """,
        {
            ("ITC41", "net_migration", "2024"): 5677,
            ("ITC41", "mean_population", "2024"): 881_424.5,
        },
    ),
    Answer(
        "41_983",
        """
        A.001001.KILLINJ.F 2023 6
        A.001001.KILLINJ.F 2024 5
        """,
        {
            ("001001", "injured", "2023"): 6,
            ("001001", "injured", "2024"): 5,
            ("001001", "killed", "2023"): 0,
            ("001001", "killed", "2024"): 0,
        },
    ),
    Answer(  # thousands of cubic metres: 4343 - 2695
        "12_60_DF_DCCV_CONSACQUA_2",
        """
        A.046005.ACQ_IMM 2018 4343
        A.046005.ACQ_EROG 2018 2695
        """,
        {("046005", "lost", "2018"): 1648, ("046005", "fed_in", "2018"): 4343},
    ),
    Answer(
        "DF_COMP_FRA_IND_MUNICIPAL_02",
        """
        A.046005.COMP_FRAG_INDEX_DECILE 2021 3
        A.046005.COMP_FRAG_INDEX_DECILE 2022 2
        """,
        {("046005", "decile", "2021"): 3, ("046005", "decile", "2022"): 2},
    ),
)


def queries() -> Iterator[tuple[str, SourceFile, Sdmx]]:
    for dataset in CATALOG.datasets.values():
        for file in dataset.files:
            if isinstance(file.fetch, Sdmx):
                yield dataset.id, file, file.fetch


QUESTIONS = [pytest.param(file, query, id=f"{d} {query.flow}") for d, file, query in queries()]


def by_dimension(query: Sdmx) -> dict[str, set[str]]:
    """Return the codes that the key asks for; a dimension that it leaves empty has none."""
    names = DIMENSIONS[query.flow].split()
    parts = query.key.split(".") if query.key else [""] * len(names)
    assert len(names) == len(parts)
    return {n: set(p.split("+")) - {""} for n, p in zip(names, parts, strict=True)}


@pytest.mark.parametrize(("file", "query"), QUESTIONS)
def test_a_key_has_a_position_for_every_dimension_and_requests_what_is_read(
    file: SourceFile, query: Sdmx
) -> None:
    options = sdmx_csv.Options.model_validate(file.options)
    keyed = by_dimension(query)
    assert not keyed["REF_AREA"]  # the whole country: an address holds thirty municipalities
    read: dict[str, set[str]] = {}
    conditions = [
        where for variable in options.variables for where in (variable.where, variable.less)
    ]
    for where in (options.only, *conditions):
        for dimension, filter_codes in where.items():
            codes = {filter_codes} if isinstance(filter_codes, str) else set(filter_codes)
            read[dimension] = read.get(dimension, set()) | codes
    for dimension, requested in keyed.items():
        if dimension in read:
            assert read[dimension] == requested or not requested
        else:
            assert len(requested) <= 1  # nothing is requested that is not read


@pytest.mark.parametrize("answer", ANSWERS, ids=[answer.flow for answer in ANSWERS])
def test_the_answer_to_a_query_is_read(answer: Answer) -> None:
    (file,) = (file for _, file, query in queries() if query.flow == answer.flow)
    names = DIMENSIONS[answer.flow].split()
    lines = [",".join(["DATAFLOW", *names, "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS"])]
    for row in answer.rows.split("\n"):
        if row.strip():
            key, period, value, *status = row.split()
            codes = key.split(".")
            lines.append(",".join([answer.flow, *codes, period, value, *(status or [""])]))
    parsed = parse(sdmx_csv, "\n".join([*lines, ""]).encode(), file.options)
    assert not parsed.rejected
    keys = parsed.cells[["code", "variable", "period"]].itertuples(index=False, name=None)
    assert dict(zip(keys, parsed.cells["value"], strict=True)) == answer.figures
