-- One row per project of the plan on a day. Physical progress: milestones by weight, else realised
-- over target of its indicators. Financial: paid over secured public funding. The two are never
-- added. `reason` is the rule that gives the state, `reason_value` its figure.
create macro progress_at(day) as table
    with physical as (
        select
            project,
            count(*) as steps,
            count(actual_end) as steps_done,
            sum(weight * completed) / nullif(sum(weight), 0) as by_steps,
            bool_or(completed is null) as unknown,
            sum(weight * due) / nullif(sum(weight), 0) as planned,
            min(baseline_start) as baseline_start,
            max(baseline_end) as baseline_end,
            min(actual_start) as actual_start,
            max(coalesce(actual_end, planned_end, baseline_end)) as finish,
            count(*) = count(actual_end) as done,
            max(date_diff('day', planned_end, day)) filter (actual_end is null) as overdue_days
        from step_at(day)
        group by project
    ),

    realised as (
        select
            project,
            avg(least(1, greatest(0, (realised - baseline) / nullif(target - baseline, 0))))
                as by_target
        from project_indicator
        where realised is not null and target is not null and baseline is not null
        group by project
    ),

    next_step as (
        select
            project,
            arg_min(title_it, (planned_end, position)) as next_it,
            arg_min(title_en, (planned_end, position)) as next_en,
            min(planned_end) as next_date
        from step_at(day)
        where actual_end is null
        group by project
    ),

    forecast as (
        select
            project,
            max(end_low) as finish_low,
            max(end_high) as finish_high,
            arg_max(sample, end_high) as finish_sample,
            arg_max(of_all_kinds, end_high) as finish_of_all_kinds,
            arg_max(pace_low, end_high) as pace_low,
            arg_max(pace_high, end_high) as pace_high
        from forecast_at(day)
        group by project
    ),

    money as (
        select
            project,
            sum(amount) filter (secured and source != 'private') as funding,
            sum(amount) filter (secured and source = 'private') as funding_private,
            sum(amount) filter (not secured) as to_be_found,
            sum(amount) as funding_total,
            string_agg(distinct source, ' ' order by source) as sources
        from funding_line
        group by project
    ),

    payments as (
        select
            project,
            sum(amount) as paid,
            sum(planned) as paid_planned,
            sum(committed) as committed,
            any_value(period) as paid_at
        from (
            select
                payment.*,
                period = max(period) over (partition by project) as is_last
            from payment
            join project using (project)
            where amount is not null
                and period_start(period) <= day
                and (period_end(period) <= day or coalesce(day >= extracted, true))
        )
        where is_last
        group by project
    ),

    report as (
        select
            project,
            max(reported) as reported,
            arg_max(state, reported) as state
        from progress_report
        where reported <= day
        group by project
    ),

    node as (
        select
            project,
            arg_min(node, position) filter (role = 'primary') as area,
            string_agg(node, ' ' order by position) as areas
        from project_node
        group by project
    ),

    party as (
        select
            project,
            string_agg(distinct actor, ' ' order by actor) as actors
        from project_actor
        group by project
    ),

    facts as (
        select
            p.project,
            p.level,
            p.number,
            p.parent,
            p.weight,
            p.title_it,
            coalesce(p.title_en, p.title_it) as title_en,
            p.short_it,
            p.short_en,
            n.area,
            n.areas,
            p.traits,
            y.actors,
            m.sources,
            if(h.unknown, null, coalesce(h.by_steps, r.by_target)) as physical,
            h.by_steps is null and r.by_target is not null as physical_by_indicators,
            h.planned,
            coalesce(h.steps, 0) as steps,
            coalesce(h.steps_done, 0) as steps_done,
            coalesce(s.paid, if(m.funding is not null, 0, null))
            / nullif(m.funding, 0) as financial,
            s.paid,
            s.paid_planned,
            s.committed,
            s.paid_at,
            m.funding,
            m.funding_private,
            m.funding_total,
            m.to_be_found,
            coalesce(h.baseline_start, p.planned_start) as baseline_start,
            coalesce(h.baseline_end, p.planned_end) as baseline_end,
            coalesce(h.actual_start, if(p.actual_start <= day, p.actual_start, null))
                as actual_start,
            coalesce(h.finish, p.actual_end, p.planned_end) as finish,
            coalesce(h.done, p.actual_end <= day, false) as done,
            l.finish_low,
            l.finish_high,
            l.finish_sample,
            l.finish_of_all_kinds,
            l.pace_low,
            l.pace_high,
            x.next_it,
            x.next_en,
            x.next_date,
            date_diff('day', h.baseline_end, h.finish) as delay_days,
            date_diff('month', h.baseline_end, h.finish) as delay_months,
            h.overdue_days,
            w.reported,
            date_diff('day', w.reported, day) as silent_days,
            coalesce(w.state, if(day >= p.extracted, p.state, null)) as reported_state,
            p.address,
            p.demonstration
        from project as p
        left join physical as h using (project)
        left join realised as r using (project)
        left join next_step as x using (project)
        left join forecast as l using (project)
        left join money as m using (project)
        left join payments as s using (project)
        left join report as w using (project)
        left join node as n using (project)
        left join party as y using (project)
        where p.level != 'funded'
    ),

    -- The first rule that applies gives the state.
    judged as (
        select
            facts.*,
            case
                when reported_state in ('suspended', 'revoked') then reported_state
                when done then 'done'
                when steps = 0 and physical is null then 'no_steps'
                when physical is null then 'no_report'
                when delay_days > late_days then 'late_finish'
                when overdue_days > late_days then 'late_step'
                when physical < planned - attention_gap then 'behind'
                when delay_days > attention_days then 'drifting'
                when overdue_days > attention_days then 'overdue_step'
                when to_be_found > 0 then 'unfunded'
                when reported is not null and silent_days > report_days then 'silent'
                else 'on_track'
            end as reason
        from facts
        cross join progress_rule()
    )

    select
        judged.*,
        case
            when reason in ('suspended', 'revoked', 'done', 'on_track') then reason
            when reason in ('no_steps', 'no_report') then 'unknown'
            when reason in ('late_finish', 'late_step') then 'late'
            else 'attention'
        end as state,
        case reason
            when 'late_finish' then delay_days
            when 'drifting' then delay_days
            when 'late_step' then overdue_days
            when 'overdue_step' then overdue_days
            when 'behind' then 100 * (planned - physical)
            when 'unfunded' then to_be_found
            when 'silent' then silent_days
        end as reason_value
    from judged
