-- severity: error
-- it: una riga su un progetto che non c’è
-- en: a row about a project that does not exist
with children as (
    select
        'project_node' as source,
        project
    from project_node
    union all
    select
        'project_place',
        project
    from project_place
    union all
    select
        'project_actor',
        project
    from project_actor
    union all
    select
        'funding_line',
        project
    from funding_line
    union all
    select
        'payment',
        project
    from payment
    union all
    select
        'milestone',
        project
    from milestone
    union all
    select
        'project_indicator',
        project
    from project_indicator
    union all
    select
        'project.parent',
        parent
    from project where parent is not null
)

select
    source,
    children.project,
    count(*) as rows
from children
anti join project on project.project = children.project
group by all
