-- One row per milestone on a day: how much was done and when it was expected to end, by the reports
-- until then. A milestone under way without a report by that day has no share done.
create macro step_at(day) as table
    with report as (
        select
            project,
            milestone,
            arg_max(completed, reported) as completed,
            arg_max(planned_end, reported) as planned_end
        from milestone_report
        where reported <= day
        group by all
    )

    select
        m.project,
        m.milestone,
        m.position,
        m.kind,
        m.weight,
        m.owner,
        m.title_it,
        coalesce(m.title_en, m.title_it) as title_en,
        m.baseline_start,
        m.baseline_end,
        if(m.actual_start <= day, m.actual_start, null) as actual_start,
        if(m.actual_end <= day, m.actual_end, null) as actual_end,
        case
            when m.actual_end <= day then m.actual_end
            when coalesce(day >= p.extracted, true) then m.planned_end
            else coalesce(r.planned_end, m.baseline_end)
        end as planned_end,
        case
            when m.actual_end <= day then 1
            when coalesce(day >= p.extracted, true) then m.completed
            when r.completed is not null then r.completed
            when m.actual_start is null or m.actual_start > day then 0
        end as completed,
        greatest(0, least(
            1,
            date_diff('day', m.baseline_start, day)
            / greatest(date_diff('day', m.baseline_start, m.baseline_end), 1)
        )) as due,
        date_diff('day', m.baseline_end, if(m.actual_end <= day, m.actual_end, null)) as lateness,
        m.demonstration
    from milestone as m
    join project as p using (project)
    left join report as r using (project, milestone)
