-- severity: error
-- it: un progetto legato a un luogo, un nodo o un soggetto che non è dichiarato
-- en: a project linked to a place, node or actor that is not declared
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
)

select
    source,
    project,
    target
from links where not is_declared
