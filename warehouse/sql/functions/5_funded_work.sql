-- One row per funded work with its money, as of its newest extraction, and its newest phase. `paid`
-- is that of the last day with payments. `state`: revoked or ended as its source reports; else by
-- what is paid, settled from 95 % of the funding as OpenCoesione does; else unknown.
create table funded_work as
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
        coalesce(newest.datasets, w.dataset) as datasets,
        plain(concat_ws(' ', w.title_it, w.measure, body.body, place.place, w.cup, w.local_code))
            as words
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
    from funded_work
    where
        (wanted_area::varchar is null or coalesce(area, 'none') = wanted_area)
        and (wanted_state::varchar is null or state = wanted_state)
        and (
            wanted_dataset::varchar is null
            or list_contains(string_split(datasets, ' '), wanted_dataset)
        )
        and (wanted_text::varchar is null or contains(words, plain(wanted_text)));

-- Whether a column has a text in it, and whether a number is between two bounds; without a wanted
-- value, any column and any number.
create macro has_text(written, wanted) as
    wanted::varchar is null or contains(plain(written), plain(wanted));
create macro is_between(number, low, high) as
    (low::double is null or number >= low) and (high::double is null or number <= high);

-- The matching works in a territory, filtered by column: texts, amounts in M€, share in percent.
create macro selected_funded_works(
    wanted_area, wanted_state, wanted_dataset, wanted_text, wanted_territory, wanted_body,
    wanted_measure, wanted_place, funding_from, funding_to, paid_from, paid_to, share_from, share_to
) as table
    select *
    from matching_funded_works(wanted_area, wanted_state, wanted_dataset, wanted_text)
    where
        is_in_territory(territories, zones, wanted_territory)
        and has_text(body, wanted_body)
        and has_text(measure, wanted_measure)
        and has_text(place, wanted_place)
        and is_between(funding / 1e6, funding_from, funding_to)
        and is_between(paid / 1e6, paid_from, paid_to)
        and is_between(100 * paid_share, share_from, share_to);

-- One row per funded work and territory that it is in: municipality, zone, metropolitan city.
create macro territories_of_works() as table
    select
        project,
        unnest(list_distinct(coalesce(territories, []) || coalesce(zones, []))) as in_territory
    from funded_work
    union all
    select
        w.project,
        t.territory as in_territory
    from funded_work as w
    cross join territory as t
    where t.level = 'metro';
