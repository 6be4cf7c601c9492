"""The tables of the plan's projects and of funded works: columns, types and keys."""

from __future__ import annotations

from warehouse.schema.column_types import DAY, FLAG, INTEGER, REAL, TEXT, declare

PROJECT_TABLES = {
    "project": declare(
        "project",
        project=TEXT,
        level=TEXT,  # strategic | operational | funded
        number=INTEGER,
        title_it=TEXT,
        title_en=TEXT,
        short_it=TEXT,
        short_en=TEXT,
        summary_it=TEXT,
        summary_en=TEXT,
        cycle=TEXT,
        parent=TEXT,
        cup=TEXT,
        local_code=TEXT,
        measure_code=TEXT,
        measure=TEXT,
        sector=TEXT,
        phase=TEXT,
        planned_start=DAY,
        planned_end=DAY,
        actual_start=DAY,
        actual_end=DAY,
        extracted=DAY,
        traits=TEXT,  # space separated
        state=TEXT,  # OpenCoesione's, or suspended | revoked; null: derived from dates
        resources=TEXT,  # kinds of money that the plan names
        weight=REAL,  # of an operational project in the strategic one that is its parent
        dataset=TEXT,
        address=TEXT,  # public page of the project
        demonstration=FLAG,  # dates, money and progress are invented
    ),
    "project_node": declare("project node", project=TEXT, node=TEXT, role=TEXT, position=INTEGER),
    "project_place": declare("project territory", project=TEXT, territory=TEXT, share=REAL),
    "actor": declare("actor", actor=TEXT, name=TEXT, tax_code=TEXT),
    "project_actor": declare(
        "project actor role", project=TEXT, actor=TEXT, role=TEXT, demonstration=FLAG
    ),
    "funding_line": declare(
        "project source",
        project=TEXT,
        source=TEXT,
        programme=TEXT,
        amount=REAL,  # euro
        secured=FLAG,
        demonstration=FLAG,
    ),
    "payment": declare(
        "project period source",
        project=TEXT,
        period=TEXT,
        source=TEXT,
        amount=REAL,  # euro paid in total up to the period
        planned=REAL,  # euro planned up to the period, where there is a plan
        committed=REAL,  # euro committed in total up to the period, where it is reported
        demonstration=FLAG,
    ),
    "milestone": declare(
        "project milestone",
        project=TEXT,
        milestone=TEXT,
        title_it=TEXT,
        title_en=TEXT,
        kind=TEXT,  # agreement | design | tender | works | supply | service | study | closing
        position=INTEGER,
        weight=REAL,
        owner=TEXT,
        baseline_start=DAY,
        baseline_end=DAY,
        planned_end=DAY,
        actual_start=DAY,
        actual_end=DAY,
        completed=REAL,  # share of the step that is done, 0 to 1
        demonstration=FLAG,
    ),
    # What was reported, and when: only ever added to.
    "progress_report": declare(
        "project reported",
        project=TEXT,
        reported=DAY,
        author=TEXT,
        state=TEXT,
        narrative_it=TEXT,
        narrative_en=TEXT,
        risk_it=TEXT,
        risk_en=TEXT,
        demonstration=FLAG,
    ),
    # What each report declared for a milestone; `milestone` has the last one.
    "milestone_report": declare(
        "project milestone reported",
        project=TEXT,
        milestone=TEXT,
        reported=DAY,
        completed=REAL,  # share of the step that was done, 0 to 1
        planned_end=DAY,  # the end expected then
        demonstration=FLAG,
    ),
    "project_indicator": declare(
        "project indicator",
        project=TEXT,
        indicator=TEXT,
        baseline=REAL,  # in the indicator's unit, as the three below
        target=REAL,
        realised=REAL,
        demonstration=FLAG,
    ),
    "project_budget": declare(  # the DUP's mission and programme that pay for it
        "project mission programme",
        project=TEXT,
        mission=TEXT,  # two digits, as in the budget
        programme=TEXT,
        title_it=TEXT,
        title_en=TEXT,
        demonstration=FLAG,
    ),
    "procedure": declare(  # a CUP has many CIG, a CIG may serve many CUP
        "project cig",
        project=TEXT,
        cig=TEXT,
        title=TEXT,
        amount=REAL,
        published=DAY,
        demonstration=FLAG,
    ),
    # What each extraction of the source declared for a funded work, so that progress can be seen.
    "extraction": declare(
        "project extracted dataset",
        project=TEXT,
        extracted=DAY,
        dataset=TEXT,
        funding=REAL,  # euro, all sources
        paid=REAL,  # euro, up to then
        phase=TEXT,
        snapshot=TEXT,
    ),
    # What a funded work was to reach by the indicators of its own measure.
    "work_target": declare(
        "project target",
        project=TEXT,
        target=TEXT,
        title=TEXT,
        unit=TEXT,
        planned=REAL,
        realised=REAL,
        period=TEXT,  # the month that the source names
    ),
    # Observations and proposals on the plan.
    "contribution": declare(
        "contribution",
        contribution=TEXT,
        cycle=TEXT,
        event=TEXT,
        actor=TEXT,
        node=TEXT,
        kind=TEXT,  # observation | proposal
        received=DAY,
        text_it=TEXT,
        text_en=TEXT,
        outcome=TEXT,  # accepted | partly | noted | rejected | open
        answer_it=TEXT,
        answer_en=TEXT,
        demonstration=FLAG,
    ),
}
