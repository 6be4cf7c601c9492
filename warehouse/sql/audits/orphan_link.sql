-- severity: error
-- it: progetto con luogo, nodo o soggetto non dichiarati, o obiettivo di un progetto ignoto
-- en: a project linked to an undeclared place, node or actor, or a target of an unknown project
with links as (
    select
        'project_place' as source,
        project,
        territory as target,
        territory in (select territory from territory) as is_declared
    from project_place
    union all
    select
        'project_node',
        project,
        node,
        node in (select node from framework_node)
    from project_node
    union all
    select
        'project_actor',
        project,
        actor,
        actor in (select actor from actor)
    from project_actor
    union all
    select
        'target',
        project,
        indicator,
        project in (select project from project)
    from target
    where project is not null
)

select
    source,
    project,
    target
from links where not is_declared
