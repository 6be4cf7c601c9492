-- One row per funded work with its money, as of its newest extraction, and its newest phase. `paid`
-- is that of the last day with payments. `state`: revoked or ended as its source reports; else by
-- what is paid, settled from 95 % of the funding as OpenCoesione does; else unknown.
create macro funded_work() as table
    with money as (
        select
            project,
            sum(amount) as funding,
            sum(amount) filter (where secured) as available,
            sum(amount) filter (where source = 'pnrr') as funding_pnrr
        from funding_line
        group by project
    ),

    days as (
        select
            project,
            period,
            sum(amount) as paid,
            sum(amount) filter (where source = 'pnrr') as paid_pnrr
        from payment
        group by project, period
    ),

    payments as (
        select
            project,
            arg_max(paid, period) as paid,
            arg_max(paid_pnrr, period) as paid_pnrr
        from days
        group by project
    ),

    body as (
        select
            p.project,
            string_agg(a.name, ', ' order by a.name) as body
        from project_actor as p
        join actor as a using (actor)
        where p.role = 'implementing_body'
        group by p.project
    ),

    newest as (
        select
            project,
            string_agg(distinct dataset, ' ' order by dataset) as datasets,
            arg_max(phase, extracted) as phase
        from extraction
        group by project
    ),

    place as (
        select
            p.project,
            count(*) as municipalities,
            string_agg(t.name, ', ' order by t.name) as place,
            any_value(p.territory) as territory,
            list(p.territory) as territories,
            list(distinct m.zone) as zones
        from project_place as p
        join territory as t using (territory)
        left join territory_membership as m on m.municipality = p.territory and m.valid_to is null
        group by p.project
    )

    select
        w.project,
        w.title_it as title,
        w.cup,
        w.local_code,
        w.measure_code,
        w.measure,
        w.sector,
        coalesce(newest.phase, w.phase) as phase,
        w.planned_start,
        w.planned_end,
        w.actual_start,
        w.actual_end,
        n.node as area,
        body.body,
        place.* exclude (project, territory),
        if(place.municipalities = 1, place.territory, null) as territory,
        money.funding,
        money.available,
        money.funding_pnrr,
        payments.paid,
        payments.paid_pnrr,
        payments.paid / nullif(money.funding, 0) as paid_share,
        case
            when w.state in ('revoked', 'suspended', 'concluded', 'settled') then w.state
            when payments.paid >= 0.95 * money.funding then 'settled'
            when payments.paid > 0 then 'running'
            else coalesce(w.state, 'unknown')
        end as state,
        coalesce(w.traits, '') = 'sample' as sample,
        w.extracted,
        w.dataset,
        coalesce(newest.datasets, w.dataset) as datasets
    from project as w
    left join project_node as n on n.project = w.project and n.role = 'primary'
    left join place on place.project = w.project
    left join money on money.project = w.project
    left join payments on payments.project = w.project
    left join body on body.project = w.project
    left join newest on newest.project = w.project
    where w.level = 'funded';

-- Whether a work is in a territory; without one, or in the metropolitan city, every work is.
create macro is_in_territory(territories, zones, wanted) as
    wanted::varchar is null
    or list_contains(territories, wanted)
    or list_contains(zones, wanted)
    or exists (select 1 from territory where territory = wanted and level = 'metro');

-- The funded works of an area (`none`: without), in a state, of a dataset, with a text.
create macro matching_funded_works(wanted_area, wanted_state, wanted_dataset, wanted_text) as table
    select *
    from funded_work()
    where
        (wanted_area::varchar is null or coalesce(area, 'none') = wanted_area)
        and (wanted_state::varchar is null or state = wanted_state)
        and (
            wanted_dataset::varchar is null
            or list_contains(string_split(datasets, ' '), wanted_dataset)
        )
        and (
            wanted_text::varchar is null
            or contains(
                lower(strip_accents(concat_ws(' ', title, measure, body, place, cup, local_code))),
                lower(strip_accents(wanted_text))
            )
        );
