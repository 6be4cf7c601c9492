-- One row per project of the plan with facts made for demonstration: its own, or its milestones,
-- reports, money or actors.
select project from project where demonstration and level != 'funded'
union
select project from milestone where demonstration
union
select project from progress_report where demonstration
union
select project from milestone_report where demonstration
union
select project from funding_line where demonstration
union
select project from payment where demonstration
union
select project from project_actor where demonstration
order by project
