-- One row per project: its short title, or the full one if it has none; Italian if not translated.
create macro project_name() as table
    select
        project,
        coalesce(short_it, title_it) as project_it,
        coalesce(short_en, title_en, title_it) as project_en
    from project
