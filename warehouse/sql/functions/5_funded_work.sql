-- Every funded work with its money, as its newest extraction has it, and the phase that the newest
-- one tells. `paid` is what the last day
-- of payments says. `state`: given up or ended as its source says; else by what is paid, settled
-- from 95 % of the funding as OpenCoesione has it; unknown where nothing is told.
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
    select project, period, sum(amount) as paid, sum(amount) filter (where source = 'pnrr') as own
    from payment
    group by project, period
),

spent as (
    select project, arg_max(paid, period) as paid, arg_max(own, period) as paid_pnrr
    from days
    group by project
),

body as (
    select p.project, string_agg(a.name, ', ' order by a.name) as body
    from project_actor as p
    join actor as a using (actor)
    where p.role = 'implementing_body'
    group by p.project
),

said as (
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
    coalesce(said.phase, w.phase) as phase,
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
    spent.paid,
    spent.paid_pnrr,
    spent.paid / nullif(money.funding, 0) as paid_share,
    case
        when w.state in ('revoked', 'suspended', 'concluded', 'settled') then w.state
        when spent.paid >= 0.95 * money.funding then 'settled'
        when spent.paid > 0 then 'running'
        else coalesce(w.state, 'unknown')
    end as state,
    coalesce(w.traits, '') = 'sample' as sample,
    w.extracted,
    w.dataset,
    coalesce(said.datasets, w.dataset) as datasets
from project as w
left join project_node as n on n.project = w.project and n.role = 'primary'
left join place on place.project = w.project
left join money on money.project = w.project
left join spent on spent.project = w.project
left join body on body.project = w.project
left join said on said.project = w.project
where w.level = 'funded';

-- Those with an area (`none`: without), a state, a dataset that speaks of them, a text.
create macro funded_found(wanted_area, wanted_state, wanted_dataset, wanted_text) as table
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
