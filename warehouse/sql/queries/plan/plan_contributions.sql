-- One row per observation or proposal on a plan $cycle: by whom, on which node, with what outcome.
select
    c.contribution,
    c.kind,
    c.received,
    c.event,
    e.title_it as event_it,
    e.title_en as event_en,
    c.actor,
    coalesce(a.name, c.actor) as name,
    c.node,
    coalesce(n.title_it, c.node) as node_it,
    coalesce(n.title_en, c.node) as node_en,
    n.type as node_type,
    n.territory,
    c.text_it,
    coalesce(c.text_en, c.text_it) as text_en,
    c.outcome,
    c.answer_it,
    coalesce(c.answer_en, c.answer_it) as answer_en,
    c.demonstration
from contribution as c
left join actor as a using (actor)
left join framework_node as n on n.cycle = c.cycle and n.node = c.node
left join plan_event as e on e.cycle = c.cycle and e.event = c.event
where c.cycle = $cycle
order by c.received, c.contribution
